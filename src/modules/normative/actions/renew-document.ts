import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties } from '#modules/duties'
import { reviseEdition } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { DocumentText } from '../document-queries.ts'
import { mayRegister, mayRenew } from '../policy.ts'
import { type Registration, registrationsOf, renewalsOf } from '../registration-queries.ts'
import { governmentOf, settingsFor } from '../settings-queries.ts'
import { registerTag } from '../tags.ts'
import { isTrial, lastDayOf } from '../terms.ts'
import { documentNamed } from './document-named.ts'
import { allocateRegistrationNumber } from './register-document.ts'

export const renewalDecisions = {
  continue: '继续有效：重新登记、编号、公布',
  amend: '修改：另行起草，期满前公布新的文件',
  lapse: '到期失效',
} as const

export const renewalInput = z.object({
  publicationId: z.uuid(),
  decision: z.enum(['continue', 'amend', 'lapse'], '请选择评估的结论。'),
  validUntilThen: z
    .preprocess(blankAsNull, z.string().refine(isPlainDate, '新的有效期不是存在的日期。').nullable())
    .default(null),
  assessedOn: z.string().refine(isPlainDate, '评估日期不是存在的日期。'),
  reason: z.string().trim().min(4, '请写明评估的理由（至少 4 个字）。').max(1000),
})

/**
 * What becomes of a document whose term ends (R-NOR-11). Continued, it gets a further number and a draft edition with the new term, which
 * is reviewed and published as any correction. @returns the draft's revision where there is one to publish.
 */
export async function renewDocument(
  ctx: Context,
  input: z.output<typeof renewalInput>,
): Promise<{ publicId: string; number: string | null }> {
  return inTransaction(ctx.db, async db => {
    const document = await documentNamed({ ...ctx, db }, { id: input.publicationId })
    permit(mayRenew(ctx.actor, document.organId), 'normative.may-not-renew')
    const validUntil = await checked({ ...ctx, db }, document, input)
    const goesOn = input.decision === 'continue' && input.validUntilThen !== null
    const allocation = goesOn ? await renumber({ ...ctx, db }, document) : null
    const done = await db
      .insertInto('normativeRenewals')
      .values({
        id: uuidv7(ctx.clock.now().getTime()),
        publicationId: document.publicationId,
        validUntil,
        decision: input.decision,
        validUntilThen: goesOn ? input.validUntilThen : null,
        registrationId: allocation?.registrationId ?? null,
        reason: input.reason,
        assessedOn: input.assessedOn,
        decidedBy: actorName(ctx.actor),
        decidedById: actorId(ctx.actor),
        decidedAt: ctx.clock.now(),
      })
      .onConflict(on => on.columns(['publicationId', 'validUntil']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!done) throw conflict('normative.renewed', '同事已经登记了这次评估的结论。')
    if (allocation)
      await reviseEdition({ ...ctx, db }, document.publicationId, {
        validUntil: input.validUntilThen,
        fields: { unifiedNo: allocation.number },
        changeNote: `经评估继续有效，有效期至 ${input.validUntilThen}，重新登记编号 ${allocation.number}`,
      })
    await meetDuties(
      db,
      ctx,
      { rules: ['R-NOR-11'], subject: { kind: 'publication', id: document.publicationId } },
      { kind: 'renewal', id: done.id, label: `评估结论：${renewalDecisions[input.decision]}` },
    )
    await recordAct(db, ctx, {
      act: 'normative.renewed',
      sentence: `评估《${document.title}》：${renewalDecisions[input.decision]}，理由：${input.reason}`,
      object: { kind: 'publication', id: document.publicationId, label: document.title },
    })
    await announceChange(db, [registerTag(document.siteId), dutiesTag(document.siteId)])
    return { publicId: document.publicId, number: allocation?.number ?? null }
  })
}

async function checked(
  ctx: Context,
  document: DocumentText,
  input: z.output<typeof renewalInput>,
): Promise<string> {
  const { validUntil } = document
  const today = ctx.clock.today()
  if (document.isDraft || !validUntil)
    throw conflict('normative.no-term', '这份文件没有公布，或者没有写明有效期，不用续期评估。')
  if (input.assessedOn > today) throw invalid('normative.day-ahead', '评估日期还没有到。')
  if (validUntil < today)
    throw conflict('normative.expired', `有效期到 ${validUntil} 已经届满，文件自动失效。需要的请重新制定。`)
  if ((await renewalsOf(ctx.db, document.publicationId)).some(one => one.validUntil === validUntil))
    throw conflict('normative.renewed', '这次有效期的评估已经登记。')
  if (input.decision !== 'continue') return validUntil
  const settings = await settingsFor(ctx.db, document.organId)
  const years = isTrial(document.title) ? settings.trialYears : settings.termYears
  const longest = lastDayOf(validUntil, years)
  if (!input.validUntilThen)
    throw invalid('normative.no-term-then', `继续有效的，请填写新的有效期，最长到 ${longest}。`)
  if (input.validUntilThen <= validUntil)
    throw invalid('normative.term-not-longer', `新的有效期应当晚于现在的 ${validUntil}。`)
  if (input.validUntilThen > longest)
    throw invalid('normative.term-too-long', `新的有效期超过 ${years} 年，最长到 ${longest}（R-NOR-11）。`)
  return validUntil
}

/** 重新登记、编号: the number it had is continued; one that never was registered gets its first. */
async function renumber(ctx: Context & { db: Database }, document: DocumentText) {
  const { db } = ctx
  const government = await governmentOf(db, document.organId)
  permit(
    mayRegister(ctx.actor, government.id),
    'normative.may-not-register',
    '继续有效的要重新登记编号，由政府办公室（政务公开办）办理。',
  )
  const [renews] = (await registrationsOf(db, document.publicationId)) as (Registration | undefined)[]
  return allocateRegistrationNumber(db, ctx, {
    publicationId: document.publicationId,
    organId: document.organId,
    year: Number(ctx.clock.today().slice(0, 4)),
    ...(renews ? { renews } : {}),
  })
}
