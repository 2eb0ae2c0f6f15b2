import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { meetDuties, openDuties } from '#modules/duties'
import { allocateRegistrationNumber, whatIsMissing } from '#modules/normative'
import { getOrgan } from '#modules/organisations'
import { guardDraft, publish, signDraft } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { afterSignature, type Document, type Settings } from '../document.ts'
import { type Case, cosignerOf } from '../guards.ts'
import { allocateNumber, takeNumber } from '../numbers.ts'
import { findDocument, gatherCase } from '../queries.ts'
import { type Seen, takeStep } from '../take-step.ts'
import { dutyOf, type opinionInput } from './review-document.ts'

const day = z
  .preprocess(blankAsNull, z.string().refine(isPlainDate, '日期不存在，请核对。').nullable())
  .default(null)
export const signInput = z.object({
  opinion: z.string().trim().min(2, '请写明签发意见。').max(1000),
  /** Given by hand or elsewhere; left out, the next of the family. */
  docNo: z.preprocess(blankAsNull, z.string().trim().max(60).nullable()).default(null),
  effectiveFrom: day,
})
export type Sign = z.output<typeof signInput>

/** Each co-issuing organ signs the text that it has seen, before the one that leads. */
export function coSign(ctx: Context, seen: Seen, input: z.output<typeof opinionInput>) {
  return takeStep(ctx, 'co-sign', seen, async (db, facts) => {
    const organ = cosignerOf(ctx.actor, facts)
    if (!organ || !facts.draft) throw conflict('documents.co-organ-waits', '您所在的单位已经会签过这份稿子。')
    await db
      .updateTable('documentCoOrgans')
      .set({
        coSignedBy: actorName(ctx.actor),
        coSignedById: actorId(ctx.actor),
        coSignedAt: ctx.clock.now(),
        coSignedDigest: facts.draft.digest,
      })
      .where('documentId', '=', facts.document.id)
      .where('organId', '=', organ.organId)
      .execute()
    return { toState: 'signature', opinion: input.opinion }
  })
}

/** Signs, numbers and seals: from here on nothing changes the text (R-LET-02). */
export function signDocument(ctx: Context, seen: Seen, input: Sign) {
  return takeStep(ctx, 'sign', seen, async (db, facts) => {
    const { document, draft } = facts
    if (!draft || !document.openness) throw notFound('documents.no-draft', '稿子已经不在了。')
    const signedOn = ctx.clock.today()
    if (document.openness === 'proactive') await guardDraft({ ...ctx, db }, document.publicationId)
    const byHand = input.docNo ?? (draft.text.docNo || null)
    if (byHand) await takeNumber(db, ctx, document, byHand)
    const docNo =
      byHand ??
      (document.letterCodeId && (await allocateNumber(db, ctx, document, document.letterCodeId, signedOn)))
    if (!docNo) throw invalid('documents.no-number', '请填写文号，或者先选定机关代字，由系统编号。')
    const sealed = await seal({ ...ctx, db }, facts, seen.draftRevision, {
      docNo,
      signedOn,
      effectiveFrom: input.effectiveFrom ?? draft.text.effectiveFrom,
      unifiedNo: await registrationOf(db, ctx, document, signedOn),
    })
    // The day of effect is known only now, and with it the longest term (R-NOR-11)
    const [lacking] = await whatIsMissing({ db, clock: ctx.clock }, document.publicationId)
    if (lacking)
      throw invalid('documents.normative-whole', `还不能签发：${lacking.message}（${lacking.rule}）`)
    const toState = afterSignature(document.openness)
    if (toState !== 'signed') await openReassessment(db, ctx, document, facts.settings)
    return {
      toState,
      opinion: input.opinion,
      changes: { ...sealed, docNo, signedOn, signedBy: actorName(ctx.actor), signedById: actorId(ctx.actor) },
    }
  })
}

/** 统一登记编号 of a normative document, in the same transaction as its signature: what is undone takes no number with it (R-NOR-10). */
export async function registrationOf(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  { kind, publicationId, organId }: Pick<Document, 'kind' | 'publicationId' | 'organId'>,
  signedOn: string,
): Promise<string | undefined> {
  if (kind !== 'normative-document') return undefined
  const year = Number(signedOn.slice(0, 4))
  return (await allocateRegistrationNumber(db, ctx, { publicationId, organId, year })).number
}

