import { inChinese } from '#lib/beijing-time'
import { conflict } from '#lib/errors'
import type { Act } from '../acts.ts'
import type { Case } from '../queries.ts'
import { type Letter, type LetterKind, letterKinds, letterOfAct } from './letter.ts'

type ActWithLetter = keyof typeof letterOfAct
const hasLetter = (act: Act): act is ActWithLetter => Object.hasOwn(letterOfAct, act)

/** What of a case decides which letters it has. */
export type Correspondence = Pick<Case, 'letters' | 'usedLetterIds'>

/** The newest letter of a kind that no act was saved with yet. */
export const freshLetter = (facts: Correspondence, kind: LetterKind): Letter | null =>
  facts.letters.findLast(one => one.kind === kind && !facts.usedLetterIds.includes(one.id)) ?? null

/** The letter that the act needs, as it stands on file: signed, served or not; null where there is none, or none is needed. */
export function letterFor(facts: Correspondence, act: Act): Letter | null {
  if (!hasLetter(act)) return null
  const { kind } = letterOfAct[act]
  // What is served is the reply that was signed
  if (act === 'serve')
    return facts.letters.findLast(one => one.kind === kind && facts.usedLetterIds.includes(one.id)) ?? null
  return freshLetter(facts, kind)
}

/**
 * The letter without which the act cannot be saved (R-LET-30…33).
 * @throws conflict when it is not on file, or not served where it must have been; null: the act needs none.
 */
export function mustHaveLetter(facts: Correspondence, act: Act): Letter | null {
  if (!hasLetter(act)) return null
  const { kind, served } = letterOfAct[act]
  const { label } = letterKinds[kind]
  const letter = letterFor(facts, act)
  if (!letter) throw conflict('requests.no-letter', `这一步要有《${label}》。请先登记文书的文号和签发日期。`)
  if (served && !letter.service)
    throw conflict(
      'requests.letter-not-served',
      `《${label}》（${letter.number}，${inChinese(letter.signedOn)}签发）还没有登记送达。请登记送达的方式、日期和凭证。`,
    )
  return letter
}
