import { fromBeijing, isPlainDate, type PlainDate } from '#lib/beijing-time'

export interface Published {
  publishedAt: Date | null
  publishedOn: PlainDate | null
}
const unknown: Published = { publishedAt: null, publishedOn: null }

/** A date as feeds and pages write it. Without a zone it is Beijing's; a day without an hour stays a day. */
export function readMoment(text: string): Published {
  const written = text.trim().replace(/\s+/g, ' ')
  const chinese =
    /(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?(?:[ T]?(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?/.exec(
      written,
    )
  if (chinese) {
    const [, year, month = '', date = '', hour, minute, zone] = chinese
    const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    if (!isPlainDate(day)) return unknown
    if (hour === undefined) return { publishedAt: null, publishedOn: day }
    const clock = `${hour.padStart(2, '0')}:${minute}`
    return moment(
      zone === undefined ? fromBeijing(`${day} ${clock}`) : new Date(`${day}T${clock}:00${withColon(zone)}`),
    )
  }
  // RFC 822; the day's name is often wrong or without its blank, and says nothing
  const rfc =
    /(\d{1,2} [A-Za-z]{3,9} (?:19|20)\d{2}(?: \d{1,2}:\d{2}(?::\d{2})?)?)(?: ?([A-Za-z]{1,5}|[+-]\d{4}))?/.exec(
      written,
    )
  if (!rfc) return unknown
  const [, day = '', zone = '+0800'] = rfc
  return moment(
    new Date(`${day}${day.includes(':') ? '' : ' 00:00'} ${/^CST$/i.test(zone) ? '+0800' : zone}`),
  )
}

const withColon = (zone: string) => (zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone)

const moment = (at: Date | null): Published =>
  at && !Number.isNaN(at.getTime()) ? { publishedAt: at, publishedOn: null } : unknown