/** Writes the signature into the text, with the organs that issue it, the leading one first. */
export async function seal(
  { db, actor, clock }: Pick<Context, 'db' | 'actor' | 'clock'>,
  { document, draft, coOrgans }: Pick<Case, 'document' | 'draft' | 'coOrgans'>,
  revision: number,
  signature: {
    docNo: string
    signedOn: string
    effectiveFrom: string | null
    unifiedNo?: string | undefined
  },
): Promise<Pick<Document, 'sealedRevision' | 'sealedDigest'>> {
  const organIds = [document.organId, ...coOrgans.map(one => one.organId)]
  const issuers =
    coOrgans.length > 0
      ? await Promise.all(organIds.map(async id => (await getOrgan(db, id)).name))
      : draft && draft.text.issuers.length > 0
        ? draft.text.issuers
        : [(await getOrgan(db, document.organId)).name]
  const sealed = await signDraft(
    db,
    document.publicationId,
    { revision },
    { ...signature, issuers },
    { signer: actorName(actor), signerId: actorId(actor), at: clock.now() },
  )
  const missing = Object.values(sealed.missing)
  if (missing.length > 0) throw invalid('documents.draft-whole', `还不能签发：${missing.join('')}`)
  return { sealedRevision: sealed.revision, sealedDigest: sealed.digest }
}

/** What is not open is looked at again after a year, or as the organ has set it (R-EXC-12). */
const openReassessment = (db: Database, ctx: Context, document: Document, settings: Settings) =>
  openDuties(db, ctx, [
    {
      ...dutyOf(document),
      rule: 'R-EXC-12',
      article: '条例第十八条：定期评估审查不予公开的信息',
      title: '重新评估能不能公开',
      limit: { amount: settings.reassessMonths, unit: 'months' },
      period: ctx.clock.today(),
      startedAt: ctx.clock.now(),
    },
  ])

/** Lets the signed text out, in one transaction with its step. Repeated after it came through, it changes nothing. */
export async function publishDocument(ctx: Context, seen: Seen): Promise<{ publicId: string | null }> {
  const document = await findDocument(ctx.db, { id: seen.documentId })
  if (document?.state === 'published') return { publicId: null }
  let publicId: string | null = null
  await takeStep(ctx, 'publish', seen, async (db, { document, draft }) => {
    if (!draft) throw notFound('documents.no-draft', '稿子已经不在了。')
    const done = await publish(
      { ...ctx, db },
      { publicationId: document.publicationId, revision: draft.revision },
      { kind: 'document', documentId: document.id, opinion: document.secrecyOpinion ?? '' },
    )
    publicId = done.publicId
    return { toState: 'published', opinion: '' }
  })
  return { publicId }
}

/** 签发并公开: two whole acts, the second of which can be repeated from where the first has ended. */
export async function signAndPublish(ctx: Context, seen: Seen, input: Sign): Promise<void> {
  const before = await findDocument(ctx.db, { id: seen.documentId })
  const isSigned = before?.state === 'signed' || before?.state === 'published'
  if (!isSigned && (await signDocument(ctx, seen, input)) !== 'signed') return
  const now = await findDocument(ctx.db, { id: seen.documentId })
  const draft = now && (await gatherCase(ctx, now)).draft
  await publishDocument(ctx, {
    documentId: seen.documentId,
    revision: now?.revision ?? seen.revision,
    draftRevision: draft?.revision ?? seen.draftRevision,
  })
}

export const reassessInput = z.object({
  outcome: z.enum(['still', 'disclose'], '请选择评估的结果。'),
  opinion: z.string().trim().min(4, '请写明理由。').max(1000),
})

/** R-EXC-12: still closed for another period, or open: then a secrecy review of its own comes first. */
export function reassess(ctx: Context, seen: Seen, input: z.output<typeof reassessInput>) {
  return takeStep(ctx, 'reassess', seen, async (db, { document, settings }) => {
    await meetReassessment(db, ctx, document)
    if (input.outcome === 'still') {
      await openReassessment(db, ctx, document, settings)
      return { toState: document.state, opinion: input.opinion }
    }
    return {
      toState: 'signed',
      opinion: input.opinion,
      changes: {
        openness: 'proactive',
        opennessReason: input.opinion.slice(0, 500),
        opennessGround: null,
        opennessConfirmedAt: ctx.clock.now(),
        secrecyOpinion: null,
        secrecyBy: null,
        secrecyById: null,
        secrecyAt: null,
      },
    }
  })
}

async function meetReassessment(db: Database, ctx: Context, document: Document): Promise<void> {
  await meetDuties(
    db,
    ctx,
    { siteId: document.siteId, rules: ['R-EXC-12'], subject: { kind: 'document', id: document.id } },
    { kind: 'document', id: document.id, label: '重新评估' },
  )
}
