import type { ComponentChildren } from 'preact'

/** A white sheet of the desk with its heading; `late` makes the heading red. */
export function Sheet(props: {
  title?: string | undefined
  tone?: 'late' | undefined
  count?: number | undefined
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <section class="sheet">
      {props.title && (
        <div class={props.tone === 'late' ? 'sheet-head sheet-late' : 'sheet-head'}>
          <h2>
            {props.title}
            {props.count !== undefined && ` · ${props.count}`}
          </h2>
          {props.actions && <div class="actions">{props.actions}</div>}
        </div>
      )}
      <div class="sheet-body">{props.children}</div>
    </section>
  )
}
