import { z } from 'zod'
import { invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties } from '#modules/duties'
import { getOrgan } from '#modules/organisations'
import { publicationIdsOf, publicByIds } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { findPlan } from '../queries.ts'
import { ledgerTag } from '../tags.ts'
import { dutiesOfPlan, isOpenDuty } from '../task-duties.ts'
import { mayReportFor } from './hand-in-report.ts'
import { lockPlan } from './lock-plan.ts'
import { owedNow } from './settle-plan-duties.ts'

export const fileOwnPlanInput = z.object({
  planId: z.uuid(),
  organId: z.uuid('请选择报备单位。'),
  title: z.string().trim().min(2, '请写明方案的名称。').max(200, '名称最多 200 字。'),
  note: z.string().trim().max(1000, '说明最多 1000 字。').default(''),
  /** Address of the publication that the own plan is, where it is public. */
  address: z.string().trim().max(500, '网址太长。').default(''),
  file: z
    .object({ name: z.string(), size: z.number(), sha256: z.string(), key: z.string() })
    .nullable()
    .default(null),
})

/** 方案备案 (O2): an organ files its own plan for a plan in force, as a publication or a file; it meets its duty. */
export async function fileOwnPlan(ctx: Context, input: z.output<typeof fileOwnPlanInput>): Promise<void> {
  permit(mayReportFor(ctx.actor, input.organId), 'ledger.may-not-file')
  if ((input.address === '') === (input.file === null))
    throw invalid('ledger.one-own-plan', '请选择方案的文件，或者写它公开的网址，只用一种。')
  await inTransaction(ctx.db, async db => {
    const seen = await findPlan(db, { id: input.planId })
    const owed = seen ? await owedNow(db, seen) : []
    const owing = owed.map(one => one.organId)
    const plan = await lockPlan(db, ctx, input.planId, 'file-own-plan', owing)
    if (!owed.some(one => one.part === 'own-plan' && one.organId === input.organId))
      throw invalid('ledger.not-owing-plan', '所选的单位不承担这份台账的任务，不需要报备方案。')
    const organ = await getOrgan(db, input.organId)
    const id = uuidv7(ctx.clock.now().getTime())
    await db
      .insertInto('ledgerFilings')
      .values({
        id,
        planId: plan.id,
        organId: organ.id,
        title: input.title,
        note: input.note,
        file: input.file && JSON.stringify(input.file),
        publicationId: input.address === '' ? null : await publicationAt(db, ctx, plan.siteId, input.address),
        filedBy: actorName(ctx.actor),
        filedById: actorId(ctx.actor),
        filedAt: ctx.clock.now(),
      })
      .execute()
    const ids = (await dutiesOfPlan(db, plan))
      .filter(duty => isOpenDuty(duty) && duty.part === 'own-plan' && duty.organId === organ.id)
      .map(duty => duty.id)
    await meetDuties(
      db,
      ctx,
      { ids },
      { kind: 'ledger-filing', id, label: `${organ.shortName}报备本单位方案` },
    )
    await insertAct(db, ctx, {
      planId: plan.id,
      act: 'file-own-plan',
      organId: organ.id,
      reason: input.title,
    })
    await recordAct(db, ctx, {
      act: 'ledger.file-own-plan',
      sentence: `报备落实“${plan.title}”的本单位方案（${organ.shortName}）`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    await announceChange(db, [dutiesTag(plan.siteId), ledgerTag(plan.siteId)])
  })
}

/** What stands under the address, where everybody can read it. */
async function publicationAt(db: Database, ctx: Context, siteId: string, address: string): Promise<string> {
  const publicId =
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .filter(Boolean)
      .at(-1) ?? ''
  const ids = await publicationIdsOf(db, [publicId])
  const [found] = await publicByIds(db, ctx.clock.now(), siteId, [...ids.values()])
  if (!found)
    throw invalid(
      'ledger.own-plan-not-public',
      '这个网址不是本站已经公开的内容。请粘贴公开页面的网址，或者上传文件。',
    )
  return found.id
}
