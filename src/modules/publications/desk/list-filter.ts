import { z } from 'zod'
import type { Incoming } from '#platform/http/route'
import type { DeskFilter } from '../desk-queries.ts'
import { type State, states } from '../state.ts'

const uuid = z.uuid().optional().catch(undefined)

/** What an address may narrow the list by; what makes no sense narrows nothing. */
const query = z.object({
  state: z
    .enum(Object.keys(states) as [State])
    .optional()
    .catch(undefined),
  kind: z.string().min(1).max(60).optional().catch(undefined),
  organ: uuid,
  site: uuid,
  column: uuid,
  words: z.string().trim().min(1).max(100).optional().catch(undefined),
  archive: z.enum(['yes', 'no']).optional().catch(undefined),
})

export type ListQuery = z.output<typeof query>

export const readListQuery = (incoming: Incoming): ListQuery => query.parse(incoming.query)

export const filterOf = (asked: ListQuery): DeskFilter => ({
  state: asked.state,
  kind: asked.kind,
  organId: asked.organ,
  siteId: asked.site,
  columnId: asked.column,
  words: asked.words,
  archive: asked.archive === undefined ? undefined : asked.archive === 'yes',
})

/** The same list again, as part of an address. */
export function listAddress(path: string, asked: ListQuery, page?: number): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) parts.set(name, value)
  if (page !== undefined && page > 1) parts.set('page', String(page))
  const text = parts.toString()
  return text === '' ? path : `${path}?${text}`
}
