import { addressOf } from '#modules/publications'
import type { Destination } from './destination.ts'
import type { Filing } from './filing.ts'
import type { FilingDoubt, NamedAttachment, Recognised, Repeal } from './recognised.ts'

export const importResults = {
  preview: '可导入',
  draft: '存为草稿',
  published: '已公开',
  unchanged: '没有改动',
  refused: '没有导入',
  skipped: '不是文件',
} as const
export type ImportResult = keyof typeof importResults

/** What the import says of one document: the facts it states, its doubts, and what became of it. */
export interface ImportLine {
  file: string
  sourceUrl: string | null
  title: string | null
  issuer: string | null
  issuers: string[]
  docNo: string | null
  docNoPrinted: string | null
  indexNo: string | null
  signedOn: string | null
  publishedOn: string | null
  effectiveFrom: string | null
  validUntil: string | null
  /** What it repeals and amends: `from` is the day the effect begins. */
  repeals: Repeal[]
  amends: Repeal[]
  /** Numbers of the documents it names beside. */
  cites: string[]
  attachments: NamedAttachment[]
  /** As what, under whom and where it is filed. */
  kind: string
  organ: string
  organName: string
  /** Path of its main column. */
  column: string | null
  doubts: FilingDoubt[]
  result: ImportResult
  /** Path of its page, once it is public. */
  address: string | null
  /** Why it is not what was asked for. */
  note: string | null
}

export interface ImportFault {
  file: string
  why: string
}

/** What becomes of it, beside what it states. */
export interface Outcome {
  result: ImportResult
  address?: string | null
  note?: string | null
}

/** The line of a document; its members stand in the order in which they are printed. */
export function lineOf(found: Recognised, filing: Filing, outcome: Outcome): ImportLine {
  const { file, sourceUrl, title, issuer, issuers, docNo, docNoPrinted, indexNo } = found
  const { signedOn, publishedOn, effectiveFrom, validUntil } = found
  return {
    file,
    sourceUrl,
    title,
    issuer,
    issuers,
    docNo,
    docNoPrinted,
    indexNo,
    signedOn,
    publishedOn,
    effectiveFrom,
    validUntil,
    repeals: found.repeals.map(effectOf),
    amends: found.amends.map(effectOf),
    cites: found.cites,
    attachments: found.attachments,
    kind: filing.kind,
    organ: filing.organ.key,
    organName: filing.organ.name,
    column: filing.column?.path ?? null,
    doubts: filing.doubts,
    result: outcome.result,
    address: outcome.address ?? null,
    note: outcome.note ?? null,
  }
}

const effectOf = ({ docNo, title, from }: Repeal): Repeal => ({ docNo, title, from })

/** Path of a public page on the site that the documents go to. */
export function pageAddress({ site }: Destination, item: { kind: string; publicId: string }): string {
  return (site.isDefault ? '' : `/s/${site.key}`) + addressOf(item)
}
