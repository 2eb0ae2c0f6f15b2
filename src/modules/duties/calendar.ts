import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { calendarOf, type WorkingCalendar } from '#lib/working-days/calendar'
import { root } from '#platform/root'

const day = z.string().refine(isPlainDate)
const notices = z.array(
  z.object({
    number: z.string(),
    issuedOn: day.optional(),
    settles: z.int().optional(),
    holidays: z.array(z.object({ name: z.string(), rest: z.array(day), work: z.array(day) })),
  }),
)

let known: WorkingCalendar | undefined

/** The working days of the whole country, by the notices that come with the system. */
export function nationalCalendar(): WorkingCalendar {
  known ??= calendarOf(notices.parse(JSON.parse(readFileSync(noticesFile, 'utf8'))))
  return known
}

const noticesFile = join(root, 'db', 'calendar', 'notices.json')
