import { describe, expect, it } from 'vitest'
import { type Actor, type Role, roles, system, visitor } from '#platform/actor'
import { mayAdd } from './policy.ts'

const ofBureau = (role: Role): Actor => ({
  kind: 'staff',
  id: role,
  name: roles[role],
  organId: 'slj',
  posts: [{ role, organId: 'slj', reach: ['slj'] }],
})
const adding: readonly Role[] = ['drafter', 'openness-office']

/** Who × own organ, another organ. */
const table: [string, Actor, boolean, boolean][] = [
  ['a visitor', visitor, false, false],
  ['the system itself', system('样例'), true, true],
  ...(Object.keys(roles) as Role[]).map((role): [string, Actor, boolean, boolean] => [
    roles[role],
    ofBureau(role),
    adding.includes(role),
    false,
  ]),
]

describe('who may add bamboo slips', () => {
  it.each(table)('%s', (_, actor, own, other) => {
    expect([mayAdd(actor, 'slj'), mayAdd(actor, 'jyj')]).toEqual([own, other])
  })
})
