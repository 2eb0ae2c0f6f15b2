import { basename } from 'node:path'
import type { FoundFile } from './find-files.ts'
import type { PreparedDocument } from './prepare.ts'
import type { Doubt, Recognised, RecognisedField } from './recognised.ts'

/** What a document leaves unsaid and a list may say. */
const FACTS = [
  'docNo',
  'title',
  'signedOn',
  'publishedOn',
  'effectiveFrom',
  'validUntil',
  'indexNo',
  'theme',
  'source',
] as const satisfies readonly RecognisedField[]

/** Rows of lists that came with the documents: a row fills in what its document does not state, and is no item of its own. */
export class ToldByLists {
  private readonly byNumber = new Map<string, PreparedDocument[]>()
  private readonly byTitle = new Map<string, PreparedDocument[]>()
  private readonly used = new Set<PreparedDocument>()
  private readonly rows: { row: PreparedDocument; list: FoundFile }[] = []

  add(row: PreparedDocument, list: FoundFile): void {
    this.rows.push({ row, list })
    const into = (rows: Map<string, PreparedDocument[]>, key: string | null) => {
      if (key !== null) rows.set(key, [...(rows.get(key) ?? []), row])
    }
    into(this.byNumber, row.found.docNo)
    into(this.byTitle, row.found.title)
  }

  /** The document with what a list says of it beside. */
  fillIn(document: PreparedDocument): PreparedDocument {
    const row = this.rowOf(document.found)
    if (!row) return document
    this.used.add(row)
    const found: Recognised = { ...document.found }
    const said: Doubt[] = []
    const list = basename(this.rows.find(one => one.row === row)?.list.name ?? '')
    for (const field of FACTS) {
      const value = row.found[field]
      if (value === null || found[field] !== null) continue
      found[field] = value
      said.push({ field, why: `原件没有写，按清单“${list}”填写为“${value}”。请核对。` })
    }
    if (found.issuers.length === 0 && row.found.issuers.length > 0) {
      Object.assign(found, { issuer: row.found.issuer, issuers: row.found.issuers })
      said.push({ field: 'issuer', why: `原件没有印，按清单“${list}”填写。请核对。` })
    }
    found.sourceUrl ??= row.found.sourceUrl
    if (said.length === 0) return { ...document, found }
    const filled = new Set(said.map(doubt => doubt.field))
    found.doubts = [...found.doubts.filter(doubt => !filled.has(doubt.field)), ...said]
    return { ...document, found, vectors: undefined }
  }

  /** Rows whose document did not come. */
  get left(): { row: PreparedDocument; list: FoundFile }[] {
    return this.rows.filter(({ row }) => !this.used.has(row))
  }

  private rowOf({ docNo, title }: Recognised): PreparedDocument | undefined {
    const numbered = docNo === null ? [] : (this.byNumber.get(docNo) ?? [])
    if (numbered.length > 0) return numbered.find(row => row.found.title === title) ?? numbered[0]
    const titled = title === null ? [] : (this.byTitle.get(title) ?? [])
    const [one, ...more] = titled.filter(row => docNo === null || row.found.docNo === null)
    return more.length === 0 ? one : undefined
  }
}
