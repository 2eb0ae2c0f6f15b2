import { z } from 'zod'
import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { invalid } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import type { Case } from '../queries.ts'

/** A text that stays on record and is read by everybody on the desk. */
export const words = (least: number, most: number, ask: string) =>
  z.string(ask).trim().min(least, ask).max(most, `最多 ${most} 字。`)
export const optionalWords = (most: number) => z.string().trim().max(most, `最多 ${most} 字。`).default('')
export const day = z.string('请填写日期。').refine(isPlainDate, '日期不存在，请核对。')
/** Left empty: today. */
export const dayOrToday = z
  .preprocess(blankAsNull, z.string().refine(isPlainDate, '日期不存在，请核对。').nullable())
  .default(null)
/** A choice of a list that the page shows. */
export const id = z.uuid('请从列表中选择。')

/** The day on which something counts: not before what went before it, and not ahead of today. */
export function dayOf(
  given: PlainDate | null,
  today: PlainDate,
  notBefore: PlainDate,
  what: string,
): PlainDate {
  const on = given ?? today
  if (on > today) throw invalid('requests.day-ahead', `${what}的日期不能晚于今天。`)
  if (on < notBefore) throw invalid('requests.day-before', `${what}的日期不能早于${notBefore}。`)
  return on
}

export function itemOf({ items }: Case, itemId: string) {
  const item = items.find(one => one.id === itemId)
  if (!item) throw invalid('requests.unknown-item', '没有这个事项，也许刚才被拆分过。请刷新页面。')
  return item
}
