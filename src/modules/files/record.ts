import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#platform/db/database'
import {
  byId,
  type Incoming,
  lineAs,
  lineOf,
  type NumberedLine,
  type Outgoing,
  putRows,
  type RecordChoices,
  RecordFault,
  type RecordLine,
  type RecordPart,
  wholeRow,
} from '#platform/record'
import { storageKeyOf } from './stored-file.ts'

/** The files that the editions of the record show. Their uses are told by the lines of the publications. */
export const record: readonly RecordPart[] = [
  {
    order: 50,
    file: 'files.jsonl',
    about: '附件和图片，一行一个；内容在 files/ 里，按 SHA-256 存放：files/前两位/全部64位。',
    fields: {
      id: '公开编号，是网址 /files/{id}/{name} 的一部分',
      site: '上传时的站点代码',
      name: '文件名',
      mediaType: '格式，按内容判断',
      size: '字节数',
      sha256: '内容的 SHA-256，也是 files/ 里的文件名',
      altText: '图片的替代文字',
    },
    write: writeFiles,
    read: readFiles,
    bytes(line) {
      const { sha256, size } = fileLine.parse(line)
      return { key: storageKeyOf(sha256), sha256, size }
    },
  },
]

const fileLine = z.looseObject({
  uuid: z.uuid(),
  id: z.string().regex(/^[2-9a-hjkmnp-z]{10}$/, '应是十位公开编号'),
  site: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '应是 64 位小写十六进制'),
  size: z.int().min(0),
})

/** What readers may open; the rest waits until somebody has looked through it (S-PII). */
const mayGo = ({ withClosed }: RecordChoices) =>
  sql<SqlBool>`(f.state = 'checked' and (${withClosed} or not f.held))`

async function* writeFiles(out: Outgoing): AsyncGenerator<RecordLine[]> {
  const sites = await siteKeys(out.db)
  await tellHeld(out)
  const files = byId(
    (after, limit) =>
      out.db
        .selectFrom('files as f')
        .select(['f.id', 'f.siteId', wholeRow('f').as('row')])
        .where(mayGo(out))
        .where('f.id', '>', after)
        .orderBy('f.id')
        .limit(limit)
        .execute(),
    500,
  )
  for await (const batch of files) {
    const shown = await filesGoing(
      out,
      batch.map(file => file.id),
    )
    yield batch
      .filter(file => shown.has(file.id))
      .map(({ id, siteId, row }) => ({
        uuid: id,
        id: row.public_id,
        site: sites.get(siteId),
        ...lineOf(row, notTold),
      }))
  }
}

async function tellHeld({ db, withClosed, note }: Outgoing): Promise<void> {
  if (withClosed) return
  const { held } = await db
    .selectFrom('files')
    .select(eb => eb.fn.countAll<number>().as('held'))
    .where('held', '=', true)
    .where('state', '=', 'checked')
    .executeTakeFirstOrThrow()
  if (held > 0) note(`${held} 个附件还没有核对、没有开放，没有导出。整体迁移时请加 --with-closed。`)
}

const notTold = [
  'id',
  'public_id',
  'site_id',
  'storage_key',
  'state',
  'refused_because',
  'uploaded_by',
  'uploaded_by_id',
]

/** Which of these files go along: id → public id. */
export async function filesGoing(out: Outgoing, fileIds: readonly string[]): Promise<Map<string, string>> {
  if (fileIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; publicId: string; editionId: string }>`
    select f.id, f.public_id, u.edition_id from files f join file_uses u on u.file_id = f.id
    where f.id = any(${fileIds}) and ${mayGo(out)}`.execute(out.db)
  const editions = await out.editionsShown(rows.map(row => row.editionId))
  return new Map(rows.flatMap(row => (editions.has(row.editionId) ? [[row.id, row.publicId]] : [])))
}

async function siteKeys(db: Database): Promise<Map<string, string>> {
  const rows = await db.selectFrom('siteNames').select(['id', 'key']).execute()
  return new Map(rows.map(row => [row.id ?? '', row.key ?? '']))
}

async function readFiles(into: Incoming, batches: AsyncIterable<readonly NumberedLine[]>): Promise<void> {
  const keys = await siteKeys(into.db)
  const sites = new Map([...keys].map(([id, key]) => [key, id]))
  const first = sites.values().next().value
  for await (const batch of batches) {
    const files = batch.map(one => {
      const { uuid, id, site, ...rest } = lineAs(fileLine, one)
      // Of an export of one site: a file may have come from another
      const siteId = sites.get(site) ?? first
      if (!siteId) throw new RecordFault(one.number, '没有任何站点，无法放入文件。')
      const row = {
        ...rest,
        id: uuid,
        publicId: id,
        siteId,
        state: 'checked',
        storageKey: storageKeyOf(rest.sha256),
        uploadedBy: '恢复自导出文件',
      }
      return { line: one.number, row }
    })
    await putRows(into.db, 'files', files)
  }
}

/** What editions show, for the lines of their publications: edition → uses in their order. */
export async function usesForRecord(
  db: Database,
  editionIds: readonly string[],
  choices: RecordChoices,
): Promise<Map<string, RecordLine[]>> {
  const { rows } = await sql<{ editionId: string; id: string; row: RecordLine }>`
    select u.edition_id, f.public_id as id, ${wholeRow('u')} as row from file_uses u join files f on f.id = u.file_id
    where u.edition_id = any(${editionIds}) and ${mayGo(choices)}
    order by u.edition_id, u.role, u.position, u.file_id`.execute(db)
  const uses = Map.groupBy(rows, row => row.editionId)
  return new Map(
    [...uses].map(([edition, all]) => [
      edition,
      all.map(({ id, row }) => ({ file: id, ...lineOf(row, ['edition_id', 'file_id']) })),
    ]),
  )
}

export interface RecordedUse {
  line: number
  editionId: string
  /** Public id of the file. */
  file: string
  /** The other columns. */
  row: RecordLine
}

/** Puts files back into editions that are not sealed yet. */
export async function restoreUses(db: Database, uses: readonly RecordedUse[]): Promise<void> {
  const ids = await restoredFiles(
    db,
    uses.map(use => use.file),
  )
  const rows = uses.map(({ line, editionId, file, row }) => {
    const fileId = ids.get(file)
    if (!fileId) throw new RecordFault(line, `所用的文件 ${file} 不在 files.jsonl 里。`)
    return { line, row: { ...row, editionId, fileId } }
  })
  await putRows(db, 'fileUses', rows)
}

/** Public id → id. */
export async function restoredFiles(
  db: Database,
  publicIds: readonly string[],
): Promise<Map<string, string>> {
  if (publicIds.length === 0) return new Map()
  const found = await db
    .selectFrom('files')
    .select(['id', 'publicId'])
    .where('publicId', 'in', [...new Set(publicIds)])
    .execute()
  return new Map(found.map(file => [file.publicId, file.id]))
}
