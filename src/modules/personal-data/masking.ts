import { dateInBeijing } from '#lib/beijing-time'
import { invalid } from '#lib/errors'
import { closeFiles, type EditionFile, everythingIn, type Piece, replaceInFile } from '#modules/files'
import type { Context } from '#platform/context'
import { findingKey, insertDecisions } from './actions/decide-findings.ts'
import { type FindingRow, findCheck, findingsOf } from './check-queries.ts'
import { bytesOf } from './file-bytes.ts'
import { findPersonalData } from './find-personal-data.ts'
import { lookThrough, piecesOf } from './look-through.ts'
import { keepOriginal } from './original-queries.ts'
import { ownContacts } from './own-contacts.ts'
import { type HashOf, hashWith } from './salted-hash.ts'
import type { Subject } from './subject.ts'

/** What is to be put instead of what, in the text and in copies of files. */
export interface Masking {
  /** Words as they stand in title, facts and body → masked. */
  words: ReadonlyMap<string, string>
  /** Files with the values replaced; each was read again and nothing is left. */
  files: readonly { file: EditionFile; bytes: Uint8Array }[]
}

/** Makes a clean copy of a PDF or a picture, or null; proved by whoever makes it. */
type Mask = (
  name: string,
  bytes: Uint8Array,
  find: (text: string) => readonly { at: number; end: number }[],
) => Promise<Uint8Array | null>
let maskOfPages: Mask | null = null

/** Told once by `app`: redaction stands above this module and knows pages. */
export function registerMask(mask: Mask): void {
  maskOfPages = mask
}

/** @throws invalid `personal-data.cannot-mask` for a file that only a person can clean. */
export async function prepareMasking(
  ctx: Pick<Context, 'db' | 'clock'>,
  subject: Subject,
  keys: readonly string[],
  /** What earlier revisions of the same text said: the same value may be written otherwise there. */
  former: readonly Pick<Subject, 'title' | 'facts' | 'bodyHtml'>[] = [],
): Promise<Masking> {
  const chosen = await chosenOf(ctx, subject, keys)
  const hash = await hashWith(ctx.db)
  const own = await ownContacts(ctx.db, subject.organId, dateInBeijing(ctx.clock.now()))
  const inText = chosen.filter(one => one.fileId === null)
  const words = new Map(
    [subject, ...former.map(one => ({ ...one, files: [] }))].flatMap(one =>
      piecesOf(one).flatMap(([, pieces]) => [...wordsToMask(pieces, inText, hash, own)]),
    ),
  )
  const files: { file: EditionFile; bytes: Uint8Array }[] = []
  for (const file of subject.files) {
    const inFile = chosen.filter(one => one.fileId === file.id)
    if (inFile.length > 0) files.push({ file, bytes: await cleanCopy(file, inFile, hash) })
  }
  return { words, files }
}

async function chosenOf(
  ctx: Pick<Context, 'db'>,
  subject: Subject,
  keys: readonly string[],
): Promise<FindingRow[]> {
  const chosen = (await findingsOf(ctx.db, subject.editionId)).filter(one => keys.includes(findingKey(one)))
  if (chosen.length === 0) throw invalid('personal-data.none-chosen', '请勾选要遮盖的几处。')
  if (chosen.some(one => one.kind === 'wrong-word'))
    throw invalid('personal-data.word-not-masked', '错敏词不能遮盖，请回到稿子改正，或者由审查人员决定保留。')
  return chosen
}

/** As they are written in these pieces: `350128 1990…` in blanks and full-width figures is masked as it stands. */
function wordsToMask(
  pieces: readonly Piece[],
  chosen: readonly FindingRow[],
  hash: HashOf,
  own: ReadonlySet<string>,
): Map<string, string> {
  const wanted = new Set(chosen.map(one => one.valueHash))
  const words = new Map<string, string>()
  for (const piece of pieces)
    for (const found of findPersonalData(piece.text, { ...piece, own }))
      if (wanted.has(hash(found.kind, found.value)))
        words.set(piece.text.slice(found.at, found.end), found.masked)
  return words
}

