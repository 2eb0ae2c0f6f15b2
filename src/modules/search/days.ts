import type { PlainDate } from '#lib/beijing-time'

/** Days since 1970. */
export const fromDay = (day: PlainDate): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
