import { z } from 'zod'
import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { invalid } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { cleanBody, filesOfEdition, stopUsingFile, useFile, usePicturesOfBody } from '#modules/files'
import type { Database } from '#platform/db/database'
import { type EditionText, editionText } from '../edition.ts'
import type { Relations } from '../relate-works.ts'
import { readWorkLines, type WorkLine } from '../work-line.ts'

const manyIds = z.preprocess(
  value => (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter(id => id !== ''),
  z.array(z.uuid('栏目不对，请重新选择。')).max(20),
)

const workLines = (label: string) =>
  z
    .string()
    .default('')
    .transform((text, check): WorkLine[] => {
      const { works, faults } = readWorkLines(text)
      for (const fault of faults) check.addIssue({ code: 'custom', message: `${label} ${fault}` })
      return works
    })

const attachment = z.object({
  fileId: z.uuid('附件不对，请删去后重新上传。'),
  title: z
    .string()
    .transform(text => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, '请填写附件名称。').max(200, '附件名称最多 200 字。')),
})

/** Items of the catalogue to be published under; left out, the choice stays as it is. */
export const filedUnder = z
  .array(z.uuid('目录事项不对，请重新选择。'))
  .max(20, '目录事项最多 20 个。')
  .optional()

/** What an editor's form says: the text, where it is shown, and what it says of other works. */
export const draftInput = editionText.extend({
  columnIds: manyIds.default([]),
  shownUntil: z
    .preprocess(blankAsNull, z.string().refine(isPlainDate, '截止日不是存在的日期。').nullable())
    .default(null),
  interprets: workLines('解读的文件'),
  cites: workLines('引用的文件'),
  replaces: workLines('取代的文件'),
  repeals: workLines('废止的文件'),
  amends: workLines('修改的文件'),
  'partly-repeals': workLines('部分废止的文件'),
  /** In their order on the page; left out, the attachments stay as they are. */
  attachments: z.array(attachment).max(50, '附件最多 50 个。').optional(),
  filedUnder,
})
export type DraftInput = z.output<typeof draftInput>

const linkFields = ['interprets', 'cites', 'replaces'] as const
const effectFields = ['repeals', 'amends', 'partly-repeals'] as const

export interface DraftParts {
  text: EditionText
  columnIds: string[]
  shownUntil: PlainDate | null
  relations: Relations
  attachments: DraftInput['attachments']
  filedUnder: DraftInput['filedUnder']
}

/** Splits what a form said into what the tables hold; the text comes clean of anything but document markup. */
export function draftParts(input: DraftInput): DraftParts {
  const {
    columnIds,
    shownUntil,
    interprets: _i,
    cites: _c,
    replaces: _p,
    repeals: _r,
    amends: _a,
    'partly-repeals': _l,
    attachments,
    filedUnder,
    ...text
  } = input
  return {
    text: { ...text, bodyHtml: cleanBody(text.bodyHtml) },
    columnIds,
    shownUntil,
    attachments,
    filedUnder,
    relations: {
      links: linkFields.flatMap(type => input[type].map(line => ({ type, line }))),
      effects: effectFields.flatMap(type => input[type].map(line => ({ type, line }))),
    },
  }
}

/** Makes the draft edition show the pictures of its text and the attachments of its form, and no others. */
export async function useFilesOf(
  db: Database,
  editionId: string,
  parts: Pick<DraftParts, 'text' | 'attachments'>,
): Promise<void> {
  await usePicturesOfBody(db, editionId, parts.text.bodyHtml)
  const { attachments } = parts
  if (!attachments) return
  const wanted = new Set(attachments.map(one => one.fileId))
  for (const file of await filesOfEdition(db, editionId))
    if (file.role === 'attachment' && !wanted.has(file.id)) await stopUsingFile(db, editionId, file.id)
  for (const [index, { fileId, title }] of attachments.entries())
    await useFile(db, editionId, fileId, { title, position: index + 1 })
}

/** The main column is on the publication's own site: its page tags come from there (S-META-01). */
export async function checkColumns(
  db: Database,
  siteId: string,
  columnIds: readonly string[],
): Promise<void> {
  await columnSites(db, [{ siteId, columnIds }])
}

/** The same for many publications. @returns the site of each column. */
export async function columnSites(
  db: Database,
  shown: readonly { siteId: string; columnIds: readonly string[] }[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(shown.flatMap(one => one.columnIds))]
  if (wanted.length === 0) return new Map()
  const known = await db.selectFrom('columns').select(['id', 'siteId']).where('id', 'in', wanted).execute()
  if (known.length !== wanted.length)
    throw invalid('publications.unknown-column', '所选栏目中有的已经不存在。请重新选择栏目。')
  const sites = new Map(known.map(column => [column.id, column.siteId]))
  for (const {
    siteId,
    columnIds: [main],
  } of shown)
    if (main !== undefined && sites.get(main) !== siteId)
      throw invalid(
        'publications.foreign-main-column',
        '第一个栏目应当是本站的栏目；其他站点的栏目排在后面。',
      )
  return sites
}
