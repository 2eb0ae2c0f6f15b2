import type { OrganNode } from '#modules/organisations'
import type { OrganCount } from '#modules/publications'

export interface CountedOrgan {
  id: string
  key: string
  name: string
  shortName: string
  type: OrganNode['type']
  /** Its own; organs below count for themselves. */
  items: number
  newestAt: Date | null
  children: CountedOrgan[]
}

/**
 * The tree of organs with how much each has public.
 * @param options.within only these organs; those whose parent is not among them stand as roots
 * @param options.withoutEmpty leaves out organs that have nothing, themselves and below
 */
export function countedTree(
  nodes: readonly OrganNode[],
  counts: readonly OrganCount[],
  options: { within: ReadonlySet<string>; withoutEmpty?: boolean },
): CountedOrgan[] {
  const countOf = new Map(counts.map(count => [count.organId, count]))
  const grow = (some: readonly OrganNode[]): CountedOrgan[] =>
    some.flatMap(node => {
      const children = grow(node.children)
      if (!options.within.has(node.id)) return children
      const { items = 0, newestAt = null } = countOf.get(node.id) ?? {}
      if (options.withoutEmpty && items === 0 && children.length === 0) return []
      const { id, key, name, shortName, type } = node
      return [{ id, key, name, shortName, type, items, newestAt, children }]
    })
  return grow(nodes)
}
