import { fromBase64, isSame, toBase64, utf8 } from './bytes.ts'
import { commitmentOf, rootOf } from './commitments.ts'
import { nameOfField } from './field-names.ts'
import { leafHash } from './merkle.ts'
import type { Verifier } from './note.ts'
import { type ProofFault, prove, readProof } from './proof.ts'

/** What the proof file of an edition carries beside the proof: its leaf, and what opens the commitments of what is public. */
export interface EditionExtra {
  /** The leaf, byte for byte. */
  entry: string
  /** Field → Base64, of the fields that are public. */
  salts: Record<string, string>
  /** Field → Base64, of all of them: their root stands in the leaf. */
  commitments: Record<string, string>
  /** What a saved page does not say in the same words: other works as they were named, and files. */
  values: Record<string, unknown>
  /** Fields that were erased by law, and where the log tells it: nothing opens their commitments any more. */
  erased?: Record<string, number>
}

/** What the leaf of an edition says. */
export interface EditionEntry {
  act: string
  site: string
  kind: string
  id: string
  edition: number
  at: string
  publicAt: string
  root: string
}

export interface Checked {
  /** Nothing is wrong. */
  holds: boolean
  /** What is wrong, in words. */
  faults: string[]
  entry: EditionEntry | null
  index: number | null
  size: number | null
  origin: string | null
  /** Witnesses that have seen this head of the log; when, in seconds since 1970. */
  witnesses: { name: string; time: number | null }[]
  /** Fields that the publisher says were erased by law, and which entry of the log tells so. */
  erased: { field: string; entry: number }[]
  /** Fields of the saved page that are as they were published. */
  same: string[]
  /** The file that was compared, by its title. */
  file: string | null
}

const proofFaults: Record<ProofFault, string> = {
  'no-checkpoint': '证明里没有日志头，或者格式不对',
  'another-log': '证明属于另一个日志，不是这把公钥的日志',
  'not-signed': '日志头的签名不对：不是这把公钥签的，或者内容被改过',
  'not-included': '证明里的记录不在签署的日志里：记录、位置或者路径被改过',
}

/** The name of the log that a proof speaks of. */
export const originIn = (proof: string): string | null =>
  readProof(proof)?.checkpoint.split('\n', 1)[0] || null

/**
 * Checks a proof file, and against it the saved JSON of a page or the bytes of an attachment. Nothing is asked of anybody.
 * @param against.saved as `JSON.parse` gave it; `sha256`: of a file, in hexadecimal
 */
export function checkEditionProof(
  text: string,
  keys: { log: Verifier; witnesses?: readonly Verifier[] },
  against: { saved?: unknown; sha256?: string | undefined } = {},
): Checked {
  const checked: Checked = {
    holds: false,
    faults: [],
    entry: null,
    index: null,
    size: null,
    origin: null,
    witnesses: [],
    erased: [],
    same: [],
    file: null,
  }
  const proof = readProof(text)
  const extra = proof?.extra && readExtra(proof.extra)
  if (!proof || !extra) return { ...checked, faults: ['这不是存证文件，或者文件不完整'] }
  const proved = prove(leafHash(utf8(extra.entry)), proof, keys.log, keys.witnesses)
  if (typeof proved === 'string') return { ...checked, faults: [proofFaults[proved]] }
  const entry = readEntry(extra.entry)
  if (!entry) return { ...checked, faults: ['日志里的这条记录不是一个版本'] }
  Object.assign(checked, {
    entry,
    index: proof.index,
    size: proved.checkpoint.size,
    origin: proved.checkpoint.origin,
    witnesses: proved.witnesses.map(({ by, time }) => ({ name: by.name, time })),
  })
  if (rootIn(extra) !== entry.root)
    return { ...checked, faults: ['证明里的承诺与日志里的记录对不上：证明被改过'] }
  for (const [name, at] of Object.entries(extra.erased ?? {}))
    if (name in extra.commitments && !(name in extra.salts) && Number.isSafeInteger(at))
      checked.erased.push({ field: nameOfField(name), entry: at })
  for (const [name, value] of Object.entries(extra.values))
    if (!fits(extra, name, value)) checked.faults.push(`证明里的“${nameOfField(name)}”被改过`)
  if (against.saved !== undefined) compareSaved(checked, entry, extra, against.saved)
  if (against.sha256 !== undefined) compareFile(checked, extra, against.sha256.toLowerCase())
  return { ...checked, holds: checked.faults.length === 0 }
}

function readExtra(bytes: Uint8Array): EditionExtra | null {
  const extra = readJson(new TextDecoder().decode(bytes)) as Partial<EditionExtra> | null
  const isNamed = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof extra?.entry === 'string' && [extra.salts, extra.commitments, extra.values].every(isNamed)
    ? (extra as EditionExtra)
    : null
}

