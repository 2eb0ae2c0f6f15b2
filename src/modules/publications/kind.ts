import type { ComponentChildren } from 'preact'
import type { z } from 'zod'
import type { PlainDate } from '#lib/beijing-time'
import type { NewDuty } from '#modules/duties'
import type { EditionText } from './edition.ts'
import type { PublicView } from './public-view.ts'

/** How a field is asked for in the editor; given with zod's `.meta({ label, … })`. */
declare module 'zod' {
  interface GlobalMeta {
    label?: string
    hint?: string
    /** `data`: written by an act and shown by the text; neither typed nor compared. */
    input?: 'text' | 'textarea' | 'lines' | 'date' | 'select' | 'checkbox' | 'data'
    /** Heading under which the editor puts it together with its neighbours of the same group. */
    group?: string
    /** Value → label, for `select`. */
    options?: Record<string, string>
  }
}

/** The fields that every edition has room for; a kind names those it uses and those it cannot do without. */
export const commonFields = {
  docNo: '文号',
  issuers: '发文机关',
  signedOn: '成文日期',
  effectiveFrom: '施行日期',
  validUntil: '有效期至',
  theme: '主题分类',
  genre: '体裁分类',
  summary: '内容概述',
  keywords: '关键词',
  source: '信息来源',
  author: '作者',
} as const

export type CommonField = keyof typeof commonFields

/** A file of an edition, as far as a kind asks for it. */
export interface KindFile {
  role: 'attachment' | 'picture'
  mediaType: string
}

/** Where and when a page is shown. */
export interface ShownOn {
  base: string
  today: PlainDate
  /** The past day that the reader asked about. */
  day: PlainDate | null
}

/** One kind of publication: a definition, never a copy of the machinery. */
export interface Kind {
  name: string
  label: string
  /** First part of its addresses, `policies` for `/policies/{id}`; kinds of one family share it. */
  segment: string
  /** The door of the navigation that is lit on its pages. */
  door: string
  /** What this kind says beyond the common fields. */
  fields: z.ZodObject
  uses: readonly CommonField[]
  requires: readonly CommonField[]
  /** The words that a common field is chosen from; without them it is typed. */
  choices?: Partial<Record<CommonField, readonly string[]>>
  /** Whether validity (现行有效 …) is shown. */
  hasValidity: boolean
  /** For kinds without validity whose page says what stood there on a day (`?on=`): what the field that asks is called. */
  dayLabel?: string
  /** The page that lists its kind, where that and not a column is the way to it. */
  listedAt?: { label: string; path: string }
  /** schema.org type. */
  schemaType: string
  /** What more it lacks before review, by field: what its form asks of text and files. */
  misses?: (text: EditionText, files: readonly KindFile[]) => Record<string, string>
  /** What drafter and reviewer are told of a draft, and may go on all the same. */
  advice?: (text: EditionText) => ComponentChildren
  /** What search engines are told beside what every kind says (schema.org); may replace it. */
  schemaOf?: (view: PublicView) => Record<string, unknown>
  /** What must follow when it is published after a review: interpretation, filing. */
  duties?: (text: EditionText) => Pick<NewDuty, 'rule' | 'article' | 'title' | 'domain' | 'limit'>[]
  /** Type of link → rules whose duties about the linked publication are met when it is published. */
  meets?: Readonly<Record<string, readonly string[]>>
  /** Duties of an organ in the year of publishing that are met by it; without `organName`, of the organ that publishes. */
  meetsOfYear?: (text: EditionText) => { rules: readonly string[]; organName?: string | undefined }
  /** Its first edition is drafted, reviewed and signed as an official document (公文办理); a review alone does not let it out. */
  procedure?: 'document'
  /** Offered as PDF and Word in the page of official documents (S-GWG); unless said otherwise, where it can have a document number. */
  isPrinted?: boolean
  /** Written by an act of its module, never by the editor; no “new” page offers it. */
  madeByAct?: boolean
  /** Types of link its editor offers, with their labels. */
  links?: Readonly<Record<string, string>>
  /** What stands before and after the text on its page, beside what every kind shows. */
  before?: (view: PublicView) => ComponentChildren
  after?: (view: PublicView) => ComponentChildren
  /** What its page shows in place of the text, made from the fields; the text says the same in plain words. */
  body?: (view: PublicView, page: ShownOn) => ComponentChildren
}

const known = new Map<string, Kind>()

/** Told once by `app` (and by tests): the kinds of all modules. */
export function registerKinds(kinds: readonly Kind[]): void {
  for (const kind of kinds) known.set(kind.name, kind)
}

/** @throws when the kind is not known: a row of a module that is no longer there. */
export function kindOf(name: string): Kind {
  const kind = known.get(name)
  if (!kind) throw new Error(`未知的发布物种类：${name}`)
  return kind
}

export const allKinds = (): readonly Kind[] => [...known.values()]

/** Address of a publication within its site, `/policies/7k2m9c4x3p`. */
export const addressOf = (item: { kind: string; publicId: string }): string =>
  `/${kindOf(item.kind).segment}/${item.publicId}`

/** Whether a kind has a printed form: its text is a document, and our own. */
export const isPrinted = (kind: Kind): boolean =>
  kind.isPrinted ?? (kind.uses.includes('docNo') && kind.body === undefined)
