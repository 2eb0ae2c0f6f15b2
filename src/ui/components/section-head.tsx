/** A heading with the way to the whole list beside it. */
export function SectionHead(props: {
  title: string
  id?: string | undefined
  more?: { label: string; href: string } | undefined
}) {
  return (
    <div class="section-head">
      <h2 id={props.id}>{props.title}</h2>
      {props.more && <a href={props.more.href}>{props.more.label} →</a>}
    </div>
  )
}
