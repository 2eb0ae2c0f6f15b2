import { describe, expect, it } from 'vitest'
import { standsIn } from './deputy.ts'
import { localPath, withQuery } from './local-path.ts'
import { addressSubject, nameSubject } from './lock-out.ts'
import { needsSecondFactor, passwordIsDue, sessionState } from './login-rules.ts'
import { oneTimePassword, passwordFault } from './password-rules.ts'
import { base32, secretInGroups } from './second-factor.ts'
import { heldOn, username } from './staff.ts'

describe('password rules (S-SEC-01)', () => {
  it.each([
    ['Xk7-short', '太短'],
    ['alllowercase', '太简单'],
    ['lower12345678', '太简单'],
    ['Shenxiaolan-77', '用户名'],
    ['my.SHENXIAOLAN.1', '用户名'],
    ['Password1234', '太常见'],
    ['P@ssw0rd2026', '太常见'],
    ['Admin@2026!!', '太常见'],
    ['Woaini1314!', '太常见'],
    ['Mingtang-2026', '太常见'],
    ['Ab!123456789', '太常见'],
    ['Zz!aaaaaaaa', '太常见'],
    ['Ok-9876543210', '太常见'],
  ])('refuses %s', (password, why) => {
    expect(passwordFault(password, 'shenxiaolan')).toContain(why)
  })

  it.each(['Xk7-long-enough', '溪水向东流到海A1b', 'correct Horse 7 battery', 'Q7w!Zx9@Lm'])(
    'takes %s',
    password => {
      expect(passwordFault(password, 'shenxiaolan')).toBeNull()
    },
  )

  it('refuses one that no field would take', () => {
    expect(passwordFault(`Aa1${'x7Q'.repeat(50)}`, 'shenxiaolan')).toContain('太长')
  })

  it('makes one-time passwords that meet them and never repeat', () => {
    const made = new Set(Array.from({ length: 300 }, oneTimePassword))
    expect(made.size).toBe(300)
    for (const password of made) {
      expect(passwordFault(password, 'shenxiaolan')).toBeNull()
      expect(password).toMatch(/^[2-9A-HJKMNP-Za-hjkmnp-z]{4}(-[2-9A-HJKMNP-Za-hjkmnp-z]{4}){3}$/)
    }
  })

  it('asks for another password after the days of the rule', () => {
    const rules = { passwordDays: 90 }
    const set = { mustChangePassword: false, passwordChangedAt: new Date('2026-08-25T00:00:00Z') }
    expect(passwordIsDue(set, rules, new Date('2026-11-22T23:59:59Z'))).toBe(false)
    expect(passwordIsDue(set, rules, new Date('2026-11-23T00:00:00Z'))).toBe(true)
    expect(passwordIsDue({ ...set, mustChangePassword: true }, rules, set.passwordChangedAt)).toBe(true)
  })
})

describe('sessions (S-SEC-02)', () => {
  const rules = { idleMinutes: 30, longestHours: 12 }
  const at = (text: string) => new Date(`2026-11-23T${text}:00Z`)
  it.each([
    ['08:00', '08:29', '08:58', 'live'],
    ['08:00', '08:29', '08:59', 'expired'],
    ['08:00', '19:50', '19:59', 'live'],
    ['08:00', '19:50', '20:00', 'expired'],
  ])('begun %s, last seen %s, is at %s %s', (startedAt, lastSeenAt, now, state) => {
    const times = { startedAt: at(startedAt), lastSeenAt: at(lastSeenAt), endedAt: null }
    expect(sessionState(times, rules, at(now))).toBe(state)
  })
  it('that was ended by an act is ended, not expired', () => {
    const times = { startedAt: at('08:00'), lastSeenAt: at('08:00'), endedAt: at('08:01') }
    expect(sessionState(times, rules, at('09:00'))).toBe('ended')
  })
})

describe('second factor (S-SEC-04)', () => {
  it.each([
    ['everybody', ['drafter'], true],
    ['everybody', [], true],
    ['administrators', ['drafter'], false],
    ['administrators', ['audit-administrator'], true],
    ['nobody', ['system-administrator'], false],
  ] as const)('rule %s asks %j: %s', (secondFactor, held, asked) => {
    expect(needsSecondFactor({ secondFactor }, held)).toBe(asked)
  })
  it('writes secrets as authenticators take them (RFC 4648 §10)', () => {
    expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map(base32)).toEqual([
      '',
      'MY',
      'MZXQ',
      'MZXW6',
      'MZXW6YQ',
      'MZXW6YTB',
      'MZXW6YTBOI',
    ])
    expect(secretInGroups('otpauth://totp/x?secret=ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  })
})

describe('lock-out subjects', () => {
  it('take an IPv6 address by its /64 (S-IP6-02)', () => {
    expect(addressSubject('2001:db8:1:2:aaaa::1')).toBe('address:2001:db8:1:2::/64')
    expect(addressSubject('2001:0DB8:0001:0002:bbbb:cccc:dddd:eeee')).toBe('address:2001:db8:1:2::/64')
    expect(addressSubject('2001:db8::1')).toBe('address:2001:db8:0:0::/64')
    expect(addressSubject('::1')).toBe('address:0:0:0:0::/64')
    expect(addressSubject('::ffff:192.0.2.7')).toBe('address:192.0.2.7')
    expect(addressSubject('192.0.2.7')).toBe('address:192.0.2.7')
  })
  it('take a name whatever its case', () => {
    expect(nameSubject(' ShenXiaolan ')).toBe('name:shenxiaolan')
    expect(username.parse(' ShenXiaolan ')).toBe('shenxiaolan')
  })
})

describe('a path to go back to', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'evil',
    '',
    '/a\nb',
    '/\t/evil.example',
  ])('is none: %j', path => expect(localPath(path)).toBeNull())
  it('keeps its query, unless it has no end', () => {
    expect(localPath(`/${'a'.repeat(3000)}`)).toBeNull()
    expect(localPath('/people?page=2&words=a')).toBe('/people?page=2&words=a')
    expect(localPath('/a/../b')).toBe('/b')
    expect(withQuery('/drafts/1?tab=body', 'kept', 'x y')).toBe('/drafts/1?tab=body&kept=x+y')
  })
})

describe('days of posts and deputies', () => {
  const days = { fromOn: '2026-11-23', untilOn: '2026-11-25', endedAt: null }
  it.each([
    ['2026-11-22', false],
    ['2026-11-23', true],
    ['2026-11-25', true],
    ['2026-11-26', false],
  ])('count both ends: %s %s', (day, held) => {
    expect(heldOn(days, day)).toBe(held)
    expect(standsIn(days, day)).toBe(held)
    expect(standsIn({ ...days, endedAt: new Date() }, day)).toBe(false)
  })
})
