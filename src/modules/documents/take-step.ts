import { sql } from 'kysely'
import { conflict, notFound, permit, Refused } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { notify } from '#modules/notifications'
import { holdersOf } from '#modules/people'
import { lookThroughDraft } from '#modules/publications'
import { actorId, actorName, roles } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { acts, type DocumentAct, partyFor, turnOf } from './acts.ts'
import { type Document, type DocumentState, type ReturnReason, states } from './document.ts'
import { type Case, concernedIn, whyNot } from './guards.ts'
import { actsAs, mayReadDocument, partiesOf, rolesOf } from './policy.ts'
import { findDocument, gatherCase } from './queries.ts'

/** The document as the page showed it, and the text that was read with it: another one is not acted on. */
export interface Seen {
  documentId: string
  revision: number
  draftRevision: number
}

/** What an act does to the document, and what of it stays on record. */
export interface Step {
  toState: DocumentState
  opinion?: string
  reasons?: readonly ReturnReason[]
  changes?: Partial<Omit<Document, 'id' | 'state' | 'revision'>>
}

/**
 * One act on a document: the table and the guards are asked, what it does is saved with the step, and whoever's turn it is next is
 * told; one transaction, or nothing.
 */
export async function takeStep(
  ctx: Context,
  act: DocumentAct,
  seen: Seen,
  make: (db: Database, facts: Case) => Promise<Step>,
): Promise<DocumentState> {
  if (acts[act].guards.includes('findings-decided')) await noteFindings(ctx, seen.documentId)
  return inTransaction(ctx.db, async db => {
    const document = await findDocument(db, { id: seen.documentId }, { lock: true })
    if (!document) throw notFound('documents.unknown', '没有这件公文。请从公文列表重新选择。')
    const facts = await gatherCase({ ...ctx, db }, document)
    permit(mayReadDocument(ctx.actor, concernedIn(facts)), 'documents.not-yours')
    refuse(whyNot(ctx.actor, act, facts))
    if (document.revision !== seen.revision)
      throw conflict('documents.acted-meanwhile', '您打开之后有同事办理过这件公文。请看过现在的情形再办。')
    if (facts.draft && facts.draft.revision !== seen.draftRevision)
      throw conflict(
        'documents.edited-meanwhile',
        `您打开之后，${facts.draft.editedBy}改过稿子。请看过新的文字再办。`,
      )
    const step = await make(db, facts)
    await saveStep(db, ctx, facts, act, step)
    return step.toState
  })
}

/** What is found stays on record also when the act is refused for it (X5). */
async function noteFindings(ctx: Context, documentId: string): Promise<void> {
  const document = await findDocument(ctx.db, { id: documentId })
  if (document) await lookThroughDraft(ctx, document.publicationId)
}

export function refuse(obstacle: ReturnType<typeof whyNot>): void {
  if (obstacle) throw new Refused(obstacle.refusal, obstacle.code, obstacle.message)
}

async function saveStep(
  db: Database,
  ctx: Context,
  facts: Case,
  act: DocumentAct,
  step: Step,
): Promise<void> {
  const { document } = facts
  const now = ctx.clock.now()
  await db
    .updateTable('documents')
    .set({
      ...step.changes,
      title: facts.draft?.text.title ?? document.title,
      state: step.toState,
      revision: sql`revision + 1`,
      changedAt: now,
    })
    .where('id', '=', document.id)
    .execute()
  const concerned = concernedIn(facts)
  const party = partyFor(act, document.state, partiesOf(ctx.actor, concerned))
  await insertStep(db, ctx, document, act, step, {
    draftRevision: facts.draft?.revision ?? 0,
    ...(party ? actsAs(ctx.actor, party, concerned) : { role: null, deputyFor: null }),
  })
  await recordAct(db, ctx, {
    act: `documents.${act}`,
    sentence: `公文办理“${acts[act].label}”：${states[document.state]}→${states[step.toState]}`,
    object: { kind: 'document', id: document.id, label: labelOf(document) },
  })
  if (step.toState !== document.state) await tellNext(db, ctx, { ...document, state: step.toState }, facts)
}

/** A title that is not to be open stands in no trail of other matters. */
const labelOf = (document: Pick<Document, 'title' | 'openness'>) =>
  document.openness === 'proactive' ? document.title : '（未定为主动公开的公文）'

/** Each step records person, role, time, opinion and the text that was seen (R-EXC-13). */
export async function insertStep(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  document: Pick<Document, 'id' | 'state'>,
  act: DocumentAct | 'start' | 'receive',
  step: Step,
  by: { draftRevision: number; role: keyof typeof roles | null; deputyFor: string | null },
): Promise<void> {
  await db
    .insertInto('documentSteps')
    .values({
      id: uuidv7(),
      documentId: document.id,
      act,
      fromState: document.state,
      toState: step.toState,
      opinion: step.opinion ?? '',
      reasons: [...(step.reasons ?? [])],
      draftRevision: by.draftRevision,
      actor: actorName(ctx.actor),
      actorId: actorId(ctx.actor),
      actorRole: by.role ? roles[by.role] : '系统',
      deputyFor: by.deputyFor,
      actedAt: ctx.clock.now(),
    })
    .execute()
}

/** Whoever's turn it is, is told, deputies included. */
async function tellNext(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  document: Document,
  { coOrgans }: Case,
): Promise<void> {
  const to = await Promise.all(
    (turnOf[document.state] ?? []).map(party =>
      holdersOf(
        db,
        {
          organIds: party === 'co-signer' ? coOrgans.map(one => one.organId) : [document.organId],
          roles: rolesOf[party],
        },
        ctx.clock.today(),
      ),
    ),
  )
  await notify(db, ctx, [
    {
      to: to.flat().map(holder => holder.staffId),
      subjectKey: `documents.turn:${document.id}:${document.revision + 1}`,
      title: `公文待办：${states[document.state]}`,
      sentence: `《${document.title}》到了“${states[document.state]}”，请办理。`,
      address: `/documents/${document.id}`,
      about: { kind: 'document', id: document.id },
    },
  ])
}
