import { system } from '#platform/actor'
import { clockAt } from '#platform/clock'
import { type Incoming, RecordFault } from '#platform/record'
import { recordBackdating } from '../backdating.ts'
import { wasPublicAtAll } from './on-record.ts'
import type { PublicationLine } from './publication-line.ts'

/**
 * A restored publication opened when its own acts say it did, never later than now and never before its text was sealed (S-META-04).
 * What is told twice must agree; the digest of an edition covers its moment as well. @throws RecordFault, and leaves it on record
 */
export async function checkTimes(into: Incoming, line: number, item: PublicationLine): Promise<void> {
  const fault = faultIn(item, into.now)
  if (fault === null) return
  const { db, now } = into
  await recordBackdating(
    db,
    { actor: system('恢复'), clock: clockAt(() => now) },
    `恢复的文件第 ${line} 行（${item.id}）：${fault}`,
  )
  throw new RecordFault(line, `${fault}发布时间不能改动，请用原来导出的文件。`)
}

function faultIn(item: PublicationLine, now: Date): string | null {
  const at = (text: unknown) => (typeof text === 'string' ? Date.parse(text) : Number.NaN)
  for (const { number, publicFrom, sealedAt, clearance } of item.editions) {
    if (at(publicFrom) > now.getTime()) return `第 ${number} 版的公开时间在现在以后。`
    if (clearance.kind !== 'sample' && at(publicFrom) < at(sealedAt))
      return `第 ${number} 版的公开时间早于封存时间。`
  }
  const first = Math.min(...item.editions.filter(wasPublicAtAll).map(edition => at(edition.publicFrom)))
  if (at(item.firstPublicAt) !== first) return '第一次公开的时间与各版的公开时间不一致。'
  if (item.archive !== true && at(item.sortAt) !== first) return '排列时间与第一次公开的时间不一致。'
  const opened = new Map(item.editions.map(edition => [edition.number, at(edition.publicFrom)]))
  for (const { act, edition, publicAt } of item.acts)
    if (
      edition !== null &&
      ['published', 'scheduled', 'corrected'].includes(String(act)) &&
      at(publicAt) !== opened.get(edition)
    )
      return `公开经过里第 ${edition} 版的公开时间与这一版的不一致。`
  return null
}
