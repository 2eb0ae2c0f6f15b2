import { permit } from '#lib/errors'
import {
  findImported,
  type ImportedItem,
  publish,
  releaseImportKey,
  startPublication,
} from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Destination } from '../import/destination.ts'
import { type Filing, fileDocument } from '../import/filing.ts'
import { type ImportLine, lineOf, type Outcome, pageAddress } from '../import/import-line.ts'
import type { Recognised } from '../import/recognised.ts'
import { mayImport } from '../policy.ts'
import { type ImportRun, insertDoubts, insertResult, lockImportKey } from '../queries.ts'

export interface ImportDocument {
  found: Recognised
  /** SHA-256 of the bytes: the same bytes again change nothing. */
  importKey: string
  to: Destination
  run: ImportRun
  /** Place of the file in the run, from 1. */
  position: number
}

/**
 * One document goes in: a publication with its doubts and, where the run publishes, its first edition out of the one door, all of
 * it or nothing. What the text does not state stays unstated.
 */
export async function importDocument(ctx: Context, input: ImportDocument): Promise<ImportLine> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  const { found, importKey, to, run } = input
  const filing = await fileDocument(ctx.db, found, importKey, to, ctx.clock.today())
  return inTransaction(ctx.db, async db => {
    const inside = { ...ctx, db }
    await lockImportKey(db, to.site.id, importKey)
    const before = await findImported(db, ctx.clock.now(), to.site.id, importKey)
    // Whoever threw the draft away may want the file again, in another place
    if (before?.state === 'discarded') await releaseImportKey(db, before.id)
    const known = before?.state === 'discarded' ? undefined : before
    const made = known ? undefined : await start(inside, filing)
    const item = known ?? made
    const outcome = !item
      ? { result: 'refused' as const, note: filing.refusal }
      : known
        ? await again(inside, input, filing, known)
        : await goOn(inside, input, filing, item)
    const line = lineOf(found, known ? { ...filing, kind: known.kind } : filing, outcome)
    await insertResult(db, {
      runId: run.id,
      position: input.position,
      file: found.file,
      result: outcome.result,
      publicationId: item?.id ?? null,
      report: line,
      recordedAt: ctx.clock.now(),
    })
    return line
  })
}

/** What `importDocument` would do; writes nothing. */
export async function previewDocument(
  ctx: Context,
  { found, importKey, to }: Pick<ImportDocument, 'found' | 'importKey' | 'to'>,
): Promise<ImportLine> {
  const filing = await fileDocument(ctx.db, found, importKey, to, ctx.clock.today())
  const known = await findImported(ctx.db, ctx.clock.now(), to.site.id, importKey)
  if (known && known.state !== 'discarded') return lineOf(found, filing, standing(to, known))
  if (!filing.input) return lineOf(found, filing, { result: 'refused', note: filing.refusal })
  return lineOf(found, filing, { result: 'preview', note: filing.draftOnly })
}

type Started = { id: string; publicId: string; kind: string; revision: number | null }
/** What is written down of a run; a preview writes nothing. */
type Done = Outcome & { result: 'draft' | 'published' | 'unchanged' | 'refused' }

async function start(ctx: Context, filing: Filing): Promise<Started | undefined> {
  if (!filing.input) return undefined
  const made = await startPublication(ctx, filing.input, filing.origin)
  await insertDoubts(ctx.db, made.id, filing.doubts)
  return { ...made, kind: filing.kind }
}

/** From the draft to the public, where that was asked for. */
async function goOn(
  ctx: Context,
  { found, to, run }: ImportDocument,
  filing: Filing,
  item: Started,
): Promise<Done> {
  if (!run.publishes || filing.draftOnly)
    return { result: 'draft', note: run.publishes ? filing.draftOnly : null }
  await publish(
    ctx,
    { publicationId: item.id, revision: item.revision ?? 1 },
    { kind: 'archive-import', run: run.id, source: found.sourceUrl ?? found.file },
  )
  return { result: 'published', address: pageAddress(to, item) }
}

/** The same bytes came before: nothing changes, but a draft that nobody has touched since may go out now. */
async function again(
  ctx: Context,
  input: ImportDocument,
  filing: Filing,
  known: ImportedItem,
): Promise<Done> {
  const untouched = known.state === 'draft' && known.revision === 1
  if (untouched && input.run.publishes && !filing.draftOnly && !filing.refusal)
    return goOn(ctx, input, filing, known)
  return standing(input.to, known)
}

const notes: Partial<Record<ImportedItem['state'], string>> = {
  draft: '以前导入过，还是草稿',
  'in-review': '以前导入过，正在审查',
  scheduled: '以前导入过，已定时公开',
  public: '以前导入过',
}

function standing(to: Destination, known: ImportedItem): Done {
  const edited = known.state === 'draft' && (known.revision ?? 1) > 1
  const note = edited ? '以前导入过，稿子后来在工作台改过，请在工作台审查、公开' : notes[known.state]
  return {
    result: 'unchanged',
    address: known.state === 'public' ? pageAddress(to, known) : null,
    note: note ?? '以前导入过，后来已经撤下',
  }
}
