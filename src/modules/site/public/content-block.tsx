import { dateInBeijing } from '#lib/beijing-time'
import type { ContentNode } from './disclosure-facts.ts'

/** The nodes of 法定主动公开内容, each with its count and the day something last came (S-PLT-06). */
export function ContentBlock({ nodes, base }: { nodes: readonly ContentNode[]; base: string }) {
  return (
    <>
      {[...Map.groupBy(nodes, node => node.group ?? '')].map(([group, members]) => (
        <div key={group}>
          {group === '' ? null : <h3 class="mt-5 text-base font-semibold">{group}</h3>}
          <Nodes nodes={members} base={base} />
        </div>
      ))}
    </>
  )
}

function Nodes({ nodes, base }: { nodes: readonly ContentNode[]; base: string }) {
  return (
    <ul class="grid gap-x-8 sm:grid-cols-2">
      {nodes.map(node => (
        <li key={node.href} class="flex items-baseline gap-3 border-b border-line py-2.5">
          <a href={base + node.href}>{node.label}</a>
          <span class="ml-auto text-right text-sm text-soft tabular-nums">
            {node.items === null ? '' : `${node.items} 件`}
            {node.newestAt ? ` · ${dateInBeijing(node.newestAt)}` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
