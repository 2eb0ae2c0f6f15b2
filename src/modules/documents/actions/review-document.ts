import { z } from 'zod'
import { invalid } from '#lib/errors'
import { meetDuties, openDuties } from '#modules/duties'
import { guardDraft } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { DocumentAct } from '../acts.ts'
import { type Document, type DocumentState, legalities, nextState, returnReasons } from '../document.ts'
import type { Case } from '../guards.ts'
import { type Seen, type Step, takeStep } from '../take-step.ts'
import { attributeInput } from './prepare-document.ts'

const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>) =>
  Object.keys(words) as [Key, ...Key[]]
const opinion = z.string().trim().min(2, '请写明意见：它会留在记录里。').max(1000, '意见最多 1000 字。')

export const opinionInput = z.object({ opinion })
export const legalityInput = z.object({
  legality: z.enum(keysOf(legalities), '请选择审核结论（R-NOR-08）。'),
  fairCompetition: z
    .string()
    .trim()
    .min(2, '请写明公平竞争审查的结论，或者为什么不涉及（R-NOR-16）。')
    .max(500),
  opinion,
})
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

/** Legal goes on, what should be changed goes back, what is not legal ends (R-NOR-08, R-NOR-09). */
export function giveLegality(ctx: Context, seen: Seen, input: z.output<typeof legalityInput>) {
  return takeStep(ctx, 'give-legality', seen, async (db, facts) => {
    const { legality, fairCompetition } = input
    const words = `${legalities[legality]}：${input.opinion}；公平竞争审查：${fairCompetition}`
    await meet(db, ctx, facts.document, ['R-NOR-06'])
    if (legality === 'legal') return forward(ctx, db, facts, words, { legality, fairCompetition })
    return {
      toState: legality === 'amend' ? 'drafting' : 'discarded',
      opinion: words,
      reasons: legality === 'amend' ? ['content'] : [],
      changes: { legality, fairCompetition },
    }
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
    await meet(db, ctx, document, ['R-NOR-06', 'R-EXC-11'])
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

/** To the next step of the chain; legality review has its limit (R-NOR-06). */
async function forward(
  ctx: Context,
  db: Database,
  { document, settings }: Case,
  words: string,
  changes: Step['changes'] = {},
): Promise<Step> {
  const toState: DocumentState = nextState(document, settings)
  if (toState === 'legality-review')
    await openDuties(db, ctx, [
      {
        ...dutyOf(document),
        rule: 'R-NOR-06',
        article: '合法性审核一般不超过十五个工作日',
        title: '出具合法性审核意见',
        limit: { amount: 15, unit: 'working-days' },
        period: String(document.revision),
        startedAt: ctx.clock.now(),
      },
    ])
  return { toState, opinion: words, changes }
}

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
