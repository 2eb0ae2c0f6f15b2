import { openInternet, type ReachPolicy } from '#platform/net/addresses'
import { type Outside, readOutside } from '#platform/net/read-outside'
import { robotsOf } from '#platform/net/robots'
import type { Feed, WhatToRead } from '../feed.ts'
import { NotAFeed } from '../reading/raw-entry.ts'
import { type ReadFeed, readFeed } from '../reading/read-feed.ts'

/** How other sites are asked; tests speak to their own machine instead of the internet. */
export interface Reach {
  policy: ReachPolicy
  timeoutMs: number
}
export const usualReach: Reach = { policy: openInternet, timeoutMs: 20_000 }

const agent = 'MingtangReader'
const feedLimit = 5_000_000

export type Looked =
  | { outcome: 'read'; feed: ReadFeed; address: string; etag: string | null; lastModified: string | null }
  | { outcome: 'unchanged' }
  | { outcome: 'failed'; words: string }

/** Asks a feed what it shows, keeping to robots.txt; with what it said last time, so that it may answer “nothing new”. */
export async function look(
  from: WhatToRead & Partial<Pick<Feed, 'etag' | 'lastModified'>>,
  reach: Reach,
): Promise<Looked> {
  const headers = {
    accept:
      'application/atom+xml, application/rss+xml, application/feed+json, application/xml, application/json, text/html;q=0.8, */*;q=0.5',
    ...(from.etag ? { 'if-none-match': from.etag } : {}),
    ...(from.lastModified ? { 'if-modified-since': from.lastModified } : {}),
  }
  const answer = await askPolitely(from.address, { ...reach, agent, readUpTo: feedLimit, headers })
  if (answer.outcome === 'unchanged') return answer
  if (answer.outcome === 'failed') return { outcome: 'failed', words: remedied(answer) }
  try {
    const feed = readFeed(answer.bytes, { ...from, address: answer.address })
    const { address, etag, lastModified } = answer
    return { outcome: 'read', feed, address, etag, lastModified }
  } catch (error) {
    if (error instanceof NotAFeed) return { outcome: 'failed', words: error.message }
    throw error
  }
}

const pageLimit = 10_000_000

/** The page of an entry, for its text. */
export const openPage = (address: string, reach: Reach): Promise<Outside> =>
  askPolitely(address, { ...reach, agent, readUpTo: pageLimit, headers: { accept: 'text/html, */*;q=0.5' } })

async function askPolitely(address: string, reading: Parameters<typeof readOutside>[1]): Promise<Outside> {
  if (URL.canParse(address) && /^https?:/.test(address)) {
    const url = new URL(address)
    const lets = await robotsOf(url.origin, agent, reading)
    if (!lets(url.pathname + url.search))
      return { outcome: 'failed', fault: 'closed', words: '对方不允许程序访问（robots.txt）' }
  }
  return readOutside(address, reading)
}

/** What went wrong with an address, and what to do. */
export function remedied({ fault, words }: Extract<Outside, { outcome: 'failed' }>): string {
  const remedy = {
    closed: '请换成公开网站上的网址。',
    unreachable: '请在浏览器里打开核对网址；对方网站有故障的，等它恢复。',
    status: '请在浏览器里打开核对网址，或者向对方核实。',
    'too-large': '请换成较短的列表。',
    packed: '请向对方核实，或者换一个网址。',
  }
  return `${words}。${remedy[fault]}`
}
