import { formerNames, listOrgans, listOrgansBelow, type Organ, successorOf } from '#modules/organisations'
import type { Database } from '#platform/db/database'

/** Every name under which an organ of this installation may have signed. */
export interface KnownOrgans {
  byName: ReadonlyMap<string, readonly Organ[]>
  /** Organs of the site's own government: they win where names are alike, and only theirs may be short. */
  near: ReadonlySet<string>
  /** Who keeps today what an abolished organ issued, by its id. */
  keepers: ReadonlyMap<string, Organ>
}

export async function loadKnownOrgans(
  db: Database,
  siteOrganId: string,
  today: string,
): Promise<KnownOrgans> {
  const [organs, below] = await Promise.all([
    listOrgans(db, { includeAbolished: true }),
    listOrgansBelow(db, siteOrganId),
  ])
  const near = new Set(below)
  const byName = new Map<string, Organ[]>()
  const add = (name: string, organ: Organ) => {
    const key = nameKey(name)
    const known = byName.get(key) ?? []
    if (!known.includes(organ)) byName.set(key, [...known, organ])
  }
  const former = await Promise.all(organs.map(organ => formerNames(db, organ.id)))
  for (const [index, organ] of organs.entries()) {
    add(organ.name, organ)
    if (near.has(organ.id)) add(organ.shortName, organ)
    for (const { name } of former[index] ?? []) add(name, organ)
  }
  const abolished = organs.filter(organ => organ.abolishedOn !== null)
  const keepers = await Promise.all(abolished.map(organ => successorOf(db, organ.id, today)))
  return {
    byName,
    near,
    keepers: new Map(abolished.map((organ, index) => [organ.id, keepers[index] ?? organ])),
  }
}

/** The one organ of that name, now or formerly; null when there is none, or several and none of them near. */
export function organNamed(known: KnownOrgans, name: string): Organ | null {
  const found = known.byName.get(nameKey(name)) ?? []
  const near = found.filter(organ => known.near.has(organ.id))
  const [one, ...more] = near.length > 0 ? near : found
  return one && more.length === 0 ? one : null
}

/** Who keeps it today: what an abolished organ issued, its successor publishes. */
export const keeperOf = (known: KnownOrgans, organ: Organ): Organ => known.keepers.get(organ.id) ?? organ

const nameKey = (name: string) => name.normalize('NFKC').replace(/\s+/g, '')
