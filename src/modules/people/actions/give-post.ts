import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { getOrgan, mustStand } from '#modules/organisations'
import { actorId, actorName, type Role, roles } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayGiveRights } from '../policy.ts'
import { closeRunOutPosts, insertPost, listPosts, listRolesAhead } from '../post-queries.ts'
import { separationFault } from '../separation.ts'
import { lockStaffRow } from '../staff-queries.ts'

const day = z.preprocess(
  blankAsNull,
  z.string().refine(isPlainDate, '请填写存在的日期，例如 2026-11-23。').nullish(),
)
export const givePostInput = z.object({
  staffId: z.uuid('请选择人员。'),
  role: z.enum(Object.keys(roles) as [Role, ...Role[]], '请选择角色。'),
  organId: z.uuid('请选择机构。'),
  fromOn: day,
  untilOn: day,
})
export type GivePost = z.output<typeof givePostInput>

/** Gives a role in an organ. The separation of powers is asked here, for now and for all days ahead (S-SEC-06). */
export async function givePost(ctx: Context, asked: GivePost): Promise<string> {
  const { staffId } = asked
  const today = ctx.clock.today()
  const fromOn = asked.fromOn ?? today
  if (asked.untilOn && asked.untilOn < fromOn) {
    throw invalid('people.post-ends-before-it-begins', '任职的最后一天不能早于开始的那天。')
  }
  return inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(
      mayGiveRights(ctx.actor, asked.organId) && mayGiveRights(ctx.actor, staff.organId),
      'people.may-not-give-post',
    )
    if (staff.state === 'left') throw conflict('people.has-left', `${staff.name}已经离岗，不能再任职。`)
    const organ = await getOrgan(db, asked.organId)
    mustStand(organ, today)
    await closeRunOutPosts(db, staffId, today, ctx.clock.now())
    const held = await listPosts(db, staffId, today)
    if (held.some(post => post.role === asked.role && post.organId === asked.organId)) {
      throw conflict('people.post-held', `${staff.name}已经是${organ.shortName}的“${roles[asked.role]}”。`)
    }
    const fault = separationFault([...(await listRolesAhead(db, staffId, today)), asked.role])
    if (fault) throw conflict('people.separation', fault)

    const id = uuidv7()
    await insertPost(db, {
      id,
      staffId,
      role: asked.role,
      organId: asked.organId,
      fromOn,
      untilOn: asked.untilOn ?? null,
      givenBy: actorName(ctx.actor),
      givenById: actorId(ctx.actor),
      givenAt: ctx.clock.now(),
    })
    await recordAct(db, ctx, {
      act: 'people.give-post',
      sentence: `给“${staff.name}”加上${organ.shortName}的“${roles[asked.role]}”角色`,
      object: { kind: 'staff', id: staffId, label: staff.name },
      details: { role: asked.role, organId: asked.organId, fromOn, untilOn: asked.untilOn ?? null },
    })
    return id
  })
}
