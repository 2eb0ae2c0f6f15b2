import { z } from 'zod'

export const manifestName = 'manifest.json'
export const archiveFormat = 'mingtang-record'
export const archiveVersion = 1

const listed = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(0),
  lines: z.int().min(0).optional(),
})

/** What a bulk export says of itself. */
export const manifestSchema = z.object({
  format: z.literal(archiveFormat),
  version: z.int().min(1),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  /** Key of the one site that was exported; null: all. */
  site: z.string().nullable(),
  withClosed: z.boolean(),
  withWithdrawnText: z.boolean(),
  /** Everything but this file and what lies in files/, whose names are their SHA-256. */
  files: z.record(z.string().regex(/^[A-Za-z][A-Za-z-]*\.(jsonl|csv|txt)$/), listed),
  /** What lies in files/. */
  stored: z.object({ count: z.int().min(0), size: z.int().min(0) }),
})
export type Manifest = z.output<typeof manifestSchema>
