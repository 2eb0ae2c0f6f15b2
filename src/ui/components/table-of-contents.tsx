export interface ContentsItem {
  /** `#section-1` */
  href: string
  label: string
  /** 1 is a chapter, 2 a section below it. */
  level?: 1 | 2 | undefined
}

/** Beside the text on a wide page; on a phone a line that unfolds. Short texts need none. */
export function TableOfContents(props: { items: readonly ContentsItem[]; label?: string | undefined }) {
  const { items, label = '目录' } = props
  if (items.length < 2) return null
  const list = (
    <ol>
      {items.map(item => (
        <li key={item.href} class={item.level === 2 ? 'toc-sub' : undefined}>
          <a href={item.href}>{item.label}</a>
        </li>
      ))}
    </ol>
  )
  return (
    <>
      <nav class="toc toc-wide" aria-label={label}>
        {list}
      </nav>
      <details class="toc toc-narrow">
        <summary>
          {label}（{items.length}）
        </summary>
        {list}
      </details>
    </>
  )
}
