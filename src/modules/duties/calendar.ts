import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { calendarOf, type HolidayNotice, type WorkingCalendar } from '#lib/working-days/calendar'
import { listOrgansAbove } from '#modules/organisations'
import type { Database } from '#platform/db/database'
import { root } from '#platform/root'
import { listNotices, type RecordedNotice } from './queries.ts'

const day = z.string().refine(isPlainDate)
const notices = z.array(
  z.object({
    number: z.string(),
    issuedOn: day,
    settles: z.int().optional(),
    holidays: z.array(z.object({ name: z.string(), rest: z.array(day), work: z.array(day) })),
  }),
)

/** Later notices overrule earlier ones. */
type DatedNotice = HolidayNotice & { issuedOn: PlainDate }

let known: readonly DatedNotice[] | undefined

/** The national notices that come with the system. */
export function shippedNotices(): readonly DatedNotice[] {
  known ??= notices.parse(JSON.parse(readFileSync(join(root, 'db', 'calendar', 'notices.json'), 'utf8')))
  return known
}

/** The notices in force for an organ: shipped, recorded here for everybody, and recorded for it or an organ above it. */
export function noticesFor(recorded: readonly Counting[], organIds: readonly string[]): DatedNotice[] {
  const here = recorded.filter(
    notice => notice.withdrawnAt === null && (notice.organId === null || organIds.includes(notice.organId)),
  )
  const shipped = shippedNotices().filter(one => !here.some(notice => notice.number === one.number))
  return [...shipped, ...here].toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1))
}

/** A notice as far as it counts. */
export type Counting = Pick<
  RecordedNotice,
  'number' | 'issuedOn' | 'settles' | 'holidays' | 'organId' | 'withdrawnAt'
>

/** Calendars of many organs, each made once: for acts that reckon many duties. */
export type Calendars = (organId: string | null) => Promise<WorkingCalendar>

export function calendarsBy(db: Database, recorded: readonly Counting[]): Calendars {
  const made = new Map<string, Promise<WorkingCalendar>>()
  const everybody = calendarOf(noticesFor(recorded, []))
  const isLocal = recorded.some(notice => notice.organId !== null && notice.withdrawnAt === null)
  return async organId => {
    if (organId === null || !isLocal) return everybody
    const known = made.get(organId)
    if (known) return known
    const calendar = listOrgansAbove(db, organId).then(above =>
      calendarOf(noticesFor(recorded, [organId, ...above])),
    )
    made.set(organId, calendar)
    return calendar
  }
}

export const calendarsFor = async (db: Database): Promise<Calendars> => calendarsBy(db, await listNotices(db))

/** The working days of an organ; without one, those of the whole country. */
export const workingCalendar = async (db: Database, organId: string | null): Promise<WorkingCalendar> =>
  (await calendarsFor(db))(organId)
