import { z } from 'zod'
import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { conflict, invalid } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Case } from '../queries.ts'
import { type LetterKind, letterKinds, type ServiceWay, serviceWayNames } from './letter.ts'
import { freshLetter } from './letter-for.ts'

const text = (most: number) =>
  z.preprocess(blankAsNull, z.string().trim().max(most, `最多 ${most} 字。`).nullable()).default(null)
const day = z
  .preprocess(blankAsNull, z.string().refine(isPlainDate, '日期不存在，请核对。').nullable())
  .default(null)

/** What a form says of the letter that goes with its act; all empty where the letter is on file already. */
export const letterFields = {
  letterNumber: text(60),
  letterSignedOn: day,
  serviceWay: z.preprocess(blankAsNull, z.enum(serviceWayNames, '请选择送达方式。').nullable()).default(null),
  servedOn: day,
  serviceProof: text(200),
}
export interface LetterTyped {
  letterNumber: string | null
  letterSignedOn: PlainDate | null
  serviceWay: ServiceWay | null
  servedOn: PlainDate | null
  serviceProof: string | null
}

/**
 * Puts on file what the form says of a letter: a new one where it has a number, or the service of the one that waits for it.
 * @returns the letter that is meant; null when there is none.
 */
export async function fileLetter(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  facts: Case,
  kind: LetterKind,
  typed: LetterTyped,
): Promise<string | null> {
  const today = ctx.clock.today()
  const service = serviceOf(typed, today)
  const waiting = freshLetter(facts, kind)
  if (typed.letterNumber === null) {
    if (waiting && service && !waiting.service) await serveLetter(db, waiting, service)
    return waiting?.id ?? null
  }
  if (facts.letters.some(one => one.number === typed.letterNumber))
    throw conflict('requests.letter-number-taken', `这件申请已经有文号是${typed.letterNumber}的文书。`)
  const signedOn = typed.letterSignedOn ?? today
  mustNotLie(signedOn, today, '签发')
  mustNotServeBefore(signedOn, service)
  const id = uuidv7()
  await db
    .insertInto('requestLetters')
    .values({
      id,
      requestId: facts.request.id,
      kind,
      number: typed.letterNumber,
      signedOn,
      serviceWay: service?.way ?? null,
      servedOn: service?.on ?? null,
      proof: service?.proof ?? '',
      filedBy: actorName(ctx.actor),
      filedById: actorId(ctx.actor),
      filedAt: ctx.clock.now(),
    })
    .execute()
  return id
}

interface Service {
  way: ServiceWay
  on: PlainDate
  proof: string
}

/** Service is known whole, or not at all (R-LET-31). */
export function serviceOf(typed: LetterTyped, today: PlainDate): Service | null {
  const { serviceWay, servedOn, serviceProof } = typed
  if (serviceWay === null && servedOn === null && serviceProof === null) return null
  if (serviceWay === null || servedOn === null || serviceProof === null)
    throw invalid(
      'requests.service-incomplete',
      '请把送达方式、送达日期和凭证（签收人、邮件号或者发送时间）都填上。',
    )
  mustNotLie(servedOn, today, '送达')
  return { way: serviceWay, on: servedOn, proof: serviceProof }
}

function mustNotLie(on: PlainDate, today: PlainDate, what: string): void {
  if (on > today) throw invalid('requests.day-ahead', `${what}日期不能晚于今天。`)
}

function mustNotServeBefore(signedOn: PlainDate, service: Service | null): void {
  if (service && service.on < signedOn)
    throw invalid('requests.served-before-signing', '送达日期不能早于签发日期。')
}

export async function serveLetter(
  db: Database,
  letter: { id: string; kind: LetterKind; signedOn: PlainDate },
  service: Service,
): Promise<void> {
  mustNotServeBefore(letter.signedOn, service)
  const { numUpdatedRows } = await db
    .updateTable('requestLetters')
    .set({ serviceWay: service.way, servedOn: service.on, proof: service.proof })
    .where('id', '=', letter.id)
    .where('serviceWay', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw conflict('requests.served-already', `《${letterKinds[letter.kind].label}》已经登记过送达。`)
}
