import { describe, expect, it } from 'vitest'
import { type Actor, type Role, roles, system, visitor } from '#platform/actor'
import {
  mayCreateOrgan,
  mayEditOrgan,
  mayEditProfile,
  mayEditSite,
  mayMoveOrgan,
  mayRead,
  mayRestructure,
} from './policy.ts'

const holder = (role: Role, organId: string, reach: string[]): Actor => ({
  kind: 'staff',
  id: role,
  name: role,
  organId,
  posts: [{ role, organId, reach }],
})
const ofCounty = (role: Role) => holder(role, 'county', ['county', 'slj', 'zls', 'jyj'])
const ofBureau = (role: Role) => holder(role, 'slj', ['slj'])
const waterworks = { id: 'zls', above: ['slj', 'county'] }
const roots = ['county']

const acts = {
  'create-root': (actor: Actor) => mayCreateOrgan(actor, null, roots),
  'create-below': (actor: Actor) => mayCreateOrgan(actor, 'slj', roots),
  edit: (actor: Actor) => mayEditOrgan(actor, 'slj'),
  'move-to-other': (actor: Actor) => mayMoveOrgan(actor, 'slj', 'jyj', roots),
  'merge-into-other': (actor: Actor) => mayRestructure(actor, 'slj', 'jyj'),
  'edit-site': (actor: Actor) => mayEditSite(actor, 'slj'),
  'edit-profile-of-enterprise': (actor: Actor) => mayEditProfile(actor, waterworks),
  read: mayRead,
} as const
type Act = keyof typeof acts

const everything = Object.keys(acts) as Act[]
const administering = everything.filter(act => act !== 'edit-profile-of-enterprise')

/** Role × act: whoever is not named here may only read. */
const table: [string, Actor, Act[]][] = [
  ['the county’s system administrator', ofCounty('system-administrator'), administering],
  [
    'a bureau’s own system administrator',
    ofBureau('system-administrator'),
    ['create-below', 'edit', 'edit-site', 'read'],
  ],
  ['the county’s openness office', ofCounty('openness-office'), ['edit-profile-of-enterprise', 'read']],
  [
    'the openness office of the bureau above',
    ofBureau('openness-office'),
    ['edit-profile-of-enterprise', 'read'],
  ],
  ['the openness office of a bureau aside', holder('openness-office', 'jyj', ['jyj']), ['read']],
  ['the system itself', system('样例'), everything],
  ['a visitor', visitor, []],
  ...(Object.keys(roles) as Role[])
    .filter(role => role !== 'system-administrator' && role !== 'openness-office')
    .map((role): [string, Actor, Act[]] => [roles[role], ofCounty(role), ['read']]),
]

describe('who may change organs and sites', () => {
  it.each(table)('%s', (_, actor, allowed) => {
    expect(everything.filter(act => acts[act](actor))).toEqual(allowed)
  })
})
