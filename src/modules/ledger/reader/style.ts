import type { Item } from './prose/outline.ts'
import type { Draft } from './prose/prose-tasks.ts'
import type { Assignment } from './units-printed/assignment.ts'

export type Style = {
  /** The document says of its tasks who does them: what carries no assignment is then no task. */
  printsAssignments: boolean
  /** The first of a list leads, as the document itself says. */
  firstLeads: boolean
}

const FIRST_LEADS =
  /(?:列|排|居|位于)(?:在)?(?:第一|首)位(?:的)?(?:责任)?(?:单位|部门)?[^。\n]{0,6}(?:为|是|作为|系)(?:该项任务)?(?:的)?(?:总)?牵头|第一(?:责任)?(?:单位|部门)(?:为|是|系)牵头|首(?:列|位)(?:责任)?(?:单位|部门)(?:为|是)牵头/

/** Less than this share of assigned items is a mention, not the style of the document. */
const SHARE = 0.2

export function styleOf(
  items: readonly Item[],
  assigned: ReadonlyMap<Item, Assignment[]>,
  inTable: readonly Draft[],
  text: string,
): Style {
  let leaves = 0
  let covered = 0
  const count = (item: Item, above: boolean): void => {
    const own = above || assigned.has(item)
    if (item.children.length === 0) {
      leaves++
      if (own) covered++
    }
    for (const child of item.children) count(child, own)
  }
  for (const item of items) count(item, false)
  const rows = inTable.filter(draft => draft.assignment !== null).length
  return {
    printsAssignments: rows > 0 || (covered > 0 && covered >= Math.max(1, leaves * SHARE)),
    firstLeads: FIRST_LEADS.test(text),
  }
}
