import type { PlainDate } from '#lib/beijing-time'

/** Where a reader is among the pages of a plan: at what stands now, or at what stood on a past day. */
export interface PlanPlace {
  /** With the site's base. */
  address: string
  day: PlainDate | null
}

/** An address below a plan; a day that was asked about goes along. */
export function placeIn(place: PlanPlace, path = '', query: Record<string, string> = {}): string {
  const all = new URLSearchParams({ ...query, ...(place.day === null ? {} : { on: place.day }) })
  return `${place.address}${path}${all.size > 0 ? `?${all}` : ''}`
}
