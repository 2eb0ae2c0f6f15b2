/** An entry as it is written in a feed or on a page. */
export interface RawEntry {
  /** What the feed calls it by; empty: its address. */
  id: string
  link: string
  /** What a relative address is counted from. */
  base: string
  title: string
  summary: string
  published: string
}

/** What was read is no feed; the message says why and what to do. */
export class NotAFeed extends Error {}
