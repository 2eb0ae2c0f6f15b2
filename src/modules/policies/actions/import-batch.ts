import { Refused } from '#lib/errors'
import {
  addFormerAddresses,
  draftArchive,
  findImported,
  formerAddress,
  type ImportedItem,
  publish,
  publishArchive,
  releaseImportKeys,
} from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { fileDocument, type Surroundings } from '../import/filing.ts'
import { type ImportFault, type ImportLine, lineOf, pageAddress } from '../import/import-line.ts'
import { type FileResult, insertDoubts, insertResults, lockImports, noteProgress } from '../queries.ts'
import { type BatchJob, type Filed, isMade, type Judged, judge } from './judge-batch.ts'
import { type DocumentToFile, settleFiles } from './settle-files.ts'

/** What one file gave, on its way into the library. */
export type Entry =
  | { kind: 'document'; document: DocumentToFile }
  /** A row of a list whose document came by itself, or is here already. */
  | {
      kind: 'told'
      file: string
      line: ImportLine
      publicationId: string | null
      /** Where the same page stood on the old site. */
      addresses?: readonly string[]
    }
  | { kind: 'refused' | 'skipped'; file: string; why: string }

export type Told =
  | { kind: 'document'; line: ImportLine }
  | { kind: 'refused' | 'skipped'; fault: ImportFault }

/** The run was taken over by another process, which goes on with it. */
class RunLost extends Error {
  constructor() {
    super('这个批次已经由另一个进程接着做了。')
  }
}

/**
 * A batch goes in, all of it or nothing, in a number of statements that does not grow with it. What the library has already,
 * by its bytes or its old address, is told and left alone.
 */
export async function importBatch(
  ctx: Context,
  job: BatchJob,
  entries: readonly Entry[],
  progress: { position: number; done: number },
): Promise<Told[]> {
  const documents = entries.flatMap(entry => (entry.kind === 'document' ? [entry.document] : []))
  const around = await surroundingsOf(ctx, job, documents)
  const today = ctx.clock.today()
  const filed = documents.map((document, at): Filed => {
    const lies = around[at] as Surroundings
    return { document, around: lies, filing: fileDocument(document, lies, job.to, today) }
  })
  if (job.run === null) return tell(entries, await judge(ctx, job, filed))
  const { run } = job
  return inTransaction(ctx.db, async db => {
    const inside = { ...ctx, db }
    await lockImports(db, job.to.site.id)
    const heartbeatAt = ctx.clock.now()
    if (!(await noteProgress(db, run.id, run.claim, { heartbeatAt, done: progress.done })))
      throw new RunLost()
    const judged = await judge(inside, job, filed)
    await carryOut(inside, job, judged)
    await addFormerAddresses(db, job.to.site.id, otherAddresses(entries, judged))
    await insertResults(db, run.id, ctx.clock.now(), resultsOf(entries, judged, progress.position))
    return tell(entries, judged)
  })
}

/** The same page under another address leads to the one document that was made of it (S-DOM-04). */
function otherAddresses(entries: readonly Entry[], judged: readonly Judged[]) {
  const made = new Map(
    judged.flatMap(one => (isMade(one) ? [[one.document.importKey, one.publicationId]] : [])),
  )
  const told = entries.flatMap(entry =>
    entry.kind === 'told'
      ? (entry.addresses ?? []).map(address => ({
          path: formerAddress(address),
          publicationId: entry.publicationId,
        }))
      : [],
  )
  const same = judged.flatMap(({ verdict, document, around, publicationId }) =>
    verdict === 'twice' || verdict === 'stands'
      ? around.movedFrom.flatMap(({ path, fileId }) =>
          fileId === null
            ? [{ path, publicationId: publicationId ?? made.get(document.importKey) ?? null }]
            : [],
        )
      : [],
  )
  return [...told, ...same].flatMap(({ path, publicationId }) =>
    path !== null && publicationId !== null ? [{ path, publicationId }] : [],
  )
}

/** Files of what the library has already are not stored again. */
async function surroundingsOf(
  ctx: Context,
  job: BatchJob,
  documents: readonly DocumentToFile[],
): Promise<Surroundings[]> {
  const { site } = job.to
  const known = documents.some(one => one.parts !== null || one.keepsOriginal || one.embedded.length > 0)
    ? await findImported(
        ctx.db,
        ctx.clock.now(),
        site.id,
        documents.map(one => one.importKey),
      )
    : new Map<string, ImportedItem>()
  const isNew = (one: DocumentToFile) => (known.get(one.importKey)?.state ?? 'discarded') === 'discarded'
  const stored = await settleFiles(ctx, documents.filter(isNew), { siteId: site.id, storage: job.storage })
  const left = await settleFiles(
    ctx,
    documents.filter(one => !isNew(one)),
    { siteId: site.id, storage: null },
  )
  return documents.map(one => (isNew(one) ? stored.shift() : left.shift()) as Surroundings)
}

