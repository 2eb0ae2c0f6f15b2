import { z } from 'zod'
import { conflict } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { fileLetter, letterFields, serveLetter, serviceOf } from '../letters/file-letter.ts'
import { letterFor } from '../letters/letter-for.ts'
import { type Once, onRequest } from '../on-request.ts'
import type { Case } from '../queries.ts'
import { groundNames, type Need, type ReplyKind, replyKindNames, ruleOf } from '../reply-kinds.ts'
import { id as choice, itemOf, optionalWords, words } from './act-input.ts'

export const decideInput = z.object({
  itemId: choice,
  kind: z
    .enum(replyKindNames, '请选择怎样答复。')
    .refine(kind => ruleOf(kind).decided, '这一种由期限届满或者撤回产生，不在这里选。'),
  ground: z.preprocess(blankAsNull, z.enum(groundNames, '请选择依据。').nullable()).default(null),
  reasons: optionalWords(3000),
  channel: optionalWords(500),
  rightOrgan: optionalWords(300),
  formerRequest: optionalWords(60),
  withheld: optionalWords(2000),
})
type Decide = z.output<typeof decideInput>

const missingWords: Record<Need, string> = {
  ground: '请选择不予公开的依据（条例第十四条至第十六条）。',
  search: '说“信息不存在”要先登记检索：在哪里、用什么词、由谁检索（R-REQ-34）。',
  channel: '请写明获取的方式、途径和时间。',
  'right-organ': '请写明理由；知道由哪个机关负责的，写明它的名称和联系方式。',
  'former-request': '请写明以前那件申请的登记编号。',
  'withheld-part': '请写明哪一部分不公开。',
  'correction-received': '只有补正以后内容仍不明确，才能这样答复。',
  'reasons-asked': '要先请申请人说明理由（条例第三十五条）。',
}

/** What the decision lacks of what its kind has to bring with it (R-REQ-30…43, R-REQ-48). */
function lacks(facts: Case, itemId: string, input: Omit<Decide, 'itemId'>): [field: string, why: string][] {
  const { needs } = ruleOf(input.kind)
  const there: Record<Need, [field: string, isThere: boolean]> = {
    ground: ['ground', input.ground !== null],
    search: ['kind', facts.searches.some(one => one.itemId === itemId)],
    channel: ['channel', input.channel !== ''],
    'right-organ': ['rightOrgan', input.rightOrgan !== ''],
    'former-request': ['formerRequest', input.formerRequest !== ''],
    'withheld-part': ['withheld', input.withheld !== ''],
    'correction-received': ['kind', facts.request.correctedOn !== null],
    'reasons-asked': ['kind', facts.request.reasonsAskedOn !== null],
  }
  const found = needs.flatMap((need): [string, string][] => {
    const [field, isThere] = there[need]
    return isThere ? [] : [[field, missingWords[need]]]
  })
  if (!givesAll.includes(input.kind) && input.reasons === '')
    found.push(['reasons', '不是全部提供的，要写明事实和理由（R-REQ-48）。'])
  return found
}

/** Kinds after which the applicant has all that was asked for. */
const givesAll: readonly ReplyKind[] = ['provide', 'already-public']

/** What is decided about one item, with its ground; may be changed until it is sent up. */
export const decide = (ctx: Context, id: string, { itemId, ...input }: Decide, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'decide',
    'desk',
    async (db, facts) => {
      const item = itemOf(facts, itemId)
      const [lack] = lacks(facts, item.id, input)
      if (lack) throw conflict('requests.decision-incomplete', lack[1])
      const needsGround = (ruleOf(input.kind).needs as readonly Need[]).includes('ground')
      const { channel, rightOrgan, formerRequest, withheld } = input
      await db
        .updateTable('requestItems')
        .set({
          replyKind: input.kind,
          ground: needsGround ? input.ground : null,
          reasons: input.reasons,
          details: JSON.stringify({ channel, rightOrgan, formerRequest, withheld }),
          decidedBy: actorName(ctx.actor),
          decidedById: actorId(ctx.actor),
          decidedAt: ctx.clock.now(),
        })
        .where('id', '=', item.id)
        .execute()
      return { facts: { item: item.position, kind: input.kind, ground: needsGround ? input.ground : null } }
    },
    once,
  )

export const noteInput = z.object({ reason: optionalWords(500) })
type Note = z.output<typeof noteInput>

export const submitReply = (ctx: Context, id: string, input: Note, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'submit-reply',
    'desk',
    async () => ({
      changes: { submittedById: actorId(ctx.actor) },
      reason: input.reason,
      tell: { to: 'signer', title: '依申请公开答复，请签发', sentence: '答复已经送签。' },
    }),
    once,
  )

export const returnInput = z.object({ reason: words(2, 500, '请写明要改什么。') })

export const returnReply = (ctx: Context, id: string, input: z.output<typeof returnInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'return-reply',
    'desk',
    async () => ({
      changes: { submittedById: null },
      reason: input.reason,
      tell: { to: 'officer', title: '答复退回修改', sentence: '请按意见修改后再送签。' },
    }),
    once,
  )

export const signInput = z.object({ reason: optionalWords(500), ...letterFields })

/** The reply gets its number and is signed; nobody signs what he sent up himself (R-REQ-48, R-LET-22). */
export const sign = (ctx: Context, id: string, input: z.output<typeof signInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'sign',
    'desk',
    async (db, facts) => ({
      letterId: await fileLetter(db, ctx, facts, 'reply', input),
      reason: input.reason,
      tell: { to: 'clerk', title: '答复已经签发，请送达', sentence: '请在期限内送达并登记。' },
    }),
    once,
  )

export const serveInput = z.object(letterFields)

/** Served: handed over, given to the post, or sent as the applicant asked; that day counts (R-LET-30…32). */
export const serve = (ctx: Context, id: string, input: z.output<typeof serveInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'serve',
    'desk',
    async (db, facts) => {
      const letter = letterFor(facts, 'serve')
      const service = serviceOf(input, ctx.clock.today())
      if (letter && service && !letter.service) await serveLetter(db, letter, service)
      const on = service?.on ?? letter?.service?.on
      return { ...(on && { on }), letterId: letter?.id ?? null }
    },
    once,
  )

export const archive = (ctx: Context, id: string, once: Once = {}) =>
  onRequest(ctx, id, 'archive', 'desk', async () => ({}), once)
