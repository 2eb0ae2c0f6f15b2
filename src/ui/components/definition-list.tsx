import type { ComponentChildren } from 'preact'

export interface Definition {
  term: string
  /** Left out when it is null: what a document does not state is not shown as empty. */
  value: ComponentChildren
  /** Takes the whole line, for a long value. */
  wide?: boolean | undefined
}

/** The metadata block (S-DES-07). */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl class="definition-list">
      {items
        .filter(item => item.value !== null && item.value !== undefined && item.value !== '')
        .map(item => (
          <div key={item.term} class={item.wide ? 'definition-wide' : undefined}>
            <dt>{item.term}</dt>
            <dd>{item.value}</dd>
          </div>
        ))}
    </dl>
  )
}
