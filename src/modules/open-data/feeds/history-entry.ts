import { momentInBeijing } from '#lib/beijing-time'
import { type HistoryEntry, kindOf, publicActs } from '#modules/publications'
import type { Site } from '#platform/context'
import type { AtomEntry } from './atom.ts'
import { tagOf } from './feed-of.ts'

/** What an act was done to, as far as it may be named: of what was withdrawn or deleted only its kind. */
export const titleIn = (entry: HistoryEntry): string =>
  entry.title ?? `已经停止公开的内容（${kindOf(entry.kind).label}）`

/** A line of the public history as an entry of a feed. */
export function historyEntry(entry: HistoryEntry, site: Site): AtomEntry {
  const root = site.origin + site.base
  const act = publicActs[entry.act]
  const edition = entry.editionNumber && entry.editionNumber > 1 ? `（第 ${entry.editionNumber} 版）` : ''
  return {
    id: tagOf(site.domain, `act/${entry.id}`),
    title: `${act}：${titleIn(entry)}`,
    link: entry.address && root + entry.address,
    published: entry.at,
    updated: entry.at,
    summary: [
      `${momentInBeijing(entry.at)} ${entry.organName}${act}${edition}`,
      entry.reason && `说明：${entry.reason}`,
      entry.to && `现在的页面：${root}${entry.to}`,
    ]
      .filter(Boolean)
      .join('。'),
    author: { name: entry.organName, uri: `${root}/organs/${entry.organKey}` },
    categories: [
      { scheme: `${root}/history?act=`, term: entry.act, label: act },
      {
        scheme: `${root}/api/v1/publications?kind=`,
        term: entry.kind,
        label: kindOf(entry.kind).label,
      },
    ],
  }
}
