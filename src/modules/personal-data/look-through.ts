import { dateInBeijing } from '#lib/beijing-time'
import { plainText } from '#lib/plain-text'
import { everythingInHtml, type Piece } from '#modules/files'
import { findWrongWords, type WordList, wordsInUse } from '#modules/wording'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type FindingRow, findingsOf, isUndecided, saveCheck } from './check-queries.ts'
import { lookIntoFiles } from './look-into-files.ts'
import { maskText } from './mask-text.ts'
import { ownContacts } from './own-contacts.ts'
import type { PlaceKind } from './place.ts'
import { type HashOf, hashWith } from './salted-hash.ts'
import type { Subject, Trace } from './subject.ts'
import { readerVersion, tracesIn } from './traces.ts'

export interface Looked {
  findings: FindingRow[]
  /** Names of attachments that are still being read. */
  waiting: string[]
}

/**
 * Looks through everything that would go out with an edition: title, facts, body, names of files, and the files themselves, and
 * for wrong words (S-PII-07, S-WORD-03). What is found replaces what was found before; decisions stay.
 */
export async function lookThrough(ctx: Pick<Context, 'db' | 'clock'>, subject: Subject): Promise<Looked> {
  const { db, clock } = ctx
  const now = clock.now()
  const [hash, own, words] = await Promise.all([
    hashWith(db),
    ownContacts(db, subject.organId, dateInBeijing(now)),
    wordsInUse(db),
  ])
  const { found, waiting } = await lookIntoFiles(ctx, subject.files)
  const traces = [
    ...textTraces(subject, hash, own),
    ...wordTraces(subject, hash, words),
    ...subject.files.flatMap(file =>
      (found.get(file.id) ?? []).map(trace => ({
        ...trace,
        place: maskText(`${file.role === 'picture' ? '图片' : '附件'}《${file.name}》${trace.place}`),
        fileId: file.id,
      })),
    ),
  ]
  await saveCheck(
    db,
    { ...subject, title: maskText(subject.title) },
    { checkedAt: now, readWith: readWith(words), waiting: waiting.length },
    traces,
  )
  return { findings: await findingsOf(db, subject.editionId), waiting: waiting.map(file => file.name) }
}

/** By which a public text is known to have been read with just this detection and this list of words. */
const readWith = (words: Pick<WordList, 'fingerprint'>): string => `${readerVersion} ${words.fingerprint}`

/** The same, for those who ask which public texts have been read already. */
export const publicReadWith = async (db: Database): Promise<string> => readWith(await wordsInUse(db))

/** What blocks: undecided findings, and files that nobody has looked into yet. */
export const undecidedOf = (looked: Looked): FindingRow[] => looked.findings.filter(isUndecided)

/** The texts of the edition itself, by kind of place. */
export function piecesOf(
  subject: Pick<Subject, 'title' | 'facts' | 'bodyHtml' | 'files'>,
): [PlaceKind, Piece[]][] {
  const piece = (text: string, place: string) => ({ text, place, kind: 'text' as const })
  return [
    ['title', [piece(subject.title, '标题')]],
    ['facts', subject.facts.map(({ label, value }) => ({ ...piece(value, `“${label}”一栏`), head: label }))],
    ['body', everythingInHtml(subject.bodyHtml).map(one => ({ ...one, place: `正文 › ${one.place}` }))],
    [
      'attachment-name',
      subject.files.flatMap(file => [
        piece(file.name.replace(/\.\w+$/, ''), '附件的文件名'),
        piece(file.title, '附件的标题'),
        piece(file.altText ?? '', '图片的说明'),
      ]),
    ],
  ]
}

const textTraces = (subject: Subject, hash: HashOf, own: ReadonlySet<string>): Trace[] =>
  piecesOf(subject).flatMap(([placeKind, pieces]) =>
    tracesIn(pieces, hash, own).map(trace => ({ ...trace, placeKind })),
  )

function wordTraces(subject: Subject, hash: HashOf, list: WordList): Trace[] {
  const places: [PlaceKind, string, string][] = [
    ['title', '标题', subject.title],
    ...subject.facts.map(({ label, value }): [PlaceKind, string, string] => [
      'facts',
      `“${label}”一栏`,
      value,
    ]),
    ['body', '正文', plainText(subject.bodyHtml)],
  ]
  return places.flatMap(([placeKind, place, text]) =>
    findWrongWords(text, list.words).map(({ word, excerpt, seen }) => ({
      kind: 'wrong-word',
      certainty: word.severity,
      place: maskText(`${place}：${excerpt}`),
      placeKind,
      masked: seen,
      valueHash: hash('wrong-word', word.text),
      note: word.replacement ? `建议改为“${word.replacement}”（${word.source}）` : `词表：${word.source}`,
      fileId: null,
    })),
  )
}
