import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

/** Drafts of somebody who leaves pass to a colleague, in the act that hands everything over. */
export const draftsHandOver = {
  label: '未发布的稿件',

  async count(db: Database, fromId: string): Promise<number> {
    const { count } = await db
      .selectFrom('editions')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('editedById', '=', fromId)
      .where('sealedAt', 'is', null)
      .executeTakeFirstOrThrow()
    return count
  },

  async pass(db: Database, ctx: Context, fromId: string, to: { id: string; name: string }): Promise<number> {
    const { numUpdatedRows } = await db
      .updateTable('editions')
      .set({ editedById: to.id, editedBy: to.name })
      .where('editedById', '=', fromId)
      .where('sealedAt', 'is', null)
      .executeTakeFirst()
    const passed = Number(numUpdatedRows)
    if (passed > 0)
      await recordAct(db, ctx, {
        act: 'publications.pass-drafts',
        sentence: `${passed} 份未发布的稿件交给${to.name}`,
      })
    return passed
  },
}
