export interface CrumbItem {
  label: string
  href?: string | undefined
}

/** The way down to this page. The last one is the page itself. */
export function Crumbs({ items }: { items: readonly CrumbItem[] }) {
  if (items.length === 0) return null
  return (
    <nav class="crumbs" aria-label="当前位置">
      <ol>
        {items.map((item, index) => (
          <li key={item.label}>
            {item.href !== undefined ? (
              <a href={item.href}>{item.label}</a>
            ) : (
              <span aria-current={index === items.length - 1 ? 'page' : undefined}>{item.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