/** Makes of the documents what was judged of them. */
async function carryOut(ctx: Context, job: BatchJob, judged: Judged[]): Promise<void> {
  const { run, to } = job
  if (run === null) return
  await releaseImportKeys(
    ctx.db,
    judged.flatMap(one => (one.known?.state === 'discarded' && isMade(one) ? one.known.id : [])),
  )
  const source = judged.find(isMade)?.document.file.root ?? ''
  const clearance = { kind: 'archive-import', run: run.id, source } as const
  for (const [verdict, make] of [
    ['publish', (items: Items) => publishArchive(ctx, items, clearance)],
    ['draft', (items: Items) => draftArchive(ctx, items)],
  ] as const) {
    const ours = judged.filter(one => one.verdict === verdict)
    const made = await make(ours.flatMap(one => one.filing.item ?? []))
    for (const [at, one] of ours.entries()) {
      const item = made[at]
      if (!item) continue
      one.publicationId = item.id
      if (verdict === 'publish')
        one.outcome = { ...one.outcome, address: pageAddress(to, { ...item, kind: one.filing.kind }) }
    }
  }
  for (const { verdict, known, document } of judged) {
    if (verdict !== 'publish-draft' || !known) continue
    const { file, found } = document
    await publish(
      ctx,
      { publicationId: known.id, revision: known.revision ?? 1 },
      { kind: 'archive-import', run: run.id, source: found.sourceUrl ?? file.name },
    )
  }
  await insertDoubts(
    ctx.db,
    judged.flatMap(({ publicationId, filing, doubts, ...one }) =>
      publicationId !== null && isMade(one) ? [{ publicationId, doubts: [...filing.doubts, ...doubts] }] : [],
    ),
  )
}

type Items = Parameters<typeof draftArchive>[1]

function lineOfJudged({ document, filing, known, outcome, doubts }: Judged): ImportLine {
  const standsAs = known && outcome.result === 'unchanged' ? { ...filing, kind: known.kind } : filing
  return lineOf(document.found, { ...standsAs, doubts: [...filing.doubts, ...doubts] }, outcome)
}

function tell(entries: readonly Entry[], judged: readonly Judged[]): Told[] {
  const lines = judged.map(lineOfJudged)
  return entries.map((entry): Told => {
    if (entry.kind === 'document') return { kind: 'document', line: lines.shift() as ImportLine }
    if (entry.kind === 'told') return { kind: 'document', line: entry.line }
    return { kind: entry.kind, fault: { file: entry.file, why: entry.why } }
  })
}

function resultsOf(entries: readonly Entry[], judged: readonly Judged[], position: number): FileResult[] {
  const ids = judged.map(one => one.publicationId)
  return tell(entries, judged).map((told, at): FileResult => {
    const entry = entries[at]
    const place = { position: position + at }
    if (told.kind !== 'document')
      return { ...place, file: told.fault.file, result: told.kind, publicationId: null, report: told.fault }
    const own = entry?.kind === 'document' ? (ids.shift() ?? null) : null
    const publicationId = entry?.kind === 'told' ? entry.publicationId : own
    const result = told.line.result === 'preview' ? 'unchanged' : told.line.result
    return { ...place, file: told.line.file, result, publicationId, report: told.line }
  })
}

/** Why one document alone did not go in. @throws what no other would survive either: a database that is gone. */
export function whyRefused(file: string, error: Error & { code?: string }): string {
  if (error instanceof Refused) return error.message
  if (error.code === '54000') return `“${file}”太长，无法建立搜索，没有导入。请拆成几份再导入。`
  return `“${file}”没有导入：${error.message}。请把这份文件和这句话反馈给维护人员。`
}

/** Connection lost, server stopping, disk full: the rest would fare no better. */
export const endsTheRun = (error: Error & { code?: string }): boolean =>
  error instanceof RunLost ||
  /^(?:08|53|57|58|XX)|^E[A-Z]+$/.test(error.code ?? '') ||
  /connection|terminat/i.test(error.message)
