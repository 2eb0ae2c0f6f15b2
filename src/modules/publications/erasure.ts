import { canonical } from '#lib/canonical-json'
import { toBase64, utf8 } from '#lib/tlog/bytes'
import { commitmentOf, rootOf } from '#lib/tlog/commitments'
import { replaceInHtml } from '#modules/files'
import type { Context } from '#platform/context'
import type { EditionText } from './edition.ts'

/** What stands where words went by law. */
export const erasedMark = '〔个人信息已依法删除〕'

/** Why a personal datum must go, although it was published. */
export const erasureGrounds = {
  'pipl-47': '《个人信息保护法》第四十七条（个人信息应当删除）',
  'regulation-15': '《政府信息公开条例》第十五条（涉及个人隐私）',
  'regulation-41': '《政府信息公开条例》第四十一条（更正与自身有关的信息）',
  judgement: '人民法院的裁判、复议机关的决定',
} as const
export type ErasureGround = keyof typeof erasureGrounds

/** Whoever holds copies of editions (renditions, revisions) is told within the transaction, and lets theirs go. */
export interface Erased {
  publicationId: string
  editionIds: readonly string[]
  passages: readonly string[]
  fileIds: readonly string[]
}
export type EraseCopies = (ctx: Context, erased: Erased) => Promise<void>

const holders: EraseCopies[] = []

export function registerErasure(...more: readonly EraseCopies[]): void {
  for (const holder of more) if (!holders.includes(holder)) holders.push(holder)
}

export async function eraseCopies(ctx: Context, erased: Erased): Promise<void> {
  for (const holder of holders) await holder(ctx, erased)
}

/** The text without these passages; in the body also where marks for bold and links tear them apart. */
export function withoutPassages<Value>(value: Value, passages: readonly string[]): Value {
  const longestFirst = passages.toSorted((a, b) => b.length - a.length)
  const instead = new Map(longestFirst.map(words => [words, erasedMark]))
  const clean = (one: unknown, name: string): unknown => {
    if (typeof one === 'string')
      return name === 'bodyHtml'
        ? cleanHtml(one, instead)
        : longestFirst.reduce((text, words) => text.replaceAll(words, erasedMark), one)
    if (Array.isArray(one)) return one.map(item => clean(item, ''))
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, clean(item, key)]))
  }
  return clean(value, '') as Value
}

/** A body that holds none of it stays byte for byte. */
function cleanHtml(html: string, instead: ReadonlyMap<string, string>): string {
  const clean = replaceInHtml(html, instead)
  return clean === replaceInHtml(html, new Map()) ? html : clean
}

export const isSameText = (a: EditionText, b: EditionText): boolean => canonical(a) === canonical(b)

/** A field as it reads after an erasure. */
export interface ErasedField {
  erasureId: string
  editionId: string
  field: string
  salt: Uint8Array | null
  commitment: Uint8Array
}

export const commitAgain = (salt: Uint8Array, field: string, value: unknown): Uint8Array =>
  commitmentOf(salt, field, value)

export interface ErasureFacts {
  site: string
  kind: string
  publicId: string
  ground: string
  at: Date
}

/** The leaf of an erasure: which editions and fields, and what their new texts amount to. No words, no person. */
export const entryOfErasure = (
  { site, kind, publicId, ground, at }: ErasureFacts,
  fields: readonly (Pick<ErasedField, 'field' | 'commitment'> & { number: number })[],
): Uint8Array => {
  const editions = [...Map.groupBy(fields, one => one.number)]
    .sort(([a], [b]) => a - b)
    .map(([edition, own]) => ({
      edition,
      fields: own.map(one => one.field).sort(),
      root: toBase64(rootOf(new Map(own.map(one => [one.field, one.commitment])))),
    }))
  return utf8(canonical({ v: 1, log: 'erasure', site, kind, id: publicId, ground, at, editions }))
}

export const erasureSubject = (publicId: string): string => `erasure ${publicId}`
