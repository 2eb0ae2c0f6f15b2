import type { ArchiveItem } from '#modules/publications'
import type { CorpusDocument } from '../corpus.ts'
import { bodyHtmlOf } from '../files.ts'

/** What a cutting thread makes of a document: everything of an archive item but the ids of organ, site and column. */
export interface CutItem {
  organKey: string
  kind: CorpusDocument['kind']
  text: ArchiveItem['text']
  relations: ArchiveItem['relations']
  origin: ArchiveItem['origin']
  vectors: NonNullable<ArchiveItem['vectors']>
}

const genres = new Set('通知 意见 办法 规定 细则 方案 公告 通告 决定 通报 批复 函 规划 计划'.split(' '))

export function textOf(document: CorpusDocument): ArchiveItem['text'] {
  const { title, docNo, organ, signedOn, effectiveFrom, validUntil, theme, genre } = document
  return {
    title,
    docNo,
    issuers: [organ.name],
    signedOn,
    effectiveFrom,
    validUntil,
    theme,
    genre: genres.has(genre) ? genre : null,
    source: organ.name,
    summary: '',
    keywords: '',
    author: '',
    changeNote: null,
    fields: document.docNo === null ? { noticeType: genre === '公示' ? 'publicity' : 'announcement' } : {},
    bodyHtml: bodyHtmlOf(document).replaceAll(/ style="[^"]*"/g, ''),
  }
}

export function relationsOf({ repeals, amends, cites }: CorpusDocument): ArchiveItem['relations'] {
  const named = new Set([...repeals, ...amends].map(({ docNo }) => docNo))
  const effect = (type: string) => (one: (typeof repeals)[number]) => ({
    type,
    line: { docNo: one.docNo, title: one.title, from: one.from, publicId: null },
  })
  return {
    effects: [...repeals.map(effect('repeals')), ...amends.map(effect('amends'))],
    links: cites
      .filter(docNo => !named.has(docNo))
      .map(docNo => ({ type: 'cites', line: { docNo, title: docNo, from: null, publicId: null } })),
  }
}
