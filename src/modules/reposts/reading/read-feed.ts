import { load } from 'cheerio'
import { decodeText, UnreadableFile } from '#modules/files'
import { docNoIn, type FoundEntry, keyOf } from '../entry.ts'
import type { WhatToRead } from '../feed.ts'
import { readJsonFeed } from './json-feed.ts'
import { readListPage } from './list-page.ts'
import { readMoment } from './moment.ts'
import { refuseDeepHtml } from './nesting.ts'
import { addressIn, plainWords } from './plain.ts'
import { NotAFeed, type RawEntry } from './raw-entry.ts'
import { readXmlFeed } from './xml-feed.ts'

export interface ReadFeed {
  title: string
  /** As the bytes were written, `gb18030`. */
  encoding: string
  entries: FoundEntry[]
  /** Entries without a title or an address that can be opened. */
  unusable: number
}

/** So many at most are taken from one reading, as they stand: the newest come first in every feed. */
const most = 500

/** Bytes of a feed or a list page → its entries. Pure. @throws NotAFeed saying why, for the officer who entered the address. */
export function readFeed(
  bytes: Uint8Array,
  from: Pick<WhatToRead, 'form' | 'itemSelector'> & { address: string },
): ReadFeed {
  try {
    const { text, encoding } = decodeText(bytes, from.address)
    const { title, entries } = rawEntries(text, from)
    const found = entries.slice(0, most).flatMap(entryOf)
    const unique = [...new Map(found.toReversed().map(entry => [entry.key, entry])).values()].toReversed()
    return {
      title: plainWords(title, 100),
      encoding,
      entries: unique,
      unusable: Math.min(entries.length, most) - found.length,
    }
  } catch (error) {
    if (error instanceof NotAFeed) throw error
    if (error instanceof UnreadableFile) throw new NotAFeed(error.message)
    // Nested deeper than any feed
    if (error instanceof RangeError) throw new NotAFeed('内容层层嵌套，没有读取。请向对方核实这个网址。')
    throw error
  }
}

function rawEntries(text: string, from: Pick<WhatToRead, 'form' | 'itemSelector'> & { address: string }) {
  const start = text.trimStart().slice(0, 2000)
  if (from.form === 'list') return readListPage(text, from.address, from.itemSelector ?? 'li')
  if (/^[{[]/.test(start)) return readJsonFeed(text, from.address)
  if (/^(?:<!doctype html|<html)/i.test(start.replace(/^(?:<\?xml[^>]*>|<!--.*?-->|\s)+/s, '')))
    throw new NotAFeed(
      `这是一个网页，不是订阅源。${offeredBy(text, from.address)}没有订阅源的，请选“列表网页”。`,
    )
  return readXmlFeed(text, from.address)
}

/** The feeds that a page names itself. */
function offeredBy(html: string, address: string): string {
  const head = html.slice(0, 100_000)
  refuseDeepHtml(head)
  const $ = load(head)
  const links = $('link[rel~=alternate][href]')
    .toArray()
    .filter(link => /rss|atom|feed\+json/.test($(link).attr('type') ?? ''))
    .flatMap(link => addressIn($(link).attr('href'), address) ?? [])
  return links.length > 0 ? `它注明的订阅源是：${links.slice(0, 3).join('、')}。` : ''
}

function entryOf(raw: RawEntry): FoundEntry[] {
  const link = addressIn(raw.link, raw.base)
  const title = plainWords(raw.title, 200)
  if (!link || title === '') return []
  const summary = plainWords(raw.summary, 300)
  return [
    {
      key: keyOf(raw.id || link),
      link,
      title,
      summary,
      docNo: docNoIn(title) ?? docNoIn(summary),
      ...readMoment(raw.published),
    },
  ]
}
