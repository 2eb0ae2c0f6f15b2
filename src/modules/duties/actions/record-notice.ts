import { z } from 'zod'
import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { addDays, calendarOf, type HolidayNotice } from '#lib/working-days/calendar'
import { workingDaysLeft } from '#lib/working-days/clock'
import { recordAct } from '#modules/audit'
import { listOrgansAbove, listOrgansBelow } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { type Counting, calendarsBy, calendarsFor, noticesFor } from '../calendar.ts'
import { readNoticeText } from '../notice-text.ts'
import { mayKeepCalendar } from '../policy.ts'
import { insertNotice, listNotices, lockCalendar } from '../queries.ts'
import { type MovedDuty, previewMoved, recalculate, type Span } from '../recalculation.ts'

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(value => blankAsNull(value) ?? null, schema.nullable())

export const recordNoticeInput = z.object({
  /** The text of the notice, a line a holiday. */
  text: z.string('请粘贴通知的文字。').trim().min(1, '请粘贴通知的文字。').max(20_000, '通知的文字太长。'),
  number: optional(z.string().trim().max(60, '文号最多 60 字。')),
  issuedOn: optional(z.string().refine(isPlainDate, '印发日期不存在，请写成 2026-11-04 的样子。')),
  year: optional(z.coerce.number('年份请填四位数字。').int().min(1990, '年份太早。').max(2100, '年份太晚。')),
  /** Whether the notice settles the whole year; otherwise it changes single days and says why. */
  wholeYear: z.preprocess(value => value === 'yes' || value === true, z.boolean()),
  organId: optional(z.uuid()),
  reason: optional(z.string().trim().max(300, '理由最多 300 字。')),
})
export type RecordNoticeInput = z.output<typeof recordNoticeInput>

export interface ChangedDay {
  date: PlainDate
  before: string
  after: string
}

export interface NoticePreview {
  number: string
  issuedOn: PlainDate
  settles: number | null
  holidays: HolidayNotice['holidays']
  /** Days that become working days or rest days by it. */
  changed: ChangedDay[]
  /** Of the year that it settles. */
  workingDays: number | null
  /** Open duties that get another day. */
  moved: { total: number; first: MovedDuty[] }
}

const movedShown = 50

/** What the notice would change; writes nothing. @throws invalid with every fault of the text. */
export async function previewNotice(db: Database, input: RecordNoticeInput): Promise<NoticePreview> {
  const read = readNoticeText(input.text, input.year ?? undefined)
  if (read.faults.length > 0) throw invalid('duties.notice-faults', read.faults.join('\n'))
  const number = input.number ?? read.number
  const issuedOn = input.issuedOn ?? read.issuedOn
  const settles = input.wholeYear ? (input.year ?? read.year) : null
  if (!number) throw invalid('duties.notice-number', '通知里没有读到文号，请填写文号或者依据。')
  if (!issuedOn) throw invalid('duties.notice-date', '通知里没有读到印发日期，请填写：后印发的优先。')
  if (input.wholeYear && !settles) throw invalid('duties.notice-year', '请填写这份通知安排的是哪一年。')
  if (!input.wholeYear && !input.reason)
    throw invalid('duties.notice-reason', '只调整个别日子的，请写明理由：它会改变期限，要记入审计。')
  const recorded = await listNotices(db)
  const added: Counting = {
    number,
    issuedOn,
    settles: settles ?? undefined,
    holidays: read.holidays,
    organId: input.organId,
    withdrawnAt: null,
  }
  const organIds = input.organId ? [input.organId, ...(await listOrgansAbove(db, input.organId))] : []
  const change = difference(
    noticesFor(recorded, organIds),
    noticesFor([...recorded, added], organIds),
    settles,
  )
  const span = await spanOf(db, change.changed, settles, input.organId)
  const moved = await previewMoved(db, calendarsBy(db, [...recorded, added]), span, movedShown)
  return { number, issuedOn, settles, holidays: read.holidays, ...change, moved }
}

/** A notice that settles a year makes every day of it certain. */
export async function spanOf(
  db: Database,
  changed: readonly { date: PlainDate }[],
  settles: number | null | undefined,
  organId: string | null,
): Promise<Span> {
  const days = [
    ...changed.map(day => day.date),
    ...(settles ? [`${settles}-01-01`, `${settles}-12-31`] : []),
  ].sort()
  const below = organId ? await listOrgansBelow(db, organId) : null
  return { first: days[0] ?? '9999-12-31', last: days.at(-1) ?? '0001-01-01', organIds: below }
}

function difference(before: HolidayNotice[], after: HolidayNotice[], settles: number | null) {
  const [was, becomes] = [calendarOf(before), calendarOf(after)]
  const changed: ChangedDay[] = []
  for (const date of daysOf([...before, ...after])) {
    const [old, fresh] = [was.day(date), becomes.day(date)]
    if (old.works !== fresh.works) changed.push({ date, before: old.why, after: fresh.why })
  }
  return {
    changed,
    workingDays: settles ? workingDaysLeft(`${settles}-12-31`, `${settles - 1}-12-31`, becomes) : null,
  }
}

/** Every day that a notice speaks of, in order. */
export function daysOf(notices: readonly HolidayNotice[]): PlainDate[] {
  const days = new Set<PlainDate>()
  for (const { rest, work } of notices.flatMap(notice => notice.holidays)) {
    for (const day of work) days.add(day)
    for (let day = rest[0] ?? '9', last = rest.at(-1) ?? ''; day <= last; day = addDays(day, 1)) days.add(day)
  }
  return [...days].sort()
}

/** Records a notice: from now on the days it names count by it. @returns its id. */
export async function recordNotice(ctx: Context, input: RecordNoticeInput): Promise<string> {
  permit(mayKeepCalendar(ctx.actor, input.organId ?? undefined), 'duties.may-not-keep-calendar')
  return inTransaction(ctx.db, async db => {
    await lockCalendar(db)
    const notice = await previewNotice(db, input)
    const same = (await listNotices(db)).some(
      one => one.number === notice.number && one.organId === input.organId && one.withdrawnAt === null,
    )
    if (same)
      throw conflict(
        'duties.notice-known',
        `${notice.number} 已经记录过。要改正的，请先撤回原来的，再重新记录。`,
      )
    const id = uuidv7()
    await insertNotice(db, {
      id,
      organId: input.organId,
      number: notice.number,
      issuedOn: notice.issuedOn,
      settles: notice.settles,
      holidays: notice.holidays,
      reason: input.reason,
      recordedBy: actorName(ctx.actor),
      recordedById: actorId(ctx.actor),
      recordedAt: ctx.clock.now(),
    })
    const span = await spanOf(db, notice.changed, notice.settles, input.organId)
    const moved = await recalculate(db, ctx, await calendarsFor(db), span, `放假安排 ${notice.number}`)
    await recordAct(db, ctx, {
      act: 'duties.notice-recorded',
      sentence: `记录放假安排 ${notice.number}，${notice.changed.length} 天由此改变，${moved} 项义务的到期日随之变动${input.reason ? `，理由：${input.reason}` : ''}`,
      object: { kind: 'holiday-notice', id, label: notice.number },
    })
    return id
  })
}
