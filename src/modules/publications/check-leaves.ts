import { sql } from 'kysely'
import { canonical } from '#lib/canonical-json'
import { fromBase64, isSame } from '#lib/tlog/bytes'
import { commitmentOf, rootOf, saltOf } from '#lib/tlog/commitments'
import { nameOfField } from '#lib/tlog/field-names'
import { type CheckedLog, checkLog, entriesAt, type LogFault } from '#modules/transparency-log'
import type { Database } from '#platform/db/database'
import { byId } from '#platform/record'
import { type Commitments, commitmentsFor } from './commitment-queries.ts'
import { noted, readEditionRecords, readSaid, type Said, type SaidNow } from './edition-record.ts'
import { type ErasedField, entryOfErasure, erasureSubject } from './erasure.ts'
import { doneErasures, erasedFieldsOf } from './erasure-queries.ts'
import { addressOf } from './kind.ts'
import { entryOf, type LoggedAct, readActs, subjectOf } from './log-entry.ts'

export interface CheckedRecord extends Omit<CheckedLog, 'subjects'> {
  acts: number
  editions: number
}

/**
 * Counts everything again from the tables: what editions say → commitments → entries → tiles → signed heads, and names each item
 * that differs. Nothing is believed but the signed heads.
 */
export async function checkRecord(db: Database): Promise<CheckedRecord> {
  const { subjects, faults, ...log } = await checkLog(db)
  const meant = new Set(
    [...subjects].filter(([, subject]) => subject.startsWith('publication ')).map(([at]) => at),
  )
  const isFilled = await sql`select 1 from log_fill where done_at is not null`.execute(db)
  let acts = 0
  const actsById = byId((after, limit) => actsAfter(db, after, limit), 500)
  for await (const rows of actsById) {
    const known = await readActs(
      db,
      rows.map(row => row.id),
    )
    acts += rows.length
    const places = new Map(rows.map(row => [row.id, row.entry]))
    for (const row of rows) if (row.entry !== null) meant.delete(row.entry)
    faults.push(...(await checkActs(db, known, places, isFilled.rows.length > 0)))
  }
  for (const place of meant)
    faults.push({
      item: 'act',
      place: String(place),
      text: `第 ${place} 条记录没有对应的公开经过：经过被删除`,
    })
  faults.push(...(await checkErasures(db, subjects)))
  let editions = 0
  for await (const rows of byId((after, limit) => committedAfter(db, after, limit), 200)) {
    editions += rows.length
    faults.push(...(await checkEditions(db, rows)))
  }
  return { ...log, faults, acts, editions }
}

async function actsAfter(db: Database, after: string, limit: number) {
  const { rows } = await sql<{ id: string; entry: number | null }>`
    select a.id, l.entry from publishing_acts a left join logged_acts l on l.act_id = a.id
    where a.id > ${after} order by a.id limit ${limit}`.execute(db)
  return rows
}

async function checkActs(
  db: Database,
  acts: readonly LoggedAct[],
  places: ReadonlyMap<string, number | null>,
  isFilled: boolean,
): Promise<LogFault[]> {
  const faults: LogFault[] = []
  const entries = await entriesAt(
    db,
    [...places.values()].filter(place => place !== null),
  )
  const commitments = await commitmentsFor(
    db,
    acts.flatMap(act => act.editionId ?? []),
  )
  for (const act of acts) {
    const place = places.get(act.id) ?? null
    const address = addressOf(act)
    if (place === null) {
      if (isFilled)
        faults.push({ item: 'act', place: address, text: `${address} 的“${act.act}”没有写进日志` })
      continue
    }
    const entry = entries.get(place)
    const kept = act.textWithheld ? undefined : commitments.get(act.editionId ?? '')
    const meant = entryOf(act, kept && rootOf(kept.commitments))
    if (entry?.subject === subjectOf(act.publicId) && isSame(entry.entry, meant)) continue
    faults.push({
      item: 'act',
      place: address,
      text: `${address} 的“${act.act}”与日志第 ${place} 条不符：${differing(entry?.entry, meant)}`,
    })
  }
  return faults
}

/** Which members of two entries differ. */
function differing(entry: Uint8Array | undefined, meant: Uint8Array): string {
  if (!entry) return '这一条不在日志里'
  const [a, b] = [entry, meant].map(bytes => {
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    } catch {
      return {}
    }
  })
  const names = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])]
  return (
    names.filter(name => canonical(a?.[name] ?? null) !== canonical(b?.[name] ?? null)).join('、') || '格式'
  )
}

