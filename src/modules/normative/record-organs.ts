import { listOrgans } from '#modules/organisations'
import type { Database } from '#platform/db/database'
import { RecordFault } from '#platform/record'

const allOrgans = (db: Database) => listOrgans(db, { includeAbolished: true })
export const organKeys = async (db: Database) =>
  new Map((await allOrgans(db)).map(organ => [organ.id, organ.key]))
export const organIds = async (db: Database) =>
  new Map((await allOrgans(db)).map(organ => [organ.key, organ.id]))

export function organOf(ids: ReadonlyMap<string, string>, key: string, line: number): string {
  const id = ids.get(key)
  if (!id) throw new RecordFault(line, `机构“${key}”不在 organs.jsonl 里。`)
  return id
}
