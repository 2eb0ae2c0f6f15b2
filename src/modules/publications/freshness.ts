import { dateInBeijing, type PlainDate } from '#lib/beijing-time'

export type Freshness = 'fresh' | 'soon' | 'urgent' | 'stale'

const dayLength = 24 * 3600 * 1000

/** Whole days between two dates in Beijing. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayLength)

/**
 * How a column stands against its update limit (S-UPD). The day of the update is day 0: with a limit of 14 days the column is
 * stale from the start of day 15. Warnings begin at 70 % and 90 % of the days, rounded up.
 * @returns null for a column without a limit or without anything in it.
 */
export function freshnessOn(
  today: PlainDate,
  column: { newestAt: Date | null; updateLimitDays: number | null },
): { days: number; freshness: Freshness } | null {
  const { newestAt, updateLimitDays: limit } = column
  if (newestAt === null || limit === null) return null
  const days = daysBetween(dateInBeijing(newestAt), today)
  if (days > limit) return { days, freshness: 'stale' }
  if (days >= Math.ceil(limit * 0.9)) return { days, freshness: 'urgent' }
  return { days, freshness: days >= Math.ceil(limit * 0.7) ? 'soon' : 'fresh' }
}
