import { type Block, isAttachmentStart, isDateLine, type PageLink, signersOf } from '#modules/files'
import type { NamedAttachment } from './recognised.ts'
import { titleKey } from './title-form.ts'

const FILE = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|rtf|csv|txt|zip|rar|7z|tif|tiff|ceb)(?:[?#]|$)/i
const LIST_LIMIT = 60

/** What the text says is attached (S-GWG-14), and the files that its page offers; one of both where they agree. */
export function recogniseAttachments(
  body: readonly Block[],
  links: readonly PageLink[],
  signedAt: number | null,
): NamedAttachment[] {
  const found: NamedAttachment[] = namedIn(body, signedAt)
    .filter(name => links.filter(({ text }) => text.length >= 4 && name.includes(tidyName(text))).length < 2)
    .map(name => ({ name, href: null }))
  const seen = new Set<string>()
  for (const { href, text } of links) {
    if (!isFile(href, text) || seen.has(href)) continue
    seen.add(href)
    const name = tidyName(text) || fileNameOf(href)
    const key = nameKey(name)
    const named = found.find(one => one.href === null && agrees(nameKey(one.name), key))
    if (named) named.href = href
    else found.push({ name, href })
  }
  return found
}

function isFile(href: string, text: string): boolean {
  if (/^(?:#|javascript:|mailto:|tel:)/i.test(href.trim())) return false
  return (
    FILE.test(href) ||
    (FILE.test(text.trim()) && href !== '') ||
    (/^附\s*件/.test(text) && /download|attach|file/i.test(href))
  )
}

function agrees(one: string, other: string): boolean {
  if (one === '' || other === '') return false
  return (
    one === other || (Math.min(one.length, other.length) >= 6 && (one.includes(other) || other.includes(one)))
  )
}

function namedIn(body: readonly Block[], signedAt: number | null): string[] {
  const names: string[] = []
  for (let i = 0; i < body.length; i++) {
    const block = body[i]
    if (!block || block.kind === 'raw') continue
    const first = /^附\s*件\s*[：:]\s*(.+)$/.exec(block.text)?.[1]
    const numbered =
      /^附\s*件\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s*[：:.．、]\s*(.{2,120})$/.exec(
        block.text,
      )?.[2]
    if (numbered !== undefined && (signedAt === null || i <= signedAt)) names.push(numbered)
    else if (first !== undefined) i += takeList(body, i, first, names)
    // 附件： alone above its list, before the signature.
    else if (
      /^附\s*件\s*[：:]?$/.test(block.text) &&
      signedAt !== null &&
      i < signedAt &&
      /^1\s*[.．、]/.test(body[i + 1]?.text ?? '')
    )
      i += takeList(body, i, '', names)
    if (names.length >= LIST_LIMIT) break
  }
  return distinct(names.map(tidyName))
}

/** `附件：1.甲 2.乙` on one line or on several. Answers how many lines it took beside the first. */
function takeList(body: readonly Block[], at: number, first: string, names: string[]): number {
  const own = splitNumbered(first).filter(name => name !== '')
  names.push(...own)
  let count = own.length
  let lines = 0
  for (
    let next = body[at + 1];
    next && next.kind === 'line' && count < LIST_LIMIT;
    next = body[at + lines + 1]
  ) {
    const { text } = next
    const items = new RegExp(`^${count + 1}\\s*[.．、]`).test(text) ? splitNumbered(text) : null
    if (items) {
      names.push(...items)
      count += items.length
    } else if (isRest(names.at(-1) ?? '', next)) names[names.length - 1] += text
    else break
    lines++
  }
  return lines
}

/** A name that ran into the margin goes on below. */
function isRest(name: string, { text, gapBefore }: Block): boolean {
  return (
    !gapBefore &&
    name.length >= 16 &&
    text.length <= 30 &&
    !/[。；]$|^[（(]/.test(text) &&
    !isDateLine(text) &&
    !isAttachmentStart(text) &&
    signersOf(text).length === 0
  )
}

function splitNumbered(line: string): string[] {
  return line
    .split(/(?:^|[\s；;，,、])\s*[0-9０-９]{1,2}\s*[.．、](?![0-9])\s*/)
    .map(part => part.trim())
    .filter((part, i, all) => part !== '' || (all.length === 1 && i === 0))
}

function tidyName(text: string): string {
  return text
    .replace(
      /^\s*附\s*件\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?\s*(?:下载)?\s*[：:.．、]?\s*/,
      '',
    )
    .replace(/^[0-9０-９]{1,2}\s*[.．、](?![0-9])\s*/, '')
    .replace(/[；;。]\s*$/, '')
    .trim()
}

function fileNameOf(href: string): string {
  const last =
    href
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? href
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

const nameKey = (name: string) => titleKey(name.replace(/\.[a-z0-9]{2,4}$/i, ''))

function distinct(names: string[]): string[] {
  return [...new Set(names.filter(name => name !== ''))]
}
