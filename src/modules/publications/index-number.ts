import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/**
 * Next index number of an organ, `USCC/YYYYMM-NNNNN` (R-CATG-04). The row is locked until the act commits, so two
 * officers never get the same; a number once given is not given again, also after a withdrawal (S-IDX-02).
 */
export async function allocateIndexNumber(db: Database, organId: string, month: string): Promise<string> {
  const [number] = await allocateIndexNumbers(db, [organId], month)
  if (number === undefined) throw new Error(`no index number for organ ${organId}`)
  return number
}

/** Many at once: one for each organ that is named, in their order. */
export async function allocateIndexNumbers(
  db: Database,
  organIds: readonly string[],
  month: string,
): Promise<string[]> {
  const counters = await countersOf(db, organIds)
  const numbers: (string | null)[] = organIds.map(() => null)
  for (;;) {
    const missing = numbers.flatMap((number, at) => (number === null ? [at] : []))
    if (missing.length === 0) return numbers.flatMap(number => number ?? [])
    const asked = missing.map(at => counterOf(counters, organIds[at] ?? ''))
    const next = await takeSerials(db, asked, month)
    const taken = missing.map((at, index) => {
      const { prefix, counter } = asked[index] as Counter
      const serial = next.get(counter) ?? 1
      next.set(counter, serial + 1)
      return { at, number: `${prefix}/${month}-${String(serial).padStart(5, '0')}` }
    })
    // An organ whose code was corrected may come upon numbers that another has given
    const { rows } = await sql<{ indexNo: string }>`
      select index_no from publications where index_no = any(${taken.map(one => one.number)}::text[])`.execute(
      db,
    )
    const given = new Set(rows.map(row => row.indexNo))
    for (const { at, number } of taken) if (!given.has(number)) numbers[at] = number
  }
}

interface Counter {
  prefix: string
  counter: string
}

/** @returns the first serial of each counter that is the caller's now. */
async function takeSerials(
  db: Database,
  asked: readonly Counter[],
  month: string,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { counter } of asked) counts.set(counter, (counts.get(counter) ?? 0) + 1)
  // In one order, so that two acts never wait for each other's rows
  const rows = [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
  const { rows: last } = await sql<{ organId: string; last: number }>`
    insert into index_serials (organ_id, month, last)
    select x.organ_id, ${month}, x.wanted
    from unnest(${rows.map(([organ]) => organ)}::uuid[], ${rows.map(([, wanted]) => wanted)}::int[]) as x(organ_id, wanted)
    on conflict (organ_id, month) do update set last = index_serials.last + excluded.last
    returning organ_id, last`.execute(db)
  return new Map(last.map(row => [row.organId, row.last - (counts.get(row.organId) ?? 0) + 1]))
}

/** Organs of one code (an office and its government) share the count of the oldest of them. */
async function countersOf(db: Database, organIds: readonly string[]): Promise<Map<string, Counter>> {
  const { rows } = await sql<Counter & { id: string }>`
    select o.id, coalesce(o.uscc, o.key) as prefix,
      (select same.id from organ_names same where same.id = o.id or same.uscc = o.uscc order by same.id limit 1) as counter
    from organ_names o where o.id = any(${[...new Set(organIds)]}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

function counterOf(counters: ReadonlyMap<string, Counter>, organId: string): Counter {
  const counter = counters.get(organId)
  if (!counter) throw new Error(`no organ ${organId}`)
  return counter
}