function readEntry(text: string): EditionEntry | null {
  const entry = readJson(text) as (Partial<EditionEntry> & { v?: number; log?: string }) | null
  const isEdition = entry?.v === 1 && entry.log === 'publication' && typeof entry.edition === 'number'
  return isEdition && typeof entry.root === 'string' && typeof entry.id === 'string'
    ? (entry as EditionEntry)
    : null
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Whether a value opens its commitment. */
function fits(extra: EditionExtra, name: string, value: unknown): boolean {
  const salt = fromBase64(extra.salts[name] ?? '')
  const commitment = fromBase64(extra.commitments[name] ?? '')
  return salt !== null && commitment !== null && isSame(commitmentOf(salt, name, value), commitment)
}

/** The root that the commitments of the proof amount to. */
function rootIn(extra: EditionExtra): string {
  const commitments = Object.entries(extra.commitments).map(([name, text]): [string, Uint8Array] => [
    name,
    fromBase64(text) ?? new Uint8Array(),
  ])
  return toBase64(rootOf(new Map(commitments)))
}

/** Fields of a saved page under the names that are committed to. */
const savedFields: Record<string, (page: Saved) => unknown> = {
  title: page => page.title,
  docNo: page => page.docNo,
  issuers: page => page.issuers,
  signedOn: page => page.signedOn,
  effectiveFrom: page => page.effectiveFrom,
  validUntil: page => page.validUntil,
  genre: page => page.genre,
  theme: page => page.theme,
  keywords: page => page.keywords,
  summary: page => page.summary,
  source: page => page.source,
  author: page => page.author,
  bodyHtml: page => page.bodyHtml,
  fields: page => page.fields,
  changeNote: page => page.edition?.changeNote,
  indexNo: page => page.indexNo,
  kind: page => page.kind,
  organ: page => page.organ?.key,
}

interface SavedWork {
  type: string
  title: string
  docNo: string | null
  effectiveFrom?: string
}
type Saved = Record<string, unknown> & {
  on?: string
  edition?: { number?: number; publicFrom?: string; changeNote?: string | null }
  organ?: { key?: string }
  links?: SavedWork[]
  effects?: SavedWork[]
  attachments?: { href: string | null; title: string; size: number }[]
}

function compareSaved(checked: Checked, entry: EditionEntry, extra: EditionExtra, saved: unknown): void {
  const page = saved as Saved | null
  const { faults, same } = checked
  if (typeof page !== 'object' || page === null || typeof page.id !== 'string') {
    faults.push('保存的文件不是页面的 JSON：请用存证旁边的“保存这一版（JSON）”')
    return
  }
  if (page.on !== undefined) {
    faults.push('保存的是某一天的样子（?on=），请保存不带日期的 JSON')
    return
  }
  if (page.id !== entry.id || page.edition?.number !== entry.edition) {
    faults.push(
      `保存的是 ${page.id} 第 ${page.edition?.number} 版，证明的是 ${entry.id} 第 ${entry.edition} 版`,
    )
    return
  }
  if (page.edition.publicFrom !== entry.publicAt) faults.push('“公开时间”与发布时的不同')
  for (const [name, read] of Object.entries(savedFields)) {
    if (!(name in extra.commitments) || !(name in extra.salts)) continue
    if (fits(extra, name, read(page))) same.push(nameOfField(name))
    else faults.push(`“${nameOfField(name)}”与发布时的不同`)
  }
  const given = Object.entries(extra.values)
  compareWorks(checked, extra, 'link', page.links ?? [])
  compareWorks(checked, extra, 'effect', page.effects ?? [])
  compareAttachments(checked, given, page.attachments ?? [])
}

interface GivenWork {
  type: string
  name: string
  from: string | null
}

function compareWorks(
  { faults, same }: Checked,
  extra: EditionExtra,
  relation: 'link' | 'effect',
  works: readonly SavedWork[],
): void {
  const mine = Object.keys(extra.commitments).filter(name => name.startsWith(`${relation}.`))
  const said = mine.filter(name => name in extra.values).map(name => extra.values[name] as GivenWork)
  const isIt = (one: GivenWork, work: SavedWork) =>
    one.type === work.type &&
    one.from === (work.effectiveFrom ?? null) &&
    [work.title, work.docNo].includes(one.name)
  const added = works.filter(work => !said.some(one => isIt(one, work)))
  const label = nameOfField(relation)
  // Works that are not public yet may be told by their number alone
  const untold = mine.length - said.length
  for (const work of added.length > untold ? added : [])
    faults.push(`“${label}”里的《${work.title}》发布时没有，或者说法、日期不同`)
  // What names one work twice is told once
  for (const one of said.filter(one => !works.some(work => isIt(one, work))))
    if (works.length < said.length ? !works.some(work => work.type === one.type) : added.length === 0)
      faults.push(`“${label}”里少了发布时有的《${one.name}》`)
  if (works.length > 0 && added.length === 0) same.push(label)
}

interface GivenFile {
  role: string
  title: string
  name: string
  size: number
  sha256: string
}

const filesOf = (given: readonly [string, unknown][]): GivenFile[] =>
  given.filter(([name]) => name.startsWith('file.')).map(([, value]) => value as GivenFile)

function compareAttachments(
  { faults, same }: Checked,
  given: readonly [string, unknown][],
  attachments: NonNullable<Saved['attachments']>,
): void {
  const files = filesOf(given).filter(file => file.role === 'attachment')
  const isIt = (file: GivenFile, one: { title: string; size: number }) =>
    (file.title || file.name) === one.title && file.size === one.size
  const open = attachments.filter(one => one.href !== null)
  const wrong = open.filter(one => !files.some(file => isIt(file, one)))
  for (const one of wrong) faults.push(`附件“${one.title}”发布时没有，或者大小不同`)
  for (const file of files.filter(file => !attachments.some(one => isIt(file, one))))
    faults.push(`少了发布时有的附件“${file.title || file.name}”`)
  if (open.length > 0 && wrong.length === 0) same.push('附件')
}

function compareFile(checked: Checked, extra: EditionExtra, sha256: string): void {
  const [name, file] =
    Object.entries(extra.values).find(
      ([name, value]) => name.startsWith('file.') && (value as GivenFile).sha256 === sha256,
    ) ?? []
  if (name === undefined || !fits(extra, name, file))
    checked.faults.push('这个文件不是发布时的附件：内容（SHA-256）与承诺的都不相同')
  else checked.file = (file as GivenFile).title || (file as GivenFile).name
}
