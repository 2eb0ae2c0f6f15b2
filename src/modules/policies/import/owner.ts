import { formerNames, listOrgans, listOrgansBelow, type Organ, successorOf } from '#modules/organisations'
import type { Database } from '#platform/db/database'

/** Every name under which an organ of this installation may have signed. */
export interface KnownOrgans {
  byName: ReadonlyMap<string, readonly Organ[]>
  /** Organs of the site's own government: they win where names are alike, and only theirs may be short. */
  near: ReadonlySet<string>
}

export async function loadKnownOrgans(db: Database, siteOrganId: string): Promise<KnownOrgans> {
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
  return { byName, near }
}

/** The one organ of that name, now or formerly; null when there is none, or several and none of them near. */
export function organNamed(known: KnownOrgans, name: string): Organ | null {
  const found = known.byName.get(nameKey(name)) ?? []
  const near = found.filter(organ => known.near.has(organ.id))
  const [one, ...more] = near.length > 0 ? near : found
  return one && more.length === 0 ? one : null
}

/** Who keeps it today: what an abolished organ issued, its successor publishes. */
export async function keeperOf(db: Database, organ: Organ, today: string): Promise<Organ> {
  return organ.abolishedOn === null ? organ : successorOf(db, organ.id, today)
}

const nameKey = (name: string) => name.normalize('NFKC').replace(/\s+/g, '')
