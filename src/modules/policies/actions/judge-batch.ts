import {
  documentsNamed,
  findImported,
  findImportedFrom,
  type ImportedItem,
  takenAddresses,
  withoutScheme,
} from '#modules/publications'
import type { Context } from '#platform/context'
import type { FileStorage } from '#platform/storage/storage'
import type { Destination } from '../import/destination.ts'
import type { Filing, Surroundings } from '../import/filing.ts'
import { type Outcome, pageAddress } from '../import/import-line.ts'
import type { FilingDoubt } from '../import/recognised.ts'
import type { DocumentToFile } from './settle-files.ts'

/** What is written of a batch, and for whom. */
export interface BatchJob {
  to: Destination
  /** Null: a preview, which writes nothing. */
  run: { id: string; claim: string; publishes: boolean } | null
  storage: FileStorage | null
}

export interface Filed {
  document: DocumentToFile
  around: Surroundings
  filing: Filing
}

/** What becomes of a document. `publicationId` is known for what is here, and once it is made. */
export interface Judged extends Filed {
  verdict: 'publish' | 'draft' | 'publish-draft' | 'stands' | 'twice' | 'refused' | 'preview'
  known: ImportedItem | undefined
  outcome: Outcome
  publicationId: string | null
  doubts: FilingDoubt[]
}

/** What is to become of each: the library is asked once for all of them, and nothing is written. */
export async function judge(ctx: Context, job: BatchJob, filed: readonly Filed[]): Promise<Judged[]> {
  const { site } = job.to
  const now = ctx.clock.now()
  const addresses = filed.flatMap(({ document }) => document.found.sourceUrl ?? [])
  const byKey = await findImported(
    ctx.db,
    now,
    site.id,
    filed.map(one => one.document.importKey),
  )
  const byAddress = await findImportedFrom(ctx.db, now, site.id, addresses)
  const numbers = await documentsNamed(ctx.db, site.id, {
    docNos: filed.flatMap(({ filing }) => filing.item?.text.docNo ?? []),
    titles: filed.flatMap(({ document: { isRow, found } }) =>
      isRow && !found.docNo ? (found.title ?? []) : [],
    ),
  })
  const paths = filed.flatMap(({ around }) => around.movedFrom.map(one => one.path))
  const taken = new Map<string, string>(await takenAddresses(ctx.db, site.id, paths))
  const titles = Map.groupBy(numbers, row => row.docNo)
  const seen = { keys: new Set<string>(), addresses: new Set<string>(), numbers: new Map<string, string>() }

  return filed.map(one => {
    const { document, filing, around } = one
    const { importKey, found } = document
    const address = found.sourceUrl === null ? null : withoutScheme(found.sourceUrl)
    const before = byKey.get(importKey)
    const known = before?.state === 'discarded' ? undefined : before
    const from = address === null ? undefined : byAddress.get(address)
    const judged = (verdict: Judged['verdict'], outcome: Outcome, item?: ImportedItem): Judged => ({
      ...one,
      verdict,
      outcome,
      known: item ?? before,
      publicationId: item?.id ?? null,
      doubts: [],
    })
    if (known) {
      const untouched = known.state === 'draft' && known.revision === 1
      const goesOut = job.run?.publishes && untouched && !filing.draftOnly && !filing.refusal
      if (goesOut)
        return judged('publish-draft', { result: 'published', address: pageAddress(job.to, known) }, known)
      return judged('stands', standing(job.to, known), known)
    }
    if (seen.keys.has(importKey) || (address !== null && seen.addresses.has(address)))
      return judged('twice', { result: 'unchanged', note: twiceNote(seen.keys.has(importKey)) })
    if (from && from.state !== 'discarded')
      return judged('stands', { ...standing(job.to, from), note: fromNote }, from)
    if (document.isRow && numbers.some(row => isNamed(found, row)))
      return judged('stands', { result: 'unchanged', note: '库里已有清单里的这份文件' })
    if (!filing.item) return judged('refused', { result: 'refused', note: filing.refusal })

    seen.keys.add(importKey)
    if (address !== null) seen.addresses.add(address)
    const doubts = [...numberDoubts(filing, titles, seen.numbers), ...addressDoubts(around, taken, importKey)]
    for (const { path, fileId } of around.movedFrom) if (fileId === null) taken.set(path, importKey)
    const draft = job.run !== null && (!job.run.publishes || filing.draftOnly !== null)
    const verdict = job.run === null ? 'preview' : draft ? 'draft' : 'publish'
    const outcome: Outcome =
      verdict === 'draft'
        ? { result: 'draft', note: job.run?.publishes ? filing.draftOnly : null }
        : verdict === 'publish'
          ? { result: 'published' }
          : { result: 'preview', note: filing.draftOnly }
    return { ...judged(verdict, outcome), doubts }
  })
}

const isNamed = (
  { docNo, title }: DocumentToFile['found'],
  row: { docNo: string | null; title: string },
): boolean => (docNo === null ? row.title === title : row.docNo === docNo)

const fromNote = '以前从这个网址导入过，这次的内容不同，没有改动。要改的请在工作台发布更正版'
const twiceNote = (sameBytes: boolean) =>
  sameBytes ? '和前面一个文件内容完全相同，只导入一次' : '前面已经从这个网址导入了一份，没有再导入'

function numberDoubts(
  { item }: Filing,
  known: ReadonlyMap<string | null, readonly { title: string }[]>,
  seen: Map<string, string>,
): FilingDoubt[] {
  const docNo = item?.text.docNo
  if (!item || !docNo) return []
  const { title } = item.text
  const other = known.get(docNo)?.[0]?.title ?? seen.get(docNo)
  if (!seen.has(docNo)) seen.set(docNo, title)
  if (other === undefined) return []
  const which = other === title ? '标题也相同，但内容不完全一样' : `标题是《${other}》`
  return [{ field: 'docNo', why: `库里已有同文号的文件，${which}。请核对是不是同一份，或者文号有误。` }]
}

function addressDoubts(
  { movedFrom }: Surroundings,
  taken: ReadonlyMap<string, string>,
  importKey: string,
): FilingDoubt[] {
  const lost = movedFrom.find(
    ({ path, fileId }) => fileId === null && taken.has(path) && taken.get(path) !== importKey,
  )
  if (!lost) return []
  const why = `旧网址的路径“${lost.path}”已经属于先导入的另一件，旧链接会转到那一件。两个旧网站有相同的路径，请核对。`
  return [{ field: 'source', why }]
}

const notes: Partial<Record<ImportedItem['state'], string>> = {
  draft: '以前导入过，还是草稿',
  'in-review': '以前导入过，正在审查',
  scheduled: '以前导入过，已定时公开',
  public: '以前导入过',
}

/** What stands here already. */
export function standing(to: Destination, known: ImportedItem): Outcome {
  const edited = known.state === 'draft' && (known.revision ?? 1) > 1
  const note = edited ? '以前导入过，稿子后来在工作台改过，请在工作台审查、公开' : notes[known.state]
  return {
    result: 'unchanged',
    address: known.state === 'public' ? pageAddress(to, known) : null,
    note: note ?? '以前导入过，后来已经撤下',
  }
}

/** Whether it becomes a new publication. */
export const isMade = ({ verdict }: Pick<Judged, 'verdict'>) => verdict === 'publish' || verdict === 'draft'
