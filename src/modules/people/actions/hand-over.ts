import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName, roles } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { mayGiveRights } from '../policy.ts'
import {
  closeRunOutPosts,
  endDeputies,
  endPosts,
  insertPost,
  listDeputies,
  listPosts,
  listRolesAhead,
} from '../post-queries.ts'
import { separationFault } from '../separation.ts'
import { endSessions } from '../session-queries.ts'
import { heldOn, type StaffPost } from '../staff.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'
import { mustNotBeLastAdministrator } from './must-not-be-last-administrator.ts'

/** Open work of another module that passes from one person to another. `app` hands the list over. */
export interface HandOver {
  /** `未发布的稿件` */
  label: string
  count(db: Database, fromId: string): Promise<number>
  /** Passes everything, within the act's transaction, and says how many things it were. */
  pass(db: Database, ctx: Context, fromId: string, to: { id: string; name: string }): Promise<number>
}

const several = z.preprocess(
  value => (value === undefined ? [] : typeof value === 'string' ? [value] : value),
  z.array(z.uuid()),
)
export const handOverInput = z.object({
  fromId: z.uuid(),
  toId: z.uuid('请选择接手的人。'),
  /** Posts that the colleague takes over; the others end. */
  postIds: several,
  leaves: z.preprocess(value => value === true || value === 'yes', z.boolean()),
  reason: z.preprocess(blankAsNull, z.string().trim().max(200, '说明最多200个字。').nullish()),
})
export type HandOverAsked = z.output<typeof handOverInput>

/**
 * Somebody leaves, or moves: the chosen posts and all open work pass to a colleague, the other posts end, and when the person
 * leaves the account is closed; all of it or nothing.
 */
export async function handOver(
  ctx: Context,
  input: HandOverAsked,
  handOvers: readonly HandOver[],
): Promise<void> {
  const now = ctx.clock.now()
  const today = ctx.clock.today()
  const by = actorName(ctx.actor)
  if (input.fromId === input.toId) throw conflict('people.hand-over-self', '不能交接给本人，请另选一个人。')
  await inTransaction(ctx.db, async db => {
    // Both rows in one order, whoever hands over to whom: two hand-overs crossing one another wait instead of locking up.
    const locked = new Map<string, Awaited<ReturnType<typeof lockStaffRow>>>()
    for (const id of [input.fromId, input.toId].sort()) locked.set(id, await lockStaffRow(db, id))
    const from = locked.get(input.fromId)
    const to = locked.get(input.toId)
    if (!from || !to) throw new Error('both rows are locked')
    permit(mayGiveRights(ctx.actor, from.organId), 'people.may-not-hand-over')
    if (from.state === 'left') throw conflict('people.has-left', `${from.name}已经离岗，交接已经办过了。`)
    if (to.state !== 'active')
      throw conflict('people.not-active', `${to.name}的账号不在使用中，请另选接手的人。`)

    await closeRunOutPosts(db, to.id, today, now)
    const held = await listPosts(db, from.id, today)
    const passing = held.filter(post => input.postIds.includes(post.id))
    const taken = await listPosts(db, to.id, today)
    const fault = separationFault([
      ...(await listRolesAhead(db, to.id, today)),
      ...passing.map(post => post.role),
    ])
    if (fault) throw conflict('people.separation', fault)
    const endingRoles = held.filter(post => !passing.includes(post)).map(post => post.role)
    await mustNotBeLastAdministrator(db, from, endingRoles, today)

    await endPosts(db, idsOf(held), by, now)
    const passed = passing.filter(post => !taken.some(own => samePost(own, post)))
    for (const post of passed) {
      await insertPost(db, {
        id: uuidv7(),
        staffId: to.id,
        role: post.role,
        organId: post.organId,
        fromOn: heldOn(post, today) ? today : post.fromOn,
        untilOn: post.untilOn,
        givenBy: by,
        givenById: actorId(ctx.actor),
        givenAt: now,
      })
    }
    const arrangements = [
      ...(await listDeputies(db, today, { absentId: from.id })),
      ...(input.leaves ? await listDeputies(db, today, { deputyId: from.id }) : []),
    ]
    await endDeputies(db, idsOf(arrangements), by, now)
    const work: Record<string, number> = {}
    for (const one of handOvers)
      work[one.label] = await one.pass(db, ctx, from.id, { id: to.id, name: to.name })
    if (input.leaves) {
      const stateReason = input.reason ?? `工作已交接给${to.name}`
      await changeStaff(db, from.id, { state: 'left', leftOn: today, stateReason }, now)
      await endSessions(db, from.id, 'state', now)
    }
    const posts = passing.map(post => roles[post.role]).join('、') || '没有角色'
    await recordAct(db, ctx, {
      act: 'people.hand-over',
      sentence: `把“${from.name}”的工作交接给“${to.name}”（${posts}）${input.leaves ? '，账号停用' : ''}`,
      object: { kind: 'staff', id: from.id, label: from.name },
      details: { toId: to.id, postIds: idsOf(passing), work, leaves: input.leaves },
    })
  })
}

const samePost = (one: StaffPost, other: StaffPost) =>
  one.role === other.role && one.organId === other.organId
const idsOf = (rows: readonly { id: string }[]) => rows.map(row => row.id)
