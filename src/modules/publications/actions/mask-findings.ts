import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { conflict, notFound, permit, unavailable } from '#lib/errors'
import { recordAct } from '#modules/audit'
import {
  type EditionFile,
  filesOfEdition,
  replaceInHtml,
  stopUsingFile,
  storeUpload,
  useFile,
} from '#modules/files'
import { fileStorage, finishMasking, lookThrough, prepareMasking } from '#modules/personal-data'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { findDraft, lockPublication, textOfEdition, updateDraft } from '../draft-queries.ts'
import { formerTexts, type RevisionRow, replaceTexts } from '../draft-revisions.ts'
import { subjectOf } from '../personal-data-subject.ts'
import { mayDraft } from '../policy.ts'
import { procedureOf } from '../procedure.ts'
import { insertReviewStep } from '../review-steps.ts'

export const maskFindingsInput = z.object({
  publicationId: z.uuid(),
  findings: z.preprocess(
    value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().max(200)).min(1, '请勾选要遮盖的几处。').max(2000),
  ),
  reason: z.string().trim().max(500, '理由最多 500 字。').default(''),
})
export type MaskFindings = z.output<typeof maskFindingsInput>

/**
 * Takes personal data out of a draft: a new revision in which they are masked, copies of attachments without them. What stood there
 * goes into the closed zone. Everything is looked through again before it is saved; when anything is left, nothing is saved (S-PII-08).
 */
export async function maskFindings(ctx: Context, input: MaskFindings): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const within = { ...ctx, db }
    const publication = await lockPublication(db, input.publicationId)
    const draft = publication && (await findDraft(db, publication.id))
    if (!publication || !draft) throw notFound('publications.no-draft', '没有可以遮盖的稿子。')
    permit(mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
    if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下，稿子不能再改。')
    await procedureOf(publication, ctx.clock.now())?.changing(db, draft.title)
    const before = subjectOf(publication, draft, await filesOfEdition(db, draft.id))
    await lookThrough(within, before)
    const { words, files } = await prepareMasking(
      within,
      before,
      input.findings,
      await formerOf(db, publication.id),
    )
    const text = masked(textOfEdition(draft), words)
    await updateDraft(
      db,
      draft.id,
      draft.revision,
      {
        text,
        columnIds: draft.columnIds,
        shownUntil: draft.shownUntil,
        editedBy: actorName(ctx.actor),
        editedById: actorId(ctx.actor),
        editedAt: ctx.clock.now(),
      },
      'masked',
    )
    await maskRevisions(db, publication.id, words)
    if (draft.submittedAt) {
      await db.updateTable('editions').set({ submittedAt: null }).where('id', '=', draft.id).execute()
      await insertReviewStep(db, ctx, draft, 'taken-back')
    }
    for (const { file, bytes } of files) await putInPlace(within, draft.id, file, bytes)
    await renameFiles(db, draft.id, words)
    const now = await findDraft(db, publication.id)
    if (!now) throw notFound('publications.no-draft', '没有可以遮盖的稿子。')
    const after = subjectOf(publication, now, await filesOfEdition(db, draft.id))
    const count = await finishMasking(within, before, after, input.findings, input.reason)
    await recordAct(db, ctx, {
      act: 'publications.masked',
      sentence: `遮盖了稿子里的 ${count} 处个人信息，重新检查没有遗留`,
      object: { kind: 'publication', id: publication.id, label: text.title },
    })
    return count
  })
}

/** What earlier revisions say, with every field by itself: a number is known by what stands around it. */
async function formerOf(db: Database, publicationId: string) {
  return (await formerTexts(db, publicationId)).map(({ title, bodyHtml, fields }) => ({
    title,
    bodyHtml,
    facts: wordsIn(fields).map(value => ({ label: '', value })),
  }))
}

const wordsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(wordsIn)
      : []

/** What was masked survives in no revision either. */
async function maskRevisions(
  db: Database,
  publicationId: string,
  words: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { id, title, bodyHtml, fields } of await formerTexts(db, publicationId)) {
    const before: Pick<RevisionRow, 'title' | 'bodyHtml' | 'fields'> = { title, bodyHtml, fields }
    const after = masked(before, words)
    if (JSON.stringify(after) !== JSON.stringify(before)) await replaceTexts(db, id, after)
  }
}

function masked<Text extends object>(text: Text, words: ReadonlyMap<string, string>): Text {
  if (words.size === 0) return text
  const clean = (value: unknown, name: string): unknown => {
    if (typeof value === 'string')
      return name === 'bodyHtml' ? replaceInHtml(value, words) : withoutWords(value, words)
    if (Array.isArray(value)) return value.map(one => clean(one, ''))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one, key)]))
  }
  return clean(text, '') as Text
}

function withoutWords(text: string, words: ReadonlyMap<string, string>): string {
  let clean = text
  for (const [seen, by] of [...words].sort(([one], [other]) => other.length - one.length))
    clean = clean.replaceAll(seen, by)
  return clean
}

/** Titles of attachments are part of the draft; the name of a file is not changed here, it is uploaded anew by its person. */
async function renameFiles(
  db: Database,
  editionId: string,
  words: ReadonlyMap<string, string>,
): Promise<void> {
  for (const file of await filesOfEdition(db, editionId)) {
    const title = withoutWords(file.title, words)
    if (title !== file.title)
      await useFile(db, editionId, file.id, { role: file.role, title, position: file.position })
  }
}

async function putInPlace(
  ctx: Context,
  editionId: string,
  file: EditionFile,
  bytes: Uint8Array,
): Promise<void> {
  const storage = fileStorage()
  if (!storage) throw unavailable('publications.no-storage', '现在取不到附件，请稍后再试。')
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-masked-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    const upload = { field: 'file', name: file.name, path, size: bytes.length, tooLarge: false }
    const copy = await storeUpload(ctx, upload, { siteId: file.siteId, storage })
    await stopUsingFile(ctx.db, editionId, file.id, file.role)
    await useFile(ctx.db, editionId, copy.id, { role: file.role, title: file.title, position: file.position })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
