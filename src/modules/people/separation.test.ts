import { describe, expect, it } from 'vitest'
import { type Role, roles } from '#platform/actor'
import { administratorRoles, isAdministrator, separationFault } from './separation.ts'

const all = Object.keys(roles) as Role[]
const pairs = all.flatMap(one => all.map(other => [one, other] as const))

describe('separation of powers (S-SEC-06)', () => {
  it.each(pairs)('%s beside %s', (one, other) => {
    const allowed = one === other || (!isAdministrator(one) && !isAdministrator(other))
    expect(separationFault([one, other]) === null).toBe(allowed)
  })

  it('names both roles and the remedy', () => {
    expect(separationFault(['system-administrator', 'audit-administrator'])).toBe(
      '“系统管理员”和“审计管理员”必须由不同的人担任（三员分立）。请另选一个人。',
    )
    expect(separationFault(['drafter', 'signer', 'security-administrator'])).toContain(
      '“安全管理员”的人不能再担任其他角色（“起草人”）',
    )
  })

  it('lets one person do several kinds of ordinary work, and nothing at all', () => {
    expect(separationFault(all.filter(role => !isAdministrator(role)))).toBeNull()
    expect(separationFault([])).toBeNull()
    expect(administratorRoles).toHaveLength(3)
  })
})
