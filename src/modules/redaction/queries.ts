import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { Ground } from './engine/box.ts'
import type { LeftOut, Word } from './engine/page.ts'
import type { Rect } from './engine/pdfium.ts'
import type { Fault } from './engine/prove.ts'

export const states = {
  reading: '正在读取',
  open: '等待遮盖',
  burning: '正在制作',
  proved: '已制作并核验',
  refused: '核验没有通过',
  unreadable: '读不了',
} as const
export type State = keyof typeof states

export interface Redaction {
  id: string
  organId: string
  purpose: string | null
  title: string
  fileName: string
  sourceKey: string
  state: State
  pageCount: number | null
  pagesDone: number
  leftOut: LeftOut[]
  faults: Fault[]
  resultKey: string | null
  resultSha256: string | null
  resultSize: number | null
  startedBy: string
  startedAt: Date
}

export interface BoxRow {
  id: string
  /** In which order they came. */
  serial: number
  page: number
  rect: Rect
  ground: Ground
  note: string
  state: 'proposed' | 'accepted' | 'rejected'
  proposedBy: string
  decidedBy: string | null
}

export interface PageRow {
  number: number
  width: number
  height: number
  pictureKey: string
  words: Word[]
  unseen: number
}

const columns = sql`id, organ_id, purpose, title, file_name, source_key, state, page_count, pages_done, left_out, faults,
  result_key, result_sha256, result_size::float8 as result_size, started_by, started_at`

export async function findRedaction(db: Database, id: string, lock = false): Promise<Redaction | null> {
  const { rows } =
    await sql<Redaction>`select ${columns} from redactions where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      db,
    )
  return rows[0] ?? null
}

/** The newest of these organs. */
export async function listRedactions(db: Database, organIds: readonly string[]): Promise<Redaction[]> {
  const { rows } =
    await sql<Redaction>`select ${columns} from redactions where organ_id = any(${organIds}::uuid[])
    order by started_at desc limit 200`.execute(db)
  return rows
}

export async function listWaiting(db: Database): Promise<Redaction[]> {
  const { rows } =
    await sql<Redaction>`select ${columns} from redactions where state in ('reading', 'burning')
    order by started_at limit 20`.execute(db)
  return rows
}

export async function findPage(db: Database, id: string, number: number): Promise<PageRow | null> {
  const { rows } =
    await sql<PageRow>`select number, width, height, picture_key, words, unseen from redaction_pages
    where redaction_id = ${id} and number = ${number}`.execute(db)
  return rows[0] ?? null
}

export async function listPages(db: Database, id: string): Promise<PageRow[]> {
  const { rows } =
    await sql<PageRow>`select number, width, height, picture_key, words, unseen from redaction_pages
    where redaction_id = ${id} order by number`.execute(db)
  return rows
}

export async function listBoxes(db: Database, id: string): Promise<BoxRow[]> {
  const { rows } = await sql<BoxRow>`select id, serial, page, ground, note, state, proposed_by, decided_by,
      json_build_object('left', rect_left, 'top', rect_top, 'width', rect_width, 'height', rect_height) as rect
    from redaction_boxes where redaction_id = ${id} order by page, rect_top, rect_left, id`.execute(db)
  return rows
}

export async function changeRedaction(
  db: Database,
  id: string,
  to: {
    state?: State
    pageCount?: number
    pagesDone?: number
    leftOut?: string
    faults?: string
    resultKey?: string
    resultSha256?: string
    resultSize?: number
    finishedAt?: Date
  },
): Promise<void> {
  await db.updateTable('redactions').set(to).where('id', '=', id).execute()
}