/** Removes, never covers (S-PII-08), and proves it: the copy is read again by the same reader. */
async function cleanCopy(
  file: EditionFile,
  chosen: readonly FindingRow[],
  hash: HashOf,
): Promise<Uint8Array> {
  const bytes = await bytesOf(file)
  const nobody = new Set<string>()
  const cannot = invalid(
    'personal-data.cannot-mask',
    `机器不能可靠地遮盖附件《${file.name}》里的这几处（${[...new Set(chosen.map(one => one.place))].slice(0, 3).join('；')}）。` +
      '请用原来的软件删去这些内容，另存以后换上新的附件。',
  )
  if (!bytes || chosen.some(one => one.kind === 'unread')) throw cannot
  if (/\.(?:pdf|png|jpe?g)$/i.test(file.name))
    return (await cleanPages(file, bytes, chosen, hash)) ?? thrown(cannot)
  if (chosen.some(one => one.kind === 'position')) throw cannot
  const before = await everythingIn(file.name, bytes)
  const copy = await replaceInFile(file.name, bytes, wordsToMask(before.pieces, chosen, hash, nobody)).catch(
    () => null,
  )
  if (!copy) throw cannot
  const after = await everythingIn(file.name, copy)
  const isClean = wordsToMask(after.pieces, chosen, hash, nobody).size === 0
  // A copy that cannot be read, or says much less, is no copy
  const isWhole =
    after.unread.length <= before.unread.length && after.pieces.length >= before.pieces.length * 0.9
  if (!isClean || !isWhole) throw cannot
  return copy
}

/** A PDF is drawn anew without the values; a picture loses what it says of itself. What is found again is no copy. */
async function cleanPages(
  file: EditionFile,
  bytes: Uint8Array,
  chosen: readonly FindingRow[],
  hash: HashOf,
): Promise<Uint8Array | null> {
  const wanted = new Set(chosen.map(one => one.valueHash))
  const find = (text: string) =>
    findPersonalData(text).filter(found => wanted.has(hash(found.kind, found.value)))
  const copy = (await maskOfPages?.(file.name, bytes, find)) ?? null
  if (!copy) return null
  const after = await everythingIn(file.name, copy)
  const isClean =
    wordsToMask(after.pieces, chosen, hash, new Set()).size === 0 &&
    after.pieces.every(piece => piece.kind !== 'position')
  return isClean ? copy : null
}

function thrown(error: Error): never {
  throw error
}

/**
 * After the draft was written anew: it is looked through again, and refused when anything of what was to be masked is left. The
 * original goes into the closed zone and the decision on record.
 */
export async function finishMasking(
  ctx: Pick<Context, 'db' | 'clock' | 'actor'>,
  before: Subject,
  after: Subject,
  keys: readonly string[],
  reason: string,
): Promise<number> {
  const { db } = ctx
  const check = await findCheck(db, before.editionId)
  const chosen = await chosenOf(ctx, before, keys)
  const { findings } = await lookThrough(ctx, after)
  const left = findings.filter(one => keys.includes(findingKey(one)))
  if (!check || left.length > 0)
    throw invalid(
      'personal-data.not-clean',
      `遮盖以后重新检查，还有 ${left.length} 处没有去掉：${left.map(one => one.place).join('；')}。没有保存，请手工修改。`,
    )
  const { title, bodyHtml, facts } = before
  const files = before.files
    .filter(file => chosen.some(one => one.fileId === file.id))
    .map(({ id, name }) => ({ id, name }))
  await closeFiles(
    db,
    files.map(file => file.id),
    ctx.clock.now(),
  )
  await keepOriginal(db, ctx, check, check.title, { title, bodyHtml, facts, files })
  await insertDecisions(db, ctx, check, chosen, { decision: 'masked', reason: reason || '遮盖后公开' })
  return chosen.length
}
