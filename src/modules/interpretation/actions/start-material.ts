import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { getOrgan } from '#modules/organisations'
import { listColumns, startPublication, startPublicationInput } from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { formWord, type InterpretationForm, interpretationForms } from '../forms.ts'
import { findPlan } from '../plan-queries.ts'
import { mayPlan } from '../policy.ts'
import { policyNamed } from './save-plan.ts'

export const startMaterialInput = z.object({
  form: z.enum(Object.keys(interpretationForms) as [InterpretationForm], '请选择解读形式。'),
  formKey: z.uuid().optional(),
})

/** Begins an interpretation out of a plan, filled with what the plan knows. @returns its public id. */
export async function startMaterial(
  ctx: Context,
  policyId: string,
  input: z.output<typeof startMaterialInput>,
): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const inside = { ...ctx, db }
    const policy = await policyNamed(db, ctx.clock.now(), { ids: [policyId] })
    permit(mayPlan(ctx.actor, policy.organId), 'interpretation.may-not-plan')
    const plan = await findPlan(db, policy.id, { lock: true })
    if (!plan)
      throw conflict('interpretation.no-plan', '请先编制解读方案：谁解读、用什么形式、什么时候、在哪里发布。')
    const organ = await getOrgan(db, policy.organId)
    const [who = plan.draftedBy] = plan.interpreters
    const [name = who, ...post] = who.split(/[\s　]+/)
    const column = (await listColumns(db, policy.siteId)).find(one => /解读/.test(one.name))
    const made = await startPublication(
      inside,
      startPublicationInput.parse({
        kind: 'interpretation',
        siteId: policy.siteId,
        organId: policy.organId,
        columnIds: column ? [column.id] : [],
        title: `《${policy.title}》${formWord(input.form)}`,
        source: organ.name,
        interprets: `${policy.docNo ?? ''} 《${policy.title}》 /publication/${policy.publicId}`.trim(),
        fields: {
          form: input.form,
          interpreter: name,
          ...(post.length > 0 ? { interpreterPost: post.join(' ') } : {}),
          ...(plan.leaderSpeaks ? { isLeader: true } : {}),
        },
        formKey: input.formKey,
      }),
    )
    await db
      .insertInto('interpretationPlanMaterials')
      .values({ planId: plan.id, publicationId: made.id })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    return made.publicId
  })
}
