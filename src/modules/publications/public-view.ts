import { dateInBeijing, momentInBeijing, type PlainDate } from '#lib/beijing-time'
import type { EffectOnIt, Validity } from './validity.ts'

/** A line of a list. */
export interface Listed {
  id: string
  publicId: string
  kind: string
  title: string
  summary: string
  docNo: string | null
  issuers: string[]
  theme: string | null
  genre: string | null
  indexNo: string | null
  signedOn: PlainDate | null
  effectiveFrom: PlainDate | null
  validUntil: PlainDate | null
  organKey: string
  organName: string
  archive: boolean
  sourcePublishedOn: PlainDate | null
  firstPublicAt: Date
  sortAt: Date
  /** Null for kinds without validity. */
  validity: Validity | null
  /** What its kind says beyond the common fields. */
  fields: Record<string, unknown>
  /** Address within the site. */
  address: string
  /** How many interpretations of it are public. */
  interpretations: number
}

/** A work that a link or effect speaks of; the address is known when it is in the library and public. */
export interface WorkRef {
  type: string
  title: string
  docNo: string | null
  address: string | null
  /** For effects: the day it begins. */
  effectiveFrom?: PlainDate
  kind?: string | null
}

export interface EditionRef {
  number: number
  publicFrom: Date
  changeNote: string | null
}

/** A publication as its page shows it. */
export interface PublicView extends Listed {
  siteId: string
  /** Path before its one true address: that of the site it belongs to, also where another site shows it. */
  ownBase: string
  organId: string
  organFullName: string
  formerIndexNo: string | null
  sourceUrl: string | null
  keywords: string
  source: string
  author: string
  editionId: string
  number: number
  publicFrom: Date
  publicUntil: Date | null
  digest: string
  changeNote: string | null
  bodyHtml: string
  editions: EditionRef[]
  columns: { path: string; name: string; description: string; keywords: string; type: string }[]
  /** What it says of others. */
  links: WorkRef[]
  effects: WorkRef[]
  /** What others say of it. */
  linkedFrom: WorkRef[]
  /** How many there are of each type: `linkedFrom` holds the newest. */
  linkedFromCount: Record<string, number>
  effectsOnIt: WorkRef[]
  attachments: Attachment[]
}

export interface Attachment {
  /** Null while the file waits to be checked: it is named, but cannot be fetched yet. */
  href: string | null
  title: string
  /** Bytes. */
  size: number
}

/** Why an address that was public once shows nothing now. */
export interface Departed {
  how: 'withdrawn' | 'redirected' | 'gone' | 'superseded' | 'expired'
  at: Date
  reason: string | null
  title: string
  to: string | null
}

type Published = Pick<Listed, 'archive' | 'sourcePublishedOn' | 'firstPublicAt'>

/** 发布日期 as the reader sees it: of archive items the day their source published them, which may not be stated. */
export function publishedWhen(item: Published): string {
  if (!item.archive) return momentInBeijing(item.firstPublicAt)
  return item.sourcePublishedOn ?? '原件未载明'
}

/** Null for an archive item whose source states no day. */
export const publishedOn = (item: Published): PlainDate | null =>
  item.archive ? item.sourcePublishedOn : dateInBeijing(item.firstPublicAt)

/** The day that a list shows and sorts by: of an archive item without a day of publishing, that of its signature. */
export const publishedDay = (item: Published & Pick<Listed, 'signedOn'>): PlainDate =>
  publishedOn(item) ?? item.signedOn ?? dateInBeijing(item.firstPublicAt)

/** The effects that others have on an item, as its validity is computed from them. */
export const effectsOn = (view: Pick<PublicView, 'effectsOnIt'>): (EffectOnIt & WorkRef)[] =>
  view.effectsOnIt.filter((effect): effect is EffectOnIt & WorkRef => effect.effectiveFrom !== undefined)

/** The day from which a document can be said to exist: that of its signature, else of its publishing, else of its effect. */
export const beganOn = (view: Listed): PlainDate | null =>
  view.signedOn ?? publishedOn(view) ?? view.effectiveFrom

/**
 * The edition that readers had on a day, the last one of that day. Before anything was public: of an archive item the present
 * one (a correction there rights the copy, not the document), of anything else the first.
 */
export function editionOn(view: PublicView, day: PlainDate): EditionRef | undefined {
  const open = view.editions.find(edition => dateInBeijing(edition.publicFrom) <= day)
  return open ?? (view.archive ? view.editions[0] : view.editions.at(-1))
}
