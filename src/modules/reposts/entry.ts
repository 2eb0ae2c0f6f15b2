import { createHash } from 'node:crypto'
import { dateInBeijing, fromBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'

/** One announcement of a feed, as it was read. */
export interface FoundEntry {
  /** Fingerprint of what the feed calls it by, else of its address. */
  key: string
  /** Absolute, http or https. */
  link: string
  title: string
  summary: string
  docNo: string | null
  /** When its source says that it was published: a moment, or only a day. */
  publishedAt: Date | null
  publishedOn: PlainDate | null
}

export const keyOf = (name: string) => createHash('sha256').update(name.trim()).digest('hex')

/** A number somewhere in a text: `国发〔2026〕3号`, also where it is printed with other brackets. */
export function docNoIn(text: string): string | null {
  const found = /([\u4e00-\u9fa5]{2,12})[〔［[【]((?:19|20)\d{2})[〕］\]】]第?0*([1-9]\d{0,4})号/.exec(text)
  return found ? `${found[1]}〔${found[2]}〕${found[3]}号` : null
}

export const startWords = {
  published: '来源注明的发布时间',
  day: '来源只注明日期：从本站看到它时起算，最迟从当天结束时起算',
  seen: '来源没有注明时间，从本站看到它时起算',
  future: '来源注明的时间还没有到，从本站看到它时起算',
} as const
export type StartedFrom = keyof typeof startWords

/** From when the 24 hours run (S-UPD-09), and why from then. */
export function startOf(
  entry: Pick<FoundEntry, 'publishedAt' | 'publishedOn'>,
  seenAt: Date,
): { startedAt: Date; startedFrom: StartedFrom } {
  const { publishedAt, publishedOn } = entry
  if (publishedAt)
    return publishedAt > seenAt
      ? { startedAt: seenAt, startedFrom: 'future' }
      : { startedAt: publishedAt, startedFrom: 'published' }
  const day = publishedOn ? fromBeijing(publishedOn) : null
  if (!day) return { startedAt: seenAt, startedFrom: 'seen' }
  if (publishedOn && publishedOn > dateInBeijing(seenAt)) return { startedAt: seenAt, startedFrom: 'future' }
  const end = nextMidnight(day)
  return { startedAt: end < seenAt ? end : seenAt, startedFrom: 'day' }
}

const day = 24 * 3_600_000

/** What came out more than a day before we watched is nobody's fault; undated, it is new only when the feed was read before. */
export function isOld(
  entry: Pick<FoundEntry, 'publishedAt' | 'publishedOn'>,
  startedAt: Date,
  feed: { watchedSince: Date; lastReadAt: Date | null },
): boolean {
  if (!entry.publishedAt && !entry.publishedOn)
    return feed.lastReadAt === null || feed.lastReadAt < feed.watchedSince
  return startedAt.getTime() < feed.watchedSince.getTime() - day
}

/** Whether it is of importance here: one of the words wanted, none of those unwanted. */
export function passes(
  entry: Pick<FoundEntry, 'title' | 'summary'>,
  filter: { anyWords: readonly string[]; noneWords: readonly string[] },
): boolean {
  const text = `${entry.title} ${entry.summary}`.toLowerCase()
  const says = (word: string) => text.includes(word.toLowerCase())
  return (filter.anyWords.length === 0 || filter.anyWords.some(says)) && !filter.noneWords.some(says)
}
