export interface Figure {
  value: string | number
  label: string
  /** Red: something is late. */
  late?: boolean | undefined
  /** A number opens into what it counts. */
  href?: string | undefined
}

export function Figures({ items }: { items: readonly Figure[] }) {
  return (
    <ul class="figures">
      {items.map(item => (
        <li key={item.label} class={item.late ? 'figure-late' : undefined}>
          {item.href ? (
            <a href={item.href}>
              <b>{item.value}</b>
              <span>{item.label}</span>
            </a>
          ) : (
            <>
              <b>{item.value}</b>
              <span>{item.label}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
