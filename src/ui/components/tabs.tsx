export interface Tab {
  label: string
  href: string
  current?: boolean | undefined
  count?: number | undefined
}

/** Views of one thing, each with its own address; links, so they work without a script. */
export function Tabs({ label, items }: { label: string; items: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {items.map(item => (
        <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
          {item.label}
          {item.count !== undefined && <span class="tab-count">{item.count}</span>}
        </a>
      ))}
    </nav>
  )
}
