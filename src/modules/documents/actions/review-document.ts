import { z } from 'zod'
import { invalid } from '#lib/errors'
import { meetDuties, openDuties } from '#modules/duties'
import { guardDraft } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { DocumentAct } from '../acts.ts'
import { type Document, returnReasons } from '../document.ts'
import { type Seen, takeStep } from '../take-step.ts'
import { forward, takeBackReviews } from './go-on.ts'
import { opinion } from './opinion.ts'
import { attributeInput } from './prepare-document.ts'

const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>) =>
  Object.keys(words) as [Key, ...Key[]]

export const opinionInput = z.object({ opinion })
export const secrecyInput = z.object({
  opinion,
  secrecyChecked: z.preprocess(
    value => value === true || value === 'yes',
    z.literal(true, '请先做保密审查，并在这里勾选。拿不准的，选“待定，报请确定”。'),
  ),
  /** Of what was held: who determined it, and how. */
  determinedBy: z.string().trim().max(200).default(''),
})
export const confirmInput = attributeInput.safeExtend({ opinion })
export const returnInput = z.object({
  reasons: z.preprocess(
    value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.enum(keysOf(returnReasons))).min(1, '请至少选择一个退文理由。'),
  ),
  opinion,
})

/** Hands the draft with attribute, plan and materials to the first step of its chain. */
export function submitDocument(ctx: Context, seen: Seen) {
  return takeStep(ctx, 'submit', seen, async (db, facts) => {
    if (facts.document.openness === 'proactive')
      await guardDraft({ ...ctx, db }, facts.document.publicationId)
    // Another text has to be co-signed again
    await db
      .updateTable('documentCoOrgans')
      .set({ coSignedBy: null, coSignedById: null, coSignedAt: null, coSignedDigest: null })
      .where('documentId', '=', facts.document.id)
      .execute()
    return forward(ctx, db, facts, '', {
      secrecyOpinion: null,
      secrecyBy: null,
      secrecyById: null,
      secrecyAt: null,
      heldAt: null,
      legality: null,
      fairCompetition: null,
      opennessConfirmedAt: null,
    })
  })
}

/** One step of the chain agrees. */
export function agree(
  ctx: Context,
  act: Extract<DocumentAct, 'agree-first' | 'approve' | 'close-opinions' | 'check'>,
  seen: Seen,
  input: z.output<typeof opinionInput>,
) {
  return takeStep(ctx, act, seen, async (db, facts) => {
    if (act === 'check' && facts.document.openness === 'proactive')
      await guardDraft({ ...ctx, db }, facts.document.publicationId)
    return forward(ctx, db, facts, input.opinion)
  })
}

/** The recorded secrecy review (R-EXC-10); what was held needs the word of the authority that was asked (R-EXC-09). */
export function clearSecrecy(ctx: Context, seen: Seen, input: z.output<typeof secrecyInput>) {
  return takeStep(ctx, 'clear-secrecy', seen, async (db, facts) => {
    if (facts.document.heldAt && input.determinedBy.length < 4)
      throw invalid('documents.not-determined', '已经报请确定：请写明由哪个部门、以什么答复确定的。')
    const words = input.determinedBy ? `${input.opinion}（确定：${input.determinedBy}）` : input.opinion
    await meet(db, ctx, facts.document, ['R-EXC-11'])
    return forward(ctx, db, facts, words, { ...secrecyOf(ctx, words), heldAt: null })
  })
}

/** Before something that was not open becomes open: a secrecy review of its own. */
export function giveSecrecy(ctx: Context, seen: Seen, input: z.output<typeof secrecyInput>) {
  return takeStep(ctx, 'give-secrecy', seen, async () => ({
    toState: 'signed',
    opinion: input.opinion,
    changes: secrecyOf(ctx, input.opinion),
  }))
}

const secrecyOf = (ctx: Context, words: string) => ({
  secrecyOpinion: words,
  secrecyBy: actorName(ctx.actor),
  secrecyById: actorId(ctx.actor),
  secrecyAt: ctx.clock.now(),
})

/** 待定: reported for determination within ten working days (R-EXC-11). */
export function holdDocument(ctx: Context, seen: Seen, input: z.output<typeof opinionInput>) {
  return takeStep(ctx, 'hold', seen, async (db, { document }) => {
    await openDuties(db, ctx, [
      {
        ...dutyOf(document),
        rule: 'R-EXC-11',
        article: '不明确事项十个工作日内报请确定',
        title: '报请确定是否可以公开',
        limit: { amount: 10, unit: 'working-days' },
        period: String(document.revision),
        startedAt: ctx.clock.now(),
      },
    ])
    return { toState: 'secrecy-review', opinion: input.opinion, changes: { heldAt: ctx.clock.now() } }
  })
}

/** Confirms the attribute, or sets it right, with reason and ground. */
export function confirmOpenness(ctx: Context, seen: Seen, input: z.output<typeof confirmInput>) {
  return takeStep(ctx, 'confirm-openness', seen, async (db, facts) => {
    const { opinion: words, ...attribute } = input
    // A document that now is to stay closed is looked at by its own openness office: that is who confirms (R-SRC-02)
    const document = { ...facts.document, ...attribute }
    return forward(ctx, db, { ...facts, document }, words, {
      ...attribute,
      opennessConfirmedAt: ctx.clock.now(),
    })
  })
}

/** 退文 with reasons chosen from the rules (R-SRC-03). */
export function returnDocument(ctx: Context, seen: Seen, input: z.output<typeof returnInput>) {
  return takeStep(ctx, 'return', seen, async (db, { document }) => {
    await meet(db, ctx, document, ['R-EXC-11'])
    if (document.state === 'legality-review')
      await takeBackReviews({ ...ctx, db }, document.publicationId, `退文：${input.opinion}`.slice(0, 300))
    return { toState: 'drafting', opinion: input.opinion, reasons: input.reasons, changes: { heldAt: null } }
  })
}

/** Taken back by its drafter while nobody has acted. */
export const recallDocument = (ctx: Context, seen: Seen) =>
  takeStep(ctx, 'recall', seen, async () => ({ toState: 'drafting' }))

export const discardDocument = (ctx: Context, seen: Seen, input: z.output<typeof opinionInput>) =>
  takeStep(ctx, 'discard', seen, async () => ({ toState: 'discarded', opinion: input.opinion }))

/** Why the interpretation comes after the document, within its three working days (R-INT-02). */
export const sayFollows = (ctx: Context, seen: Seen, input: z.output<typeof opinionInput>) =>
  takeStep(ctx, 'say-follows', seen, async (_, { document }) => ({
    toState: document.state,
    opinion: input.opinion,
    changes: { interpretationFollows: input.opinion },
  }))

/** Duties are read by everybody on the board: a document that is not public yet has no title there. */
export const dutyOf = (document: Document) => ({
  siteId: document.siteId,
  organId: document.organId,
  domain: 'supervision' as const,
  subject: { kind: 'document', id: document.id, label: '办理中的公文' },
})

const meet = (db: Database, ctx: Context, document: Document, rules: readonly string[]) =>
  meetDuties(
    db,
    ctx,
    { siteId: document.siteId, rules: [...rules], subject: { kind: 'document', id: document.id } },
    { kind: 'document', id: document.id, label: '公文办理' },
  )