/** Every erasure stands in the log as it is recorded, and none stands there that is not. */
async function checkErasures(db: Database, subjects: ReadonlyMap<number, string>): Promise<LogFault[]> {
  const done = await doneErasures(db)
  const entries = await entriesAt(
    db,
    done.map(one => one.entry),
  )
  const known = new Set(done.map(one => one.entry))
  return [
    ...done.flatMap(one => {
      const entry = entries.get(one.entry)
      const meant = entryOfErasure(one, one.fields)
      if (entry?.subject === erasureSubject(one.publicId) && isSame(entry.entry, meant)) return []
      const text = `${addressOf(one)} 的依法删除与日志第 ${one.entry} 条不符：${differing(entry?.entry, meant)}`
      return [{ item: 'act' as const, place: addressOf(one), text }]
    }),
    ...[...subjects].flatMap(([place, subject]) =>
      subject.startsWith('erasure ') && !known.has(place)
        ? [
            {
              item: 'act' as const,
              place: String(place),
              text: `第 ${place} 条记录没有对应的依法删除：登记被删除`,
            },
          ]
        : [],
    ),
  ]
}

interface Committed {
  id: string
  publicId: string
  kind: string
  number: number
}

async function committedAfter(db: Database, after: string, limit: number): Promise<Committed[]> {
  const { rows } = await sql<Committed>`
    select c.edition_id as id, p.public_id, p.kind, e.number from edition_commitments c join editions e on e.id = c.edition_id
    join publications p on p.id = e.publication_id where c.edition_id > ${after} order by c.edition_id limit ${limit}`.execute(
    db,
  )
  return rows
}

async function checkEditions(db: Database, editions: readonly Committed[]): Promise<LogFault[]> {
  const ids = editions.map(({ id }) => id)
  const kept = await commitmentsFor(db, ids)
  const said = new Map([...kept].map(([id, one]) => [id, one.said]))
  const records = new Map((await readEditionRecords(db, ids, said)).map(record => [record.editionId, record]))
  const now = Map.groupBy(await readSaid(db, ids), one => one.editionId)
  const erased = await erasedFieldsOf(db, ids)
  return editions.flatMap(({ id, number, ...item }) => {
    const address = `${addressOf(item)}/editions/${number}`
    const one = kept.get(id)
    if (!one) return []
    return [
      ...checkFields(address, one, records.get(id)?.fields ?? {}, erased.get(id) ?? new Map()),
      ...checkSaid(address, one.said, now.get(id) ?? []),
    ]
  })
}

function checkFields(
  address: string,
  kept: Commitments,
  fields: Record<string, unknown>,
  erased: ReadonlyMap<string, ErasedField>,
): LogFault[] {
  const names = new Set([...kept.commitments.keys(), ...Object.keys(fields)])
  return [...names].flatMap(name => {
    const given = kept.salts?.[name]
    const salt = kept.seed ? saltOf(kept.seed, name) : given ? fromBase64(given) : null
    const commitment = kept.commitments.get(name)
    // What was erased lawfully has no salt any more; its erasure commits to what stands there now
    const again = erased.get(name)
    if (
      commitment &&
      !salt &&
      again?.salt &&
      name in fields &&
      isSame(commitmentOf(again.salt, name, fields[name]), again.commitment)
    )
      return []
    if (commitment && salt && name in fields && isSame(commitmentOf(salt, name, fields[name]), commitment))
      return []
    return [
      {
        item: 'edition' as const,
        place: address,
        text: `${address} 的“${nameOfField(name)}”与日志的承诺不符`,
      },
    ]
  })
}

/** What stands in the tables is what was noted; what was said twice of one work in other words may stand there once. */
function checkSaid(address: string, said: readonly Said[], now: readonly SaidNow[]): LogFault[] {
  const fault = (one: Said, how: string): LogFault => ({
    item: 'relation',
    place: address,
    text: `${address} 的${nameOfField(one.relation)}“${one.name}”（${one.type}${one.from ? `，自 ${one.from} 起` : ''}）${how}`,
  })
  const then = new Set(said.map(keyOf))
  const standing = new Set(now.map(one => keyOf(noted(one))))
  return [
    ...now.filter(one => !then.has(keyOf(noted(one)))).map(one => fault(one, '与封存时的不同')),
    ...said
      .filter(one => !standing.has(keyOf(one)))
      .filter(one => !now.some(other => then.has(keyOf(noted(other))) && isMerged(one, other)))
      .map(one => fault(one, '被删除或者改动')),
  ]
}

/** A work that an act of ours named may have been renamed since. */
const keyOf = ({ relation, type, by, name, from }: Said) =>
  [relation, type, by, by === 'work' ? '' : name, from ?? ''].join('\u0000')

const isMerged = (one: Said, other: SaidNow) =>
  other.relation === one.relation && other.type === one.type && [other.title, other.docNo].includes(one.name)
