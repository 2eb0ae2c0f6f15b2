import { listOrgans, type SiteRow } from '#modules/organisations'
import { holdersOf, staffByIds } from '#modules/people'
import { listColumns } from '#modules/publications'
import type { DeskContext } from '#platform/context'

export interface FeedChoices {
  columns: { value: string; label: string }[]
  people: { value: string; label: string }[]
}

/** Columns in which reposts can begin, and who can be told: the office people of the site's organ and of the organs just below it. */
export async function choicesFor(ctx: DeskContext, site: SiteRow): Promise<FeedChoices> {
  const [columns, organs] = await Promise.all([listColumns(ctx.db, site.id), listOrgans(ctx.db)])
  const near = organs.filter(organ => organ.id === site.organId || organ.parentId === site.organId)
  const holders = await holdersOf(
    ctx.db,
    { organIds: near.map(organ => organ.id), roles: ['openness-office', 'general-office'] },
    ctx.clock.today(),
  )
  const names = await staffByIds(
    ctx.db,
    holders.map(holder => holder.staffId),
  )
  return {
    columns: columns.map(({ id, name, path }) => ({ value: id, label: `${name}（${path}）` })),
    people: [...names.values()].map(({ id, name }) => ({ value: id, label: name })),
  }
}
