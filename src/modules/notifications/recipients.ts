import type { PlainDate } from '#lib/beijing-time'
import type { Domain } from '#modules/duties'
import { listOrgans } from '#modules/organisations'
import { holdersOf, recipientsByIds, standInsOf } from '#modules/people'
import type { Role } from '#platform/actor'
import type { Database } from '#platform/db/database'

/** Whose matter something is: one officer's, or an organ's. */
export interface Matter {
  id: string
  organId: string
  officerId: string | null
  domain: Domain
}

/** In which order an organ is asked for somebody; the first roles that anybody holds are told. */
const usualSteps: readonly (readonly Role[])[] = [
  ['openness-office', 'department-head'],
  ['drafter'],
  ['general-office'],
]
const stepsOf = (domain: Domain): readonly (readonly Role[])[] =>
  domain === 'requests' ? [['case-officer'], ...usualSteps] : usualSteps
const asked = [...new Set([...stepsOf('requests').flat()])]

/**
 * Who is told of each matter: the officer who sees to it and whoever stands in for that person; without one at work, the
 * people of the organ whose role it is, deputies included; where nobody is, the openness office above.
 */
export async function responsibleFor(
  db: Database,
  on: PlainDate,
  matters: readonly Matter[],
): Promise<Map<string, string[]>> {
  const officerIds = [...new Set(matters.flatMap(matter => matter.officerId ?? []))]
  const [officers, standIns] = await Promise.all([
    recipientsByIds(db, officerIds),
    standInsOf(db, officerIds, on),
  ])
  const found = new Map<string, string[]>()
  const ofOrgans: Matter[] = []
  for (const matter of matters) {
    const { officerId } = matter
    const deputies = standIns.filter(one => one.absentId === officerId).map(one => one.deputyId)
    const people = officerId !== null && officers.has(officerId) ? [officerId, ...deputies] : deputies
    if (people.length > 0) found.set(matter.id, people)
    else ofOrgans.push(matter)
  }
  if (ofOrgans.length === 0) return found
  const organIds = [...new Set(ofOrgans.map(matter => matter.organId))]
  const holders = Map.groupBy(await holdersOf(db, { organIds, roles: asked }, on), holder => holder.organId)
  const nobody: Matter[] = []
  for (const matter of ofOrgans) {
    const here = holders.get(matter.organId) ?? []
    const step = stepsOf(matter.domain)
      .map(roles => here.filter(holder => roles.includes(holder.role)))
      .find(people => people.length > 0)
    if (step) found.set(matter.id, [...new Set(step.map(holder => holder.staffId))])
    else nobody.push(matter)
  }
  if (nobody.length > 0) await addOfficesAbove(db, on, nobody, found)
  return found
}

/** The openness office sits in the government's own organ, or in the office that works for it. */
async function addOfficesAbove(
  db: Database,
  on: PlainDate,
  matters: readonly Matter[],
  found: Map<string, string[]>,
): Promise<void> {
  const organs = await listOrgans(db)
  const byId = new Map(organs.map(organ => [organ.id, organ]))
  const offices = Map.groupBy(
    organs.filter(organ => organ.type === 'office'),
    organ => organ.parentId,
  )
  const holders = Map.groupBy(
    await holdersOf(db, { organIds: organs.map(organ => organ.id), roles: ['openness-office'] }, on),
    holder => holder.organId,
  )
  for (const matter of matters) {
    for (let id: string | null = matter.organId; id !== null; id = byId.get(id)?.parentId ?? null) {
      const places = [id, ...(offices.get(id) ?? []).map(organ => organ.id)]
      const people = places.flatMap(place => holders.get(place) ?? []).map(holder => holder.staffId)
      if (people.length === 0) continue
      found.set(matter.id, [...new Set(people)])
      break
    }
  }
}
