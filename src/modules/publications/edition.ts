import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { canonical } from '#lib/canonical-json'
import { blankAsNull } from '#lib/forms'
import { commonFields, type Kind, type KindFile } from './kind.ts'

const line = (label: string, longest: number) =>
  z
    .string()
    .transform(text => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(longest, `${label}太长：最多 ${longest} 字。`))

const day = (label: string) =>
  z.preprocess(
    blankAsNull,
    z
      .string()
      .refine(isPlainDate, `${label}不是存在的日期。请写成 2026-11-23 的样子，并核对月份和日子。`)
      .nullable(),
  )

const optionalLine = (label: string, longest: number) =>
  z.preprocess(blankAsNull, line(label, longest).nullable())

/** S-GWG-08: `机关代字〔YYYY〕N号`; orders and announcements have numbers of their own kind: `某某令第12号`. */
export const docNoPattern =
  /^(?:[\u4e00-\u9fa5]{2,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号|[\u4e00-\u9fa5]{3,30}(?:令|公告|通告)(?:(?:19|20)\d{2}年)?第[\d一二三四五六七八九十百]{1,6}号)$/

/** What any edition may say. Saving a draft asks for a title only; review asks for what the kind requires. */
export const editionText = z.object({
  title: line('标题', 200).pipe(z.string().min(1, '请填写标题。')),
  summary: line('内容概述', 500).default(''),
  keywords: line('关键词', 200).default(''),
  source: line('信息来源', 100).default(''),
  author: line('作者', 100).default(''),
  theme: optionalLine('主题分类', 40).default(null),
  genre: optionalLine('体裁分类', 20).default(null),
  docNo: z
    .preprocess(
      blankAsNull,
      line('文号', 60)
        .refine(
          text => docNoPattern.test(text),
          '文号应写成“云政发〔2026〕12号”的样子：机关代字、六角括号里的四位年份、不带“第”的序号。',
        )
        .nullable(),
    )
    .default(null),
  issuers: z
    .preprocess(
      value => (typeof value === 'string' ? value.split(/[、；;\n]/) : value),
      z.array(line('发文机关', 80)).transform(names => names.filter(name => name !== '')),
    )
    .default([]),
  signedOn: day('成文日期').default(null),
  effectiveFrom: day('施行日期').default(null),
  validUntil: day('有效期').default(null),
  bodyHtml: z.string().max(4_000_000, '正文太长：最多约 400 万字符。请把附表作为附件上传。').default(''),
  changeNote: optionalLine('修改说明', 300).default(null),
  fields: z.record(z.string(), z.unknown()).default({}),
})

export type EditionText = z.output<typeof editionText>

/** What still is missing before an edition of this kind may go to review: field → message. */
export function whatIsMissing(kind: Kind, text: EditionText): Record<string, string> {
  const missing: Record<string, string> = {}
  for (const field of kind.requires) {
    const value = text[field]
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
      missing[field] = `请填写${commonFields[field]}。`
  }
  if (text.bodyHtml.replace(/<[^>]*>/g, '').trim() === '' && !/<img|<table/.test(text.bodyHtml))
    missing.bodyHtml = '请填写正文。'
  if (text.effectiveFrom && text.validUntil && text.validUntil < text.effectiveFrom)
    missing.validUntil = '有效期早于施行日期，请核对。'
  const parsed = kind.fields.safeParse(text.fields)
  for (const issue of parsed.success ? [] : parsed.error.issues)
    missing[`fields.${issue.path.join('.')}`] ??= issue.message
  return missing
}

/** What an edition lacks before it may go to review or out: what its kind asks for, a column, and why readers find it changed. */
export function whatReviewMisses(
  kind: Kind,
  text: EditionText,
  shown: { columnIds: readonly string[]; wasPublic: boolean; files: readonly KindFile[] },
): Record<string, string> {
  const missing = { ...kind.misses?.(text, shown.files), ...whatIsMissing(kind, text) }
  if (shown.wasPublic && !text.changeNote) missing.changeNote = '请填写修改说明：读者会看到为什么改。'
  if (shown.columnIds.length === 0) missing.columnIds = '请至少选择一个栏目。'
  return missing
}

/** SHA-256 over the canonical JSON of an edition, named with its algorithm (S-SM-03). */
export const digestOf = (edition: object): string =>
  `sha256:${createHash('sha256').update(canonical(edition)).digest('hex')}`

export { plainText } from '#lib/plain-text'
