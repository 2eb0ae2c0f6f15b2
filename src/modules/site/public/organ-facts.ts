import type { PlainDate } from '#lib/beijing-time'
import { plansOfOrgan } from '#modules/ledger'
import {
  currentProfile,
  type FormerName,
  findOrgan,
  formerNames,
  listOrgans,
  listRestructurings,
  type Organ,
  type OrganProfile,
  type Restructuring,
  standsOn,
  successorOf,
} from '#modules/organisations'
import { policyKinds } from '#modules/policies'
import { countPublic, type Listed, listPublic } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { platformPath } from '../platform.ts'

export interface OrganFacts {
  organ: Organ
  /** What it says of itself today. */
  profile: OrganProfile | null
  parent: Organ | null
  children: Organ[]
  /** Set once it no longer acts: who acts in its place. */
  successor: Organ | null
  formerNames: FormerName[]
  restructurings: { own: Restructuring[]; takenOver: Restructuring[] }
  newest: Listed[]
  /** Plans in which it has tasks. */
  plans: Awaited<ReturnType<typeof plansOfOrgan>>
  guide: Listed | null
  counts: { all: number; policies: number; platform: number }
}

export async function organFacts(ctx: PublicContext, organ: Organ, today: PlainDate): Promise<OrganFacts> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const its = { siteId: site.id, organId: organ.id }
  const [profile, parent, organs, names, restructurings, newest, guides, policies, platform, plans] =
    await Promise.all([
      currentProfile(db, organ.id, today),
      organ.parentId ? findOrgan(db, organ.parentId) : null,
      listOrgans(db),
      formerNames(db, organ.id),
      listRestructurings(db, organ.id),
      listPublic(db, now, its, { page: 1, pageSize: 8 }),
      listPublic(db, now, { ...its, kinds: ['disclosure-guide'] }, { page: 1, pageSize: 1 }),
      countPublic(db, now, { ...its, kinds: policyKinds }),
      countPublic(db, now, { ...its, columnPath: platformPath }),
      plansOfOrgan(ctx, organ.key),
    ])
  const successor = standsOn(organ, today) ? null : await successorOf(db, organ.id, today)
  return {
    organ,
    profile,
    parent,
    children: organs.filter(other => other.parentId === organ.id),
    successor: successor && successor.id !== organ.id ? successor : null,
    formerNames: names,
    restructurings,
    newest: newest.rows,
    plans,
    guide: guides.rows[0] ?? null,
    counts: { all: newest.total, policies, platform },
  }
}
