import { z } from 'zod'
import { inChinese, isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName, roles } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayGiveRights, mayMakeDeputy } from '../policy.ts'
import {
  endDeputies,
  getDeputy,
  insertDeputy,
  listDeputies,
  listPosts,
  listRolesAhead,
} from '../post-queries.ts'
import { separationFault } from '../separation.ts'
import { getStaff, lockStaffRow } from '../staff-queries.ts'

const day = z.string().trim().refine(isPlainDate, '请填写存在的日期，例如 2026-11-23。')
export const makeDeputyInput = z.object({
  absentId: z.uuid('请选择不在岗的人。'),
  deputyId: z.uuid('请选择代理人。'),
  postIds: z.preprocess(
    value => (typeof value === 'string' ? [value] : value),
    z.array(z.uuid(), '请至少选择一项代理的职责。').min(1, '请至少选择一项代理的职责。'),
  ),
  fromOn: day,
  untilOn: day,
  reason: z.string().trim().min(1, '请写明原因，例如：年休假。').max(100, '原因最多100个字。'),
})
export type MakeDeputy = z.output<typeof makeDeputyInput>

const longestDays = 366

/**
 * Lets somebody stand in for an absent person in some posts, both days included. Whoever holds an administrator's post may be
 * replaced only by somebody who could hold it: the separation of powers does not go on holiday (S-SEC-06).
 */
export async function makeDeputy(ctx: Context, input: MakeDeputy): Promise<string> {
  const today = ctx.clock.today()
  if (input.untilOn < input.fromOn) throw invalid('people.deputy-days', '代理的最后一天不能早于第一天。')
  if (input.untilOn < today) throw invalid('people.deputy-past', '代理的日期已经过去了，请核对。')
  if (Date.parse(input.untilOn) - Date.parse(input.fromOn) > longestDays * 24 * 3_600_000) {
    throw invalid('people.deputy-too-long', '代理一次最长一年。更久的请办理交接或重新任职。')
  }
  if (input.absentId === input.deputyId)
    throw invalid('people.deputy-self', '不能由本人代理自己，请另选一个人。')

  return inTransaction(ctx.db, async db => {
    const absent = await getStaff(db, input.absentId)
    const deputy = await lockStaffRow(db, input.deputyId)
    permit(mayMakeDeputy(ctx.actor, absent), 'people.may-not-make-deputy')
    if (deputy.state !== 'active') {
      throw conflict('people.deputy-not-active', `${deputy.name}的账号不在使用中，请另选一个人。`)
    }
    if (deputy.organId !== absent.organId && !mayGiveRights(ctx.actor, absent.organId)) {
      throw conflict(
        'people.deputy-elsewhere',
        '只能自己安排本单位的同事代理；要请其他单位的人代理，请联系安全管理员。',
      )
    }
    const posts = (await listPosts(db, absent.id, today)).filter(post => input.postIds.includes(post.id))
    if (posts.length !== new Set(input.postIds).size) {
      throw conflict('people.deputy-posts', '选中的职责里有已经不在任的，请刷新页面重新选择。')
    }
    const fault = separationFault([
      ...(await listRolesAhead(db, deputy.id, today)),
      ...posts.map(post => post.role),
    ])
    if (fault) throw conflict('people.separation', fault)

    const id = uuidv7()
    await insertDeputy(db, {
      id,
      ...input,
      madeBy: actorName(ctx.actor),
      madeById: actorId(ctx.actor),
      madeAt: ctx.clock.now(),
    })
    const names = [...new Set(posts.map(post => roles[post.role]))].join('、')
    await recordAct(db, ctx, {
      act: 'people.make-deputy',
      sentence: `安排“${deputy.name}”从${inChinese(input.fromOn)}到${inChinese(input.untilOn)}代理“${absent.name}”的${names}职责`,
      object: { kind: 'staff', id: absent.id, label: absent.name },
      details: { deputyId: deputy.id, postIds: input.postIds, fromOn: input.fromOn, untilOn: input.untilOn },
    })
    return id
  })
}

/** Ends an arrangement at once: the absent person is back, or it was a mistake. The deputy may lay it down too. */
export async function endDeputy(ctx: Context, deputyId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const arrangement = await getDeputy(db, deputyId)
    const absent = await getStaff(db, arrangement.absentId)
    const own = ctx.actor.kind === 'staff' && ctx.actor.id === arrangement.deputyId
    permit(own || mayMakeDeputy(ctx.actor, absent), 'people.may-not-end-deputy')
    if (arrangement.endedAt !== null) return
    const deputy = await getStaff(db, arrangement.deputyId)
    await endDeputies(db, [deputyId], actorName(ctx.actor), ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.end-deputy',
      sentence: `结束“${deputy.name}”对“${absent.name}”的代理`,
      object: { kind: 'staff', id: absent.id, label: absent.name },
      details: { deputyId: deputy.id },
    })
  })
}

/** Arrangements that a person is part of, on either side. */
export async function listDeputiesOf(ctx: Pick<Context, 'db' | 'clock'>, staffId: string) {
  const today = ctx.clock.today()
  const [forMe, byMe] = await Promise.all([
    listDeputies(ctx.db, today, { absentId: staffId }),
    listDeputies(ctx.db, today, { deputyId: staffId }),
  ])
  return { forMe, byMe }
}
