import { createHash } from 'node:crypto'
import { load } from 'cheerio'

/** A part of a draft that one person writes at a time: a heading of the first level and what stands under it. */
export interface Section {
  key: string
  heading: string
  html: string
}

/**
 * The parts of a body, every sign of it in exactly one. What stands before the first heading is a part of its own; a text without
 * headings is one whole. The key of a part is its heading, so that it stays what it is when others come before it.
 */
export function sectionsOf(html: string): Section[] {
  const $ = load(html, { sourceCodeLocationInfo: true }, false)
  const heads = $.root()
    .children('h2')
    .toArray()
    .map(head => ({ at: head.sourceCodeLocation?.startOffset ?? 0, heading: $(head).text().trim() }))
  const [first] = heads
  if (!first) return [{ key: 'whole', heading: '全文', html }]
  const seen = new Map<string, number>()
  const parts = heads.map(({ at, heading }, index): Section => {
    const time = (seen.get(heading) ?? 0) + 1
    seen.set(heading, time)
    return { key: keyOf(heading, time), heading, html: html.slice(at, heads[index + 1]?.at ?? html.length) }
  })
  const opening = html.slice(0, first.at)
  return opening.trim() === '' ? parts : [{ key: 'opening', heading: '开头', html: opening }, ...parts]
}

const keyOf = (heading: string, time: number) =>
  createHash('sha256').update(`${heading}\n${time}`).digest('hex').slice(0, 16)

/** By which a part is known not to have been changed by others. */
export const printOf = (html: string): string =>
  createHash('sha256').update(html.trim()).digest('hex').slice(0, 32)

/** The body with one part in place of another; a part may have become several, or nothing. */
export function withSection(html: string, key: string, fresh: string): string | null {
  const sections = sectionsOf(html)
  if (!sections.some(one => one.key === key)) return null
  return sections.map(one => (one.key === key ? lineOf(one, fresh) : one.html)).join('')
}

/** The line end between two parts belongs to the one before. */
const lineOf = (section: Section, fresh: string) => fresh.trim() + (/\s*$/.exec(section.html)?.[0] ?? '')
