import { z } from 'zod'
import { queryText } from '#platform/http/incoming'
import type { Incoming } from '#platform/http/route'
import { decisionNames } from '../cleanup.ts'
import type { ItemFilter } from '../cleanup-queries.ts'

/** What the list of a round can be narrowed by, as it stands in the address. */
const choices = ['q', 'organ', 'decision'] as const
export const choiceIn = (incoming: Incoming) =>
  Object.fromEntries(choices.map(name => [name, queryText(incoming, name)]))

/** The page of a round with a choice. */
export function hrefOf(
  id: string,
  choice: Record<string, string | undefined>,
  more: Record<string, string> = {},
) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...choice, ...more })) if (value) query.set(name, value)
  const text = query.toString()
  return `/normative-cleanups/${id}${text ? `?${text}` : ''}`
}

export function filterIn(incoming: Incoming): ItemFilter {
  const organ = queryText(incoming, 'organ')
  const decision = queryText(incoming, 'decision')
  const known = [...decisionNames, 'none', 'unconfirmed'] as string[]
  return {
    words: queryText(incoming, 'q'),
    organId: z.uuid().safeParse(organ).success ? organ : undefined,
    decision: decision && known.includes(decision) ? (decision as ItemFilter['decision']) : undefined,
  }
}
