import { sql } from 'kysely'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { policyKinds } from '#modules/policies'
import { itemsForPlans, type PlannedItem } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { type InterpretationForm, interpretationForms } from '../forms.ts'
import { type Channel, channels } from '../plan.ts'
import { findPlan } from '../plan-queries.ts'
import { mayPlan } from '../policy.ts'

const several = <Value extends string>(values: readonly [Value, ...Value[]], message: string) =>
  z.preprocess(
    value => (Array.isArray(value) ? value : [value].filter(one => one !== undefined && one !== '')),
    z.array(z.enum(values, message)).min(1, message),
  )

export const savePlanInput = z.object({
  draftedBy: z.string().trim().min(2, '请写明由哪个单位、科室起草解读。').max(80),
  interpreters: z
    .preprocess(
      value => (typeof value === 'string' ? value.split(/\n/) : value),
      z.array(z.string().trim().max(60, '每行最多 60 字。')),
    )
    .transform(lines => lines.filter(Boolean))
    .pipe(z.array(z.string()).min(1, '请写明由谁解读：姓名和职务，一行一人。').max(20)),
  leaderSpeaks: z.preprocess(value => value === true || value === 'yes', z.boolean()),
  forms: several(Object.keys(interpretationForms) as [InterpretationForm], '请至少选择一种形式。'),
  channels: several(Object.keys(channels) as [Channel], '请至少选择一个发布渠道。'),
  publicOn: z
    .preprocess(blankAsNull, z.string().refine(isPlainDate, '日期不存在，请核对。').nullable())
    .default(null),
  note: z.string().trim().max(500).default(''),
  /** As which revision the form had shown the plan; 0: there was none. */
  revision: z.coerce.number().int().min(0).default(0),
})
export type SavePlan = z.output<typeof savePlanInput>

/** The policy, drafts included, and nothing else. */
export async function policyNamed(
  db: Database,
  now: Date,
  where: { publicId: string } | { ids: string[] },
): Promise<PlannedItem> {
  const [policy] = await itemsForPlans(db, now, where)
  if (!policy || !(policyKinds as readonly string[]).includes(policy.kind))
    throw notFound('interpretation.no-policy', '没有这份政策文件。请从解读方案的列表重新选择。')
  return policy
}

/** Writes the plan of a policy, or changes it; a changed plan has to be approved again. */
export async function savePlan(ctx: Context, policyId: string, input: SavePlan): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const policy = await policyNamed(db, ctx.clock.now(), { ids: [policyId] })
    permit(mayPlan(ctx.actor, policy.organId), 'interpretation.may-not-plan')
    if (policy.state === 'withdrawn' || policy.state === 'gone')
      throw invalid('interpretation.policy-left', '这份文件已经停止公开，不再需要解读方案。')
    const { revision, ...facts } = input
    const before = await findPlan(db, policy.id, { lock: true })
    if ((before?.revision ?? 0) !== revision)
      throw conflict(
        'interpretation.plan-changed',
        `您打开之后，${before?.changedBy ?? '同事'}改过这份方案。您填写的还在下面，请看过现在的方案再保存。`,
      )
    const changed = {
      ...facts,
      approvedBy: null,
      approvedById: null,
      approvedAt: null,
      changedBy: actorName(ctx.actor),
      changedById: actorId(ctx.actor),
      changedAt: ctx.clock.now(),
    }
    if (before)
      await db
        .updateTable('interpretationPlans')
        .set({ ...changed, revision: sql`revision + 1` })
        .where('id', '=', before.id)
        .execute()
    else
      await db
        .insertInto('interpretationPlans')
        .values({
          ...changed,
          id: uuidv7(ctx.clock.now().getTime()),
          publicationId: policy.id,
          siteId: policy.siteId,
          organId: policy.organId,
        })
        .execute()
    await recordAct(db, ctx, {
      act: 'interpretation.plan-saved',
      sentence: `${before ? '修改' : '编制'}《${policy.title}》的解读方案`,
      object: { kind: 'publication', id: policy.id, label: policy.title },
    })
  })
}
