import type { ComponentChildren } from 'preact'

/** Heading of a page of the desk, or of a list page of the public site. */
export function PageHead(props: {
  title: ComponentChildren
  note?: ComponentChildren
  actions?: ComponentChildren
}) {
  return (
    <div class="page-head">
      <div>
        <h1>{props.title}</h1>
        {props.note && <p class="page-note">{props.note}</p>}
      </div>
      {props.actions && <div class="actions">{props.actions}</div>}
    </div>
  )
}
