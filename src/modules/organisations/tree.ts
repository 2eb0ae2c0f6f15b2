/** The tree of organs (A1), pure. An organ whose parent is not among those given stands as a root. */
export interface TreeMember {
  id: string
  parentId: string | null
  sortOrder: number
  key: string
}

export type Node<Member> = Member & { depth: number; children: Node<Member>[] }

/** Roots with their children, by `sortOrder`, then key. */
export function buildTree<Member extends TreeMember>(members: readonly Member[]): Node<Member>[] {
  const known = new Set(members.map(member => member.id))
  const below = Map.groupBy(members, member =>
    member.parentId !== null && known.has(member.parentId) ? member.parentId : null,
  )
  const grow = (parentId: string | null, depth: number): Node<Member>[] =>
    (below.get(parentId) ?? [])
      .toSorted((a, b) => a.sortOrder - b.sortOrder || a.key.localeCompare(b.key))
      .map(member => ({ ...member, depth, children: grow(member.id, depth + 1) }))
  return grow(null, 0)
}

/** The tree as a list, each parent before its children. */
export function flatten<Member>(nodes: readonly Node<Member>[]): Node<Member>[] {
  return nodes.flatMap(node => [node, ...flatten(node.children)])
}

/** Ids of the organs above, the nearest first. */
export function idsAbove(members: readonly TreeMember[], id: string): string[] {
  const parentOf = new Map(members.map(member => [member.id, member.parentId]))
  const above: string[] = []
  let at = parentOf.get(id) ?? null
  while (at !== null && !above.includes(at)) {
    above.push(at)
    at = parentOf.get(at) ?? null
  }
  return above
}

/** Whether the tree would bite its own tail if `id` were put under `parentId`. */
export function wouldCycle(members: readonly TreeMember[], id: string, parentId: string | null): boolean {
  return parentId !== null && (parentId === id || idsAbove(members, parentId).includes(id))
}

/** Ids of the organs that stand under none. */
export function rootsOf(members: readonly TreeMember[]): string[] {
  return members.filter(member => member.parentId === null).map(member => member.id)
}
