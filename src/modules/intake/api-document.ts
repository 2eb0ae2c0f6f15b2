import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'

const day = (label: string) =>
  z.string(`请给出${label}。`).refine(isPlainDate, `${label}应写成 2026-11-23 的样子。`)
const text = (label: string, most = 200) =>
  z.string(`请给出${label}。`).trim().min(1, `请给出${label}。`).max(most, `${label}最多 ${most} 字。`)
const optional = (label: string, most = 200) =>
  z.string(`${label}应当是文字。`).trim().max(most, `${label}最多 ${most} 字。`).default('')

/** What the system of an office says of a signed document. Names are those of the page; nothing else is taken. */
export const apiDocument = z.strictObject({
  /** What it is called there: the same one comes in once. */
  originKey: text('来文在原系统里的编号（originKey）'),
  kind: text('种类（kind）', 40),
  /** Path of the column on the organ's site. */
  column: text('栏目路径（column）', 100),
  title: text('标题'),
  docNo: text('文号', 60),
  /** Names of the issuing organs; the organ of the key without it. */
  issuers: z.array(text('发文机关', 80)).max(20).default([]),
  /** Names of organs here that sign together with it. */
  coOrgans: z.array(text('联合行文的单位', 80)).max(20).default([]),
  signedOn: day('签发日期（signedOn）'),
  signedBy: text('签发人（signedBy）', 50),
  effectiveFrom: day('施行日期（effectiveFrom）').nullable().default(null),
  validUntil: day('有效期（validUntil）').nullable().default(null),
  theme: optional('主题分类', 40),
  genre: optional('体裁分类', 20),
  summary: optional('内容概述', 500),
  keywords: optional('关键词'),
  /** The text as HTML; or `text`, with an empty line or a line break between paragraphs. */
  bodyHtml: z.string().max(4_000_000, '正文太长：最多约 400 万字符。请把附表作为附件。').default(''),
  text: z.string().max(2_000_000, '正文太长：最多约 200 万字符。请把附表作为附件。').default(''),
  /** Titles of the files, in the order in which they follow. */
  attachments: z.array(text('附件名称')).max(50, '附件最多 50 个。').default([]),
  openness: z.enum(
    ['proactive', 'on-request', 'withheld'],
    '公开属性（openness）应为 proactive、on-request 或 withheld。',
  ),
  opennessGround: z.string().nullable().default(null),
  opennessReason: text('公开属性的理由（opennessReason）', 500),
  secrecy: z.strictObject(
    {
      opinion: text('保密审查意见（secrecy.opinion）', 1000),
      by: text('保密审查人（secrecy.by）', 50),
      on: day('保密审查日期（secrecy.on）'),
    },
    '请给出保密审查意见、审查人和日期（secrecy）。',
  ),
  /** Why the interpretation comes later, within its duty. */
  interpretationFollows: optional('解读随后发布的理由', 500),
  /** Why it needs none. */
  interpretationExempt: optional('不需要解读的理由', 500),
  /** 规范性文件统一登记编号, where it was registered before. */
  unifiedNo: optional('统一登记编号', 60),
})
export type ApiDocument = z.output<typeof apiDocument>

/** A fault of what was sent: which field, and what to do. */
export interface FieldFault {
  field: string
  message: string
}

export const faultsOf = (error: z.ZodError): FieldFault[] =>
  error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({
          field: [...issue.path, key].join('.'),
          message: `没有“${key}”这个字段，请删去或者核对写法。`,
        }))
      : { field: issue.path.join('.'), message: issue.message },
  )

/** What was sent cannot be taken as it is; every fault is told at once. */
export class Unfit extends Error {
  readonly faults: readonly FieldFault[]
  constructor(faults: readonly FieldFault[]) {
    super(faults.map(fault => fault.message).join(' '))
    this.faults = faults
  }
}

/** What the caller is told of a document that was taken in. */
export interface ApiAnswer {
  id: string
  publicId: string
  state: string
}
