import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import { policyKinds } from '#modules/policies'
import {
  type ColumnUse,
  countPublic,
  type Listed,
  type ListFilter,
  listColumnsInUse,
  newestPublic,
} from '#modules/publications'
import { commonKeywords } from '#modules/search'
import type { PublicContext } from '#platform/context'
import { interpretationKinds, platformPath } from '../platform.ts'
import { type OpenDoor, openDoors } from './open-doors.ts'

export interface HomeFacts {
  /** Words that the newer policies carry most. */
  words: string[]
  doors: OpenDoor[]
  policies: Listed[]
  sections: { path: string; name: string; items: number; newest: Listed[] }[]
  interpretations: Listed[]
  /** Not yet in force. */
  coming: Listed[]
  thisMonth: { all: number; policies: number; interpretations: number }
}

const yearAgo = (now: Date) => new Date(now.getTime() - 365 * 24 * 3600 * 1000)

/** Everything the home page says, in a fixed number of questions to the database. */
export async function homeFacts(ctx: PublicContext): Promise<HomeFacts> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const siteId = site.id
  const month = daysOfMonth(dateInBeijing(now).slice(0, 7))
  const fresh = { siteId, withoutArchive: true }
  const newest = (filter: ListFilter, limit: number) => newestPublic(db, now, filter, limit)
  const [words, columns, policies, interpretations, coming, all, monthPolicies, monthInterpretations, doors] =
    await Promise.all([
      commonKeywords(db, now, { siteId, kinds: policyKinds, since: yearAgo(now), limit: 6 }),
      listColumnsInUse(db, now, siteId),
      newest({ ...fresh, kinds: policyKinds }, 6),
      newest({ ...fresh, kinds: interpretationKinds }, 5),
      newest({ siteId, kinds: policyKinds, validity: 'not-yet' }, 3),
      countPublic(db, now, { ...fresh, ...month }),
      countPublic(db, now, { ...fresh, ...month, kinds: policyKinds }),
      countPublic(db, now, { ...fresh, ...month, kinds: interpretationKinds }),
      openDoors(ctx, now),
    ])
  const sections = await Promise.all(
    newsColumns(columns).map(async column => ({
      path: column.path,
      name: column.name,
      items: column.items,
      newest: await newest({ ...fresh, columnPath: column.path }, 5),
    })),
  )
  return {
    words,
    doors,
    policies,
    sections: sections.filter(section => section.newest.length > 0),
    interpretations,
    coming,
    thisMonth: { all, policies: monthPolicies, interpretations: monthInterpretations },
  }
}

/** First-level columns that have no page or place of their own on the home page: news, notices, publicity. */
function newsColumns(columns: readonly ColumnUse[]): ColumnUse[] {
  return columns
    .filter(column => !column.path.includes('/') && column.path !== platformPath)
    .filter(column => !/政策文件|政策解读/.test(column.type))
    .slice(0, 4)
}

/** First and last day of a month `2026-11`. */
function daysOfMonth(month: string): { from: PlainDate; to: PlainDate } {
  const [year, number] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year ?? 0, number ?? 0, 0)).getUTCDate()
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` }
}

/** What the figures of the month count, as the query of a list. */
export function monthQuery(month: string): string {
  const { from, to } = daysOfMonth(month)
  return new URLSearchParams({ from, to, archive: 'no' }).toString()
}
