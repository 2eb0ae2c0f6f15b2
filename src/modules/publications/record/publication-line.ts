import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'

/**
 * The shape of a line of publications.jsonl as it is read back. Columns of the tables stand beside what is named here and are
 * checked by the database; what is derived (address, validity …) is left out again.
 */
const publicId = z.string().regex(/^[2-9a-hjkmnp-z]{10}$/, '应是十位公开编号')
const instant = z.iso.datetime({ offset: true, message: '应是 ISO 8601 时刻' })
const day = z.string().refine(isPlainDate, '应是存在的日期，写成 2026-11-23')

const relation = z.looseObject({
  type: z.string(),
  title: z.string(),
  docNo: z.string().nullable(),
  work: z.object({
    uuid: z.uuid(),
    publication: publicId.nullable(),
    issuer: z.string().nullish(),
    createdAt: instant.optional(),
  }),
})

const clearance = z.looseObject({ uuid: z.uuid(), kind: z.string(), givenAt: instant })

const edition = z.looseObject({
  uuid: z.uuid(),
  number: z.int().min(1),
  title: z.string(),
  docNo: z.string().nullish(),
  issuers: z.array(z.string()).default([]),
  bodyHtml: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  sealedAt: instant,
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, '应是 sha256: 加 64 位十六进制'),
  publicFrom: instant,
  publicUntil: instant.nullable(),
  textWithheld: z.boolean(),
  clearance,
  columns: z.array(z.string()).default([]),
  links: z.array(relation).default([]),
  effects: z.array(relation.extend({ effectiveFrom: day })).default([]),
  files: z.array(z.looseObject({ file: publicId })).default([]),
})

export const publicationLine = z.looseObject({
  uuid: z.uuid(),
  id: publicId,
  site: z.string(),
  organ: z.object({ key: z.string(), name: z.string() }),
  kind: z.string(),
  indexNo: z.string().nullable(),
  leftTo: publicId.nullable(),
  firstPublicAt: instant,
  sortAt: instant,
  work: z.object({ uuid: z.uuid(), createdAt: instant }).nullable(),
  editions: z.array(edition).min(1, '至少应有一版'),
  placements: z.array(z.looseObject({ column: z.string() })),
  acts: z.array(
    z.looseObject({ uuid: z.uuid(), edition: z.int().nullable(), clearance: z.uuid().nullable() }),
  ),
  oldAddresses: z.array(
    z.looseObject({
      site: z.string(),
      path: z.string().startsWith('/', '旧地址应以 / 开头'),
      file: publicId.nullish(),
    }),
  ),
})

export type PublicationLine = z.output<typeof publicationLine>
export type EditionLine = PublicationLine['editions'][number]
export type RelationLine = EditionLine['links'][number]
