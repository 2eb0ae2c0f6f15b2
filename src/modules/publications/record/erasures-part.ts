import { sql } from 'kysely'
import { z } from 'zod'
import { canonical } from '#lib/canonical-json'
import { uuidv7 } from '#lib/ids'
import { appendEntries } from '#modules/transparency-log'
import { clockAt } from '#platform/clock'
import type { Database } from '#platform/db/database'
import {
  type Incoming,
  lineAs,
  type NumberedLine,
  type Outgoing,
  type RecordLine,
  type RecordPart,
} from '#platform/record'
import { entryOfErasure, erasureSubject } from '../erasure.ts'
import { publicationLines } from './write-publications.ts'

/**
 * What was erased by law travels with the record, by what remains: a restored older export, which still holds the words, takes the
 * texts of this list instead. The list holds none of what went.
 */
export const erasuresPart: RecordPart = {
  order: 55,
  file: 'erasures.jsonl',
  about:
    '依法删除个人信息的登记，一行一次。恢复更早的导出时请用 restore --erasures 一并给出，已删去的不再恢复。',
  fields: {
    uuid: '内部编号',
    publication: '发布物的公开编号',
    ground: '依据',
    confirmedAt: '删除的时刻',
    files: '删去的附件的公开编号',
    now: '删除以后的发布物，与 publications.jsonl 的一行相同',
  },
  async *write(out: Outgoing): AsyncGenerator<RecordLine[]> {
    const { rows } = await sql<{
      id: string
      of: string
      publicId: string
      ground: string
      at: string
      files: string[]
    }>`
      select r.id, r.publication_id as of, p.public_id, r.ground, to_jsonb(r.confirmed_at) #>> '{}' as at,
        array(select f.public_id from files f where f.id = any(r.file_ids) order by f.public_id) as files
      from erasures r join publications p on p.id = r.publication_id
      where r.entry is not null and (${out.siteId}::uuid is null or r.site_id = ${out.siteId}) order by r.id`.execute(
      out.db,
    )
    for (const row of rows) {
      const [now] = await publicationLines(out, [row.of])
      const { id: uuid, publicId: publication, ground, files } = row
      if (now) yield [{ uuid, publication, ground, confirmedAt: new Date(row.at).toISOString(), files, now }]
    }
  },
  async read({ db }: Incoming, batches: AsyncIterable<readonly NumberedLine[]>): Promise<void> {
    for await (const batch of batches) takeErasures(db, batch)
  },
}

const part = z.looseObject({ uuid: z.uuid() })
const erasureLine = z.looseObject({
  uuid: z.uuid(),
  publication: z.string(),
  ground: z.string(),
  confirmedAt: z.iso.datetime({ offset: true }),
  files: z.array(z.string()).default([]),
  now: z.looseObject({ uuid: z.uuid(), editions: z.array(part), acts: z.array(part) }),
})
type ErasureLine = z.output<typeof erasureLine>

/** What a restoring has been told, by its transaction. */
const told = new WeakMap<Database, Map<string, ErasureLine>>()

export function takeErasures(db: Database, lines: readonly NumberedLine[]): void {
  const known = told.get(db) ?? new Map<string, ErasureLine>()
  for (const one of lines) {
    const line = lineAs(erasureLine, one)
    const before = known.get(line.uuid)
    // Of two lists the newer one may know of a later erasure of the same publication
    known.set(line.uuid, before && before.now.editions.length > line.now.editions.length ? before : line)
  }
  told.set(db, known)
}

/** A line of an older export as it reads since: editions and acts that the list knows are taken from there. */
export function withoutErased(db: Database, one: NumberedLine): NumberedLine {
  const erased = [...(told.get(db)?.values() ?? [])].filter(line => line.now.uuid === one.value.uuid)
  let { value } = one
  for (const { now, files } of erased) value = replaced(value, now, new Set(files))
  return { number: one.number, value }
}

function replaced(line: RecordLine, now: ErasureLine['now'], gone: ReadonlySet<string>): RecordLine {
  const byUuid = (parts: readonly RecordLine[]) => new Map(parts.map(one => [one.uuid, one]))
  const [editions, acts] = [byUuid(now.editions), byUuid(now.acts)]
  const rest = (list: unknown) => (Array.isArray(list) ? (list as RecordLine[]) : [])
  const { editions: _e, acts: _a, ...facts } = line
  return {
    ...facts,
    ...(line.leftReason === undefined ? {} : { leftReason: now.leftReason ?? null }),
    editions: rest(line.editions).map(edition => {
      const clean = editions.get(edition.uuid)
      if (!clean) return edition
      const files = rest(edition.files).filter(({ file }) => !gone.has(String(file)))
      // The interval is that of the export: a later list may know of a later end
      return { ...clean, publicUntil: edition.publicUntil, ...(clean.textWithheld ? {} : { files }) }
    }),
    acts: rest(line.acts).map(act => ({ ...act, reason: (acts.get(act.uuid) ?? act).reason })),
    oldAddresses: rest(line.oldAddresses).map(one =>
      gone.has(String(one.file)) ? { ...one, file: null } : one,
    ),
  }
}

/** The register itself, and its leaves in the log that begins here. */
export async function restoreErasures({ db, now }: Incoming): Promise<void> {
  const clock = clockAt(() => now)
  for (const line of [...(told.get(db)?.values() ?? [])].sort((a, b) =>
    canonical(a.uuid) < canonical(b.uuid) ? -1 : 1,
  )) {
    const { rows } = await sql<{ id: string; siteId: string; kind: string; publicId: string; site: string }>`
      select p.id, p.site_id, p.kind, p.public_id, s.key as site from publications p join site_names s on s.id = p.site_id
      where p.public_id = ${line.publication}`.execute(db)
    const [of] = rows
    if (!of) continue
    const at = new Date(line.confirmedAt)
    const entry = await appendEntries(db, { clock }, [
      { subject: erasureSubject(of.publicId), entry: entryOfErasure({ ...of, ground: line.ground, at }, []) },
    ])
    await db
      .insertInto('erasures')
      .values({
        id: line.uuid,
        publicationId: of.id,
        siteId: of.siteId,
        ground: line.ground,
        reason: '恢复自导出文件',
        askedBy: '恢复自导出文件',
        askedById: uuidv7(),
        askedAt: at,
        confirmedBy: '恢复自导出文件',
        confirmedById: uuidv7(),
        confirmedAt: at,
        entry,
      })
      .execute()
  }
}
