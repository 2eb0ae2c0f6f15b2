import { DATE_IN_TEXT, readDate } from '../dates.ts'
import { type Days, dayOfEvent } from '../event-day.ts'

/** `from` null with `stated`: the text names a day that this document does not tell. */
export type Stated = { from: string | null; at: number }

const EVENT = '印发|发布|公布|发文|下发|颁布|公开|签发|通过|施行|实施|生效|执行'
const BEGINNING = new RegExp(
  `(?:自|从|于)\\s?(?:(?<day>${DATE_IN_TEXT})|(?<now>即日|当日|今日)|(?:[^，。；《》自从]{0,16}?)(?<event>${EVENT})之日)(?<later>后?第?[0-9一二三四五六七八九十]+(?:个工作)?日)?[起始]?|(?<alone>即日|即时)起`,
  'g',
)
/** The beginning of this document itself, or of something else; not of the end of another one. */
const OWN_BEGINNING = /^\s*(?:起|始)?\s*(?:正式|起正式)?(?:施行|实施|执行|生效|试行|暂行|同步执行|开始)/

/** Every day that a sentence names as a beginning, with its place. */
export function beginningsIn(sentence: string, days: Days): Stated[] {
  if (!/[自从于起]/.test(sentence)) return []
  const found: Stated[] = []
  for (const match of sentence.matchAll(BEGINNING)) {
    const { day, now, event, later, alone } = match.groups ?? {}
    if (OWN_BEGINNING.test(sentence.slice(match.index + match[0].length))) continue
    if (day !== undefined) found.push({ from: readDate(day)?.on ?? null, at: match.index })
    else if (now !== undefined || alone !== undefined) found.push({ from: days.signedOn, at: match.index })
    else if (later !== undefined) found.push({ from: null, at: match.index })
    else if (/施行|实施|生效|执行/.test(event ?? ''))
      found.push({ from: days.effectiveFrom ?? (days.later ? null : days.signedOn), at: match.index })
    else found.push({ from: dayOfEvent(event ?? '', days), at: match.index })
  }
  return found
}

/** The day that goes with what is said at `at`: the last one before it, else the first behind it. */
export function dayFor(beginnings: readonly Stated[], at: number): Stated | undefined {
  return beginnings.findLast(one => one.at <= at) ?? beginnings[0]
}
