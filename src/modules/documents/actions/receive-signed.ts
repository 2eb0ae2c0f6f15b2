import { sql } from 'kysely'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { invalid, notFound, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { recordAct } from '#modules/audit'
import { itemsForPlans, startPublication, startPublicationInput } from '#modules/publications'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { afterSignature, type Document, type DocumentState } from '../document.ts'
import { attributeFault } from '../guards.ts'
import { takeNumber } from '../numbers.ts'
import { mayReceiveSigned } from '../policy.ts'
import { findDocument, gatherCase } from '../queries.ts'
import { insertStep } from '../take-step.ts'
import { attributeInput, replaceCoOrgans } from './prepare-document.ts'
import { registrationOf, seal } from './sign-document.ts'
import { insertDocument, isDocumentKind } from './start-document.ts'

const day = z.string().refine(isPlainDate, '日期不存在，请写成 2026-11-23 的样子。')

/** What the office, or the system of an office, says of a document that was signed elsewhere. */
export const receiveSignedInput = z.object({
  /** What that system calls it: the same one comes in once. */
  originKey: z.string().trim().min(1, '请给出来文在原系统里的编号。').max(200),
  /** The text with its attachments, as for any publication; `docNo` and `signedOn` are asked for. */
  publication: startPublicationInput.omit({ formKey: true }).refine(text => text.docNo !== null, {
    path: ['docNo'],
    error: '请填写文号。',
  }),
  signedOn: day,
  signedBy: z.string().trim().min(2, '请填写签发人。').max(50),
  attribute: attributeInput,
  secrecy: z.object({
    opinion: z.string().trim().min(2, '请写明保密审查意见（R-EXC-10）。').max(1000),
    by: z.string().trim().min(2, '请写明谁做的保密审查。').max(50),
    on: day,
  }),
  /** Why the interpretation comes later, within its duty; a reason for none stands in the text's fields. */
  interpretationFollows: z
    .preprocess(value => blankAsNull(value) ?? '', z.string().trim().max(500))
    .default(''),
  coOrganIds: z.array(z.uuid()).max(20).default([]),
})
export type ReceiveSignedInput = z.output<typeof receiveSignedInput>

/**
 * 登记已签发公文: a document that was signed elsewhere comes in signed and sealed; the office then lets it out, under the same guards.
 * The same origin key of an organ is one document, however often and however many times at once it is sent.
 */
export async function receiveSigned(
  ctx: Context,
  input: ReceiveSignedInput,
): Promise<{ documentId: string; publicId: string; state: DocumentState; isNew: boolean }> {
  const { organId } = input.publication
  permit(mayReceiveSigned(ctx.actor, organId), 'documents.may-not-receive')
  return inTransaction(ctx.db, async db => {
    await lockOrigin(db, organId, input.originKey)
    const known = await findDocument(db, { organId, originKey: input.originKey })
    if (known) return { ...(await toldOf({ ...ctx, db }, known)), isNew: false }
    if (!isDocumentKind(input.publication.kind))
      throw invalid('documents.not-a-document', '这种内容不是公文，请在“发布物”里送审。')
    const fault = attributeFault(input.attribute)
    if (fault) throw invalid('documents.attribute-stated', fault)
    if (input.signedOn > ctx.clock.today())
      throw invalid('documents.signed-in-future', '签发日期在今天以后，请核对。')
    return { ...(await toldOf({ ...ctx, db }, await takeIn({ ...ctx, db }, input))), isNew: true }
  })
}

/** Two that bring the same come one after the other. */
async function lockOrigin(db: Database, organId: string, originKey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`documents ${organId} ${originKey}`}, 0))`.execute(
    db,
  )
}

async function takeIn(ctx: Context, input: ReceiveSignedInput): Promise<Document> {
  const { db } = ctx
  const { publication, attribute, secrecy, signedOn, signedBy } = input
  const draft = await startPublication(ctx, { ...publication, signedOn })
  const id = await insertDocument(db, ctx, draft.id, {
    origin: 'received',
    originKey: input.originKey,
    formKey: null,
  })
  const document = id && (await findDocument(db, { id }, { lock: true }))
  if (!document || !publication.docNo) throw notFound('documents.unknown', '没有这件公文。')
  await replaceCoOrgans(db, document, input.coOrganIds)
  await takeNumber(db, ctx, document, publication.docNo)
  const facts = await gatherCase(ctx, document)
  const sealed = await seal(ctx, facts, draft.revision, {
    docNo: publication.docNo,
    signedOn,
    effectiveFrom: publication.effectiveFrom,
    // One that has a number from where it was signed keeps it; the office enters it in the register
    unifiedNo: publication.fields.unifiedNo ? undefined : await registrationOf(db, ctx, document, signedOn),
  })
  const state = afterSignature(attribute.openness)
  const now = ctx.clock.now()
  await db
    .updateTable('documents')
    .set({
      openness: attribute.openness,
      opennessGround: attribute.opennessGround,
      opennessReason: attribute.opennessReason,
      ...sealed,
      state,
      docNo: publication.docNo,
      signedOn,
      signedBy,
      opennessConfirmedAt: now,
      secrecyOpinion: `${secrecy.opinion}（${secrecy.by}，${secrecy.on}）`,
      secrecyBy: secrecy.by,
      secrecyAt: now,
      interpretationFollows: input.interpretationFollows,
    })
    .where('id', '=', document.id)
    .execute()
  await insertStep(
    db,
    ctx,
    document,
    'receive',
    { toState: state, opinion: `登记已签发公文：${signedBy}签发` },
    {
      draftRevision: sealed.sealedRevision ?? 0,
      role: null,
      deputyFor: null,
    },
  )
  await recordAct(db, ctx, {
    act: 'documents.receive',
    sentence: `登记已签发公文 ${publication.docNo}`,
    object: { kind: 'document', id: document.id, label: publication.docNo },
  })
  return { ...document, state }
}

async function toldOf(ctx: Pick<Context, 'db' | 'clock'>, document: Document) {
  const [item] = await itemsForPlans(ctx.db, ctx.clock.now(), { ids: [document.publicationId] })
  return { documentId: document.id, publicId: item?.publicId ?? '', state: document.state }
}
