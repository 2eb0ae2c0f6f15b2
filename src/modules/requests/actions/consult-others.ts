import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import type { Context } from '#platform/context'
import { consultationEnds, consulteeNames } from '../clock.ts'
import { fileLetter, letterFields } from '../letters/file-letter.ts'
import { letterKinds, letterOfConsultation } from '../letters/letter.ts'
import { type Once, onRequest } from '../on-request.ts'
import type { Case } from '../queries.ts'
import { opinionNames } from '../request.ts'
import { id as choice, dayOf, dayOrToday, optionalWords, words } from './act-input.ts'

export const consultInput = z.object({
  consultee: z.enum(consulteeNames, '请选择征求谁的意见。'),
  name: words(2, 100, '请填写征求意见的对象。'),
  about: words(4, 1000, '请写明就什么内容征求意见。'),
  sentOn: dayOrToday,
  ...letterFields,
})

/** Third party, co-maker, another organ: asked in writing; the time is not counted (R-REQ-18, 20, 24). */
export const consult = (ctx: Context, id: string, input: z.output<typeof consultInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'consult',
    'desk',
    async (db, facts) => {
      const kind = letterOfConsultation[input.consultee]
      const letterId = await fileLetter(db, ctx, facts, kind, input)
      if (!letterId)
        throw conflict(
          'requests.no-letter',
          `征求意见要用书面形式。请先登记《${letterKinds[kind].label}》的文号和签发日期。`,
        )
      const sentOn = dayOf(
        input.sentOn,
        ctx.clock.today(),
        facts.request.receivedOn ?? facts.request.arrivedOn,
        '发出',
      )
      const asked = { consultee: input.consultee, sentOn, receivedOn: input.servedOn, endedOn: null }
      if (input.servedOn !== null && input.servedOn < sentOn)
        throw invalid('requests.served-before-sent', '送达日期不能早于发出日期。')
      await db
        .insertInto('requestConsultations')
        .values({
          id: uuidv7(),
          requestId: id,
          consultee: input.consultee,
          name: input.name,
          about: input.about,
          letterId,
          sentOn,
          receivedOn: input.servedOn,
          endsOn: consultationEnds(asked, facts.calendar),
          askedAt: ctx.clock.now(),
        })
        .execute()
      return { on: sentOn, letterId, facts: { consultee: input.consultee } }
    },
    once,
  )

export const deliveryInput = z.object({ consultationId: choice, on: dayOrToday })

/** From the day it reached them their own period runs (R-REQ-18, 20). */
export const recordDelivery = (
  ctx: Context,
  id: string,
  input: z.output<typeof deliveryInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'record-delivery',
    'desk',
    async (db, facts) => {
      const asked = askedOf(facts, input.consultationId)
      if (asked.receivedOn) throw conflict('requests.delivered-already', '这份征求意见书已经登记过送达。')
      const receivedOn = dayOf(input.on, ctx.clock.today(), asked.sentOn, '送达')
      await db
        .updateTable('requestConsultations')
        .set({ receivedOn, endsOn: consultationEnds({ ...asked, receivedOn }, facts.calendar) })
        .where('id', '=', asked.id)
        .execute()
      return { on: receivedOn, facts: { consultee: asked.consultee } }
    },
    once,
  )

export const opinionInput = z
  .object({
    consultationId: choice,
    answer: z.enum(opinionNames, '请选择意见。'),
    on: dayOrToday,
    reasons: optionalWords(1000),
    reasonable: z.enum(['yes', 'no', ''], '请选择理由是否合理。').default(''),
  })
  .check(context => {
    const { answer, reasons, reasonable } = context.value
    if ((answer === 'refuses' || answer === 'partly') && (reasons === '' || reasonable === ''))
      context.issues.push({
        code: 'custom',
        path: [reasons === '' ? 'reasons' : 'reasonable'],
        message: '不同意公开的，请写明理由，并判断理由是否合理（条例第三十二条）。',
        input: context.value,
      })
  })

/** What they said, or that they were silent until the end of their period: opposite defaults (R-REQ-19, 20). */
export const endConsultation = (
  ctx: Context,
  id: string,
  input: z.output<typeof opinionInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'end-consultation',
    'desk',
    async (db, facts) => {
      const asked = askedOf(facts, input.consultationId)
      const endedOn = dayOf(input.on, ctx.clock.today(), asked.receivedOn ?? asked.sentOn, '收到意见')
      if (input.answer === 'silent' && (asked.endsOn === null || endedOn <= asked.endsOn))
        throw conflict(
          'requests.may-still-answer',
          asked.endsOn === null
            ? '还没有登记征求意见书送达的日期，不能算逾期。'
            : `对方可以在${asked.endsOn}以前提出意见，还没有逾期。`,
        )
      await db
        .updateTable('requestConsultations')
        .set({
          endedOn,
          answer: input.answer,
          reasons: input.reasons,
          reasonable: input.reasonable === '' ? null : input.reasonable === 'yes',
        })
        .where('id', '=', asked.id)
        .execute()
      const others = facts.consultations.some(one => one.id !== asked.id && one.endedOn === null)
      return {
        to: others ? 'consulting' : 'processing',
        on: endedOn,
        facts: { consultee: asked.consultee, answer: input.answer },
      }
    },
    once,
  )

function askedOf({ consultations }: Case, consultationId: string) {
  const asked = consultations.find(one => one.id === consultationId)
  if (!asked) throw invalid('requests.unknown-consultation', '没有这项征求意见。请刷新页面后再选。')
  if (asked.endedOn) throw conflict('requests.consultation-ended', '这项征求意见已经结束。')
  return asked
}
