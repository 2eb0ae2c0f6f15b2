import { dateInBeijing } from '#lib/beijing-time'
import type { CountedOrgan } from './counted-tree.ts'

interface Props {
  nodes: readonly CountedOrgan[]
  href: (key: string) => string
  current?: string | undefined
}

/** Organs with how much each has public and when something last came. */
export function OrganTree({ title, ...props }: Props & { title: string }) {
  if (props.nodes.length === 0) return null
  return (
    <nav class="panel" aria-label={title}>
      <h2 class="panel-title">{title}</h2>
      <Level {...props} />
    </nav>
  )
}

function Level({ nodes, href, current, below }: Props & { below?: boolean }) {
  return (
    <ul class={below ? 'pl-4' : 'plain-list'}>
      {nodes.map(node => (
        <li key={node.id}>
          <span class="flex items-baseline gap-2 py-0.5">
            <a
              class={node.key === current ? 'font-bold text-ink' : undefined}
              href={href(node.key)}
              aria-current={node.key === current ? 'page' : undefined}
            >
              {node.shortName}
            </a>
            {node.items > 0 ? (
              <span class="ml-auto whitespace-nowrap text-xs text-soft tabular-nums">
                {node.items} 件{node.newestAt ? ` · ${dateInBeijing(node.newestAt)}` : ''}
              </span>
            ) : null}
          </span>
          {node.children.length > 0 ? (
            <Level nodes={node.children} href={href} current={current} below />
          ) : null}
        </li>
      ))}
    </ul>
  )
}
