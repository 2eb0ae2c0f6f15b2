import { type Validity, validities } from '#modules/publications'
import { queryText } from '#platform/http/incoming'
import type { Incoming } from '#platform/http/route'
import { type FilingState, filingStates, type RegisterFilter } from './register-queries.ts'
import { monthsAfter } from './terms.ts'

/** What a list of the register can be narrowed by, as it stands in an address. */
const choiceNames = ['q', 'organ', 'validity', 'filing', 'number', 'expires', 'year'] as const
export type Choice = Partial<Record<(typeof choiceNames)[number], string>>

export const readChoice = (incoming: Incoming): Choice =>
  Object.fromEntries(
    choiceNames.flatMap(name => {
      const text = queryText(incoming, name)
      return text === undefined ? [] : [[name, text]]
    }),
  )

/** Words that are not known narrow nothing. */
export function filterOf(siteId: string, choice: Choice, today: string): RegisterFilter {
  const { validity, filing, number, expires, year } = choice
  return {
    siteId,
    words: choice.q,
    organKey: choice.organ,
    validity: validity && validity in validities ? (validity as Validity) : undefined,
    filing: filing && filing in filingStates ? (filing as FilingState) : undefined,
    registered: number === 'yes' ? true : number === 'no' ? false : undefined,
    expiresBy: expires && /^\d{1,2}$/.test(expires) ? monthsAfter(today, Number(expires)) : undefined,
    year: year && /^(?:19|20)\d{2}$/.test(year) ? Number(year) : undefined,
  }
}

/** The same choice with some of it changed, as an address. */
export function choiceHref(
  path: string,
  choice: Choice,
  more: Record<string, string | undefined> = {},
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...choice, ...more })) if (value) query.set(name, value)
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
