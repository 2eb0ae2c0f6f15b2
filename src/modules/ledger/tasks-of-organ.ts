import { countPublic, listPublic } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { countRows, tableOf } from './progress/progress-table.ts'

const kinds = ['plan-progress']
const most = 200

/** Whether anything stands behind the door to plans. */
export const hasPublicPlan = async (ctx: PublicContext): Promise<boolean> =>
  (await countPublic(ctx.db, ctx.clock.now(), { siteId: ctx.site.id, kinds })) > 0

/** Public plans in which an organ has tasks, with how many and how far; addresses within the site. */
export async function plansOfOrgan(
  ctx: PublicContext,
  organKey: string,
): Promise<{ title: string; address: string; tasks: number; done: number; late: number }[]> {
  const found = await listPublic(
    ctx.db,
    ctx.clock.now(),
    { siteId: ctx.site.id, kinds },
    { page: 1, pageSize: most },
  )
  return found.rows.flatMap(({ title, address, fields }) => {
    const rows = tableOf(fields)?.rows.filter(row => row.organs.includes(organKey)) ?? []
    const { total, done, late } = countRows(rows, ctx.clock.today())
    return rows.length === 0 ? [] : [{ title, address, tasks: total, done, late }]
  })
}
