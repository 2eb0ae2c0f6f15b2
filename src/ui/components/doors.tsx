export interface Door {
  label: string
  /** One line with what is behind it. */
  text: string
  href: string
}

/** The few things most people come for. */
export function Doors({ items }: { items: readonly Door[] }) {
  return (
    <ul class="doors">
      {items.map(item => (
        <li key={item.href}>
          <a href={item.href}>
            <b>{item.label}</b>
            <span>{item.text}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
