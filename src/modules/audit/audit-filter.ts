import { z } from 'zod'
import { dateInBeijing, isPlainDate, type PlainDate } from '#lib/beijing-time'
import { blankAsNull } from '#lib/forms'
import type { Incoming } from '#platform/http/route'
import { outcomes } from './audit-entry.ts'
import type { AuditFilter } from './queries.ts'

/** What an address may ask of the trail; anything that makes no sense is left out, so that no link ever fails. */
const schema = z.object({
  person: words(50),
  act: z.preprocess(blankAsNull, z.string().max(80).nullish().catch(null)),
  object: words(100),
  outcome: z.preprocess(
    blankAsNull,
    z
      .enum(Object.keys(outcomes) as [keyof typeof outcomes])
      .nullish()
      .catch(null),
  ),
  personal: z.literal('yes').nullish().catch(null),
  from: day(),
  until: day(),
})

function words(longest: number) {
  return z.preprocess(blankAsNull, z.string().trim().max(longest).nullish().catch(null))
}
function day() {
  return z.preprocess(blankAsNull, z.string().refine(isPlainDate).nullish().catch(null))
}

/** Days shown when the address names none: the newest thirty, so that a look costs little however long the trail is. */
const usualDays = 30

export function readAuditFilter(query: Incoming['query'], today: PlainDate): AuditFilter {
  const { personal, ...asked } = schema.parse(query)
  const until = asked.until ?? undefined
  return {
    person: asked.person ?? undefined,
    act: asked.act ?? undefined,
    object: asked.object ?? undefined,
    outcome: asked.outcome ?? undefined,
    personalDataOnly: personal === 'yes',
    from: asked.from ?? daysBefore(until ?? today, usualDays - 1),
    until: until ?? today,
  }
}

function daysBefore(on: PlainDate, days: number): PlainDate {
  return dateInBeijing(new Date(Date.parse(`${on}T12:00:00+08:00`) - days * 24 * 3600 * 1000))
}

/** The same filter as the query of an address. */
export function auditQuery(filter: AuditFilter, page?: number): string {
  const query = new URLSearchParams()
  const { personalDataOnly, ...texts } = filter
  for (const [name, value] of Object.entries(texts)) if (value) query.set(name, value)
  if (personalDataOnly) query.set('personal', 'yes')
  if (page && page > 1) query.set('page', String(page))
  return query.toString()
}
