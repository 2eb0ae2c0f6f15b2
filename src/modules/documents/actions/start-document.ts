import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { draftForProcedure, kindOf, startPublication, startPublicationInput } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import type { Document } from '../document.ts'
import { mayStartDocument } from '../policy.ts'
import { findDocument } from '../queries.ts'
import { insertStep } from '../take-step.ts'

export const startDocumentInput = startPublicationInput.extend({
  kind: z.string().refine(isDocumentKind, '请选择公文的种类。'),
  formKey: z.uuid(),
})
export type StartDocument = z.output<typeof startDocumentInput>

export function isDocumentKind(name: string): boolean {
  try {
    return kindOf(name).procedure === 'document'
  } catch {
    return false
  }
}

/** Begins a document with the draft of its publication; the same form sent twice begins one. */
export async function startDocument(
  ctx: Context,
  input: StartDocument,
): Promise<{ documentId: string; publicationId: string }> {
  permit(mayStartDocument(ctx.actor, input.organId), 'documents.may-not-start')
  return inTransaction(ctx.db, async db => {
    const { id } = await startPublication({ ...ctx, db }, input)
    return { documentId: await makeDocument({ ...ctx, db }, id, input.formKey), publicationId: id }
  })
}

/** Takes a draft that was begun before, under “发布物”, into the procedure. */
export async function takeUpDraft(ctx: Context, publicationId: string): Promise<{ documentId: string }> {
  return inTransaction(ctx.db, async db => {
    const draft = await draftForProcedure(db, publicationId)
    if (!draft) throw notFound('documents.no-draft', '没有这份稿子：也许它已经公开，或者已经放弃。')
    permit(mayStartDocument(ctx.actor, draft.organId), 'documents.may-not-start')
    if (!isDocumentKind(draft.kind))
      throw invalid('documents.not-a-document', '这种内容不是公文，请在“发布物”里送审。')
    return { documentId: await makeDocument({ ...ctx, db }, publicationId, null) }
  })
}

/** The case of a draft; one that is there already stays as it is. */
async function makeDocument(ctx: Context, publicationId: string, formKey: string | null): Promise<string> {
  const { db } = ctx
  const known = await findDocument(db, { publicationId })
  if (known) return known.id
  const id = await insertDocument(db, ctx, publicationId, { origin: 'drafted', originKey: null, formKey })
  if (id === null) {
    const other = await findDocument(db, { publicationId })
    if (!other) throw conflict('documents.form-key', '表单重复提交。请返回列表查看是否已经保存。')
    return other.id
  }
  const document = await findDocument(db, { id })
  if (!document) throw notFound('documents.unknown', '没有这件公文。')
  await insertStep(db, ctx, document, 'start', { toState: 'drafting' }, byDrafter)
  await recordAct(db, ctx, {
    act: 'documents.start',
    sentence: '开始办理一件公文',
    object: { kind: 'document', id, label: '（起草中的公文）' },
  })
  return id
}

const byDrafter = { draftRevision: 1, role: 'drafter', deputyFor: null } as const

/** @returns null when it is there already. */
export async function insertDocument(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  publicationId: string,
  from: Pick<Document, 'origin' | 'originKey'> & { formKey: string | null },
): Promise<string | null> {
  const draft = await draftForProcedure(db, publicationId)
  if (!draft) throw notFound('documents.no-draft', '没有这份稿子：也许它已经公开，或者已经放弃。')
  const now = ctx.clock.now()
  const row = await db
    .insertInto('documents')
    .values({
      id: uuidv7(now.getTime()),
      publicationId,
      siteId: draft.siteId,
      organId: draft.organId,
      kind: draft.kind,
      title: draft.text.title,
      state: 'drafting',
      ...from,
      createdBy: actorName(ctx.actor),
      createdById: actorId(ctx.actor),
      createdAt: now,
      changedAt: now,
    })
    .onConflict(clash => clash.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}
