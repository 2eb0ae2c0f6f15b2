import { type FormErrors, type RawForm, textOf, textsOf } from '#lib/forms'
import { structureText } from '#modules/files'
import { relationTexts } from './draft-facts.ts'
import type { EditionRow } from './draft-queries.ts'
import type { Kind } from './kind.ts'
import { kindTexts, kindValues } from './kind-fields.ts'
import type { Relations } from './relate-works.ts'

/** An attachment in the form; its file lies in the storage already, also before anything is saved. */
export interface AttachmentRow {
  fileId: string
  title: string
  /** `方案.docx · 32 KB`, to be recognised by. */
  file: string
  position: string
  remove: boolean
}

/** The texts of the form for an edition. */
export function formOfEdition(
  kind: Kind,
  edition: EditionRow,
  relations: Relations,
  attachments: readonly AttachmentRow[],
): RawForm {
  const [mainColumn = '', ...others] = edition.columnIds
  return {
    title: edition.title,
    docNo: edition.docNo ?? '',
    issuers: edition.issuers.join('、'),
    signedOn: edition.signedOn ?? '',
    effectiveFrom: edition.effectiveFrom ?? '',
    validUntil: edition.validUntil ?? '',
    theme: edition.theme ?? '',
    genre: edition.genre ?? '',
    summary: edition.summary,
    keywords: edition.keywords,
    source: edition.source,
    author: edition.author,
    bodyHtml: edition.bodyHtml,
    changeNote: edition.changeNote ?? '',
    shownUntil: edition.shownUntil ?? '',
    mainColumn,
    columnIds: others,
    revision: String(edition.revision),
    ...relationTexts(relations),
    ...kindTexts(kind, edition.fields),
    ...attachmentTexts(attachments),
  }
}

/** What a posted form says, in the shape that the act's schema checks. */
export function inputOfForm(kind: Kind, raw: RawForm): Record<string, unknown> {
  const fields = Object.entries(raw).filter(([name]) => !name.includes('.'))
  return {
    ...Object.fromEntries(fields),
    bodyHtml: bodyOfForm(raw),
    fields: kindValues(kind, raw),
    columnIds: columnsOfForm(raw),
    filedUnder: filedOfForm(raw),
    attachments: keptAttachments(raw).map(({ fileId, title }) => ({ fileId, title })),
  }
}

const startsWithMarkup = /^\s*<(p|h[1-6]|ul|ol|dl|table|blockquote|figure|div|img|hr|a|strong|em)\b/i

/**
 * The editor says that it sends HTML. Without a script the field holds what was typed or pasted: plain text gets its structure
 * here; the markup of a text that was saved before is taken as it is.
 */
export function bodyOfForm(raw: RawForm): string {
  const text = textOf(raw, 'bodyHtml')
  if (textOf(raw, 'bodyHtmlFormat') === 'html' || startsWithMarkup.test(text)) return text
  return structureText(text)
}

/** The catalogue items that a form chose; undefined when it did not ask. */
export function filedOfForm(raw: RawForm): string[] | undefined {
  if (textOf(raw, 'filingAsked') === '') return undefined
  const chosen = [...textsOf(raw, 'filedUnder'), textOf(raw, 'filedUnderMore')]
  return [...new Set(chosen.filter(id => id !== ''))]
}

/** The chosen main column first, then the rest of the own site's, then other sites'. */
function columnsOfForm(raw: RawForm): string[] {
  const chosen = [textOf(raw, 'mainColumn'), ...textsOf(raw, 'columnIds'), ...textsOf(raw, 'otherColumnIds')]
  return [...new Set(chosen.filter(id => id !== ''))]
}

/** All attachments of the form, those to be taken out too. */
export function attachmentsOfForm(raw: RawForm): AttachmentRow[] {
  const rows: AttachmentRow[] = []
  for (let at = 0; textOf(raw, `attachments.${at}.fileId`) !== ''; at++) {
    const field = (name: string) => textOf(raw, `attachments.${at}.${name}`)
    rows.push({
      fileId: field('fileId'),
      title: field('title'),
      file: field('file'),
      position: field('position'),
      remove: field('remove') !== '',
    })
  }
  return rows
}

/** Those that stay, in the order that was asked for; equal numbers keep their place. */
export function keptAttachments(raw: RawForm): AttachmentRow[] {
  const place = (row: AttachmentRow, index: number) => {
    const number = Number(row.position)
    return row.position.trim() !== '' && Number.isFinite(number) ? number : index + 1
  }
  return attachmentsOfForm(raw)
    .map((row, index) => ({ row, place: place(row, index), index }))
    .filter(({ row }) => !row.remove)
    .sort((a, b) => a.place - b.place || a.index - b.index)
    .map(({ row }) => row)
}

export function attachmentTexts(rows: readonly AttachmentRow[]): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [at, row] of rows.entries()) {
    texts[`attachments.${at}.fileId`] = row.fileId
    texts[`attachments.${at}.title`] = row.title
    texts[`attachments.${at}.file`] = row.file
    texts[`attachments.${at}.position`] = row.position || String(at + 1)
    if (row.remove) texts[`attachments.${at}.remove`] = 'yes'
  }
  return texts
}

/** The form with other attachments: in their new order, numbered anew. */
export function withAttachments(raw: RawForm, rows: readonly AttachmentRow[]): RawForm {
  const others = Object.entries(raw).filter(([name]) => !name.startsWith('attachments.'))
  return { ...Object.fromEntries(others), ...attachmentTexts(rows) }
}

/** Faults of the schema under the names of the form's fields. */
export function formErrors(faults: readonly { path: readonly PropertyKey[]; message: string }[]): FormErrors {
  const errors: FormErrors = {}
  for (const { path, message } of faults) {
    const [first = '', ...rest] = path.map(String)
    const name = first === 'columnIds' ? 'mainColumn' : [first, ...rest].join('.')
    errors[name] ??= message
  }
  return errors
}
