import { describe, expect, it } from 'vitest'
import { organFacts, profileContent, siteSettings } from './input.ts'
import { mustStand, splitDocCodes, standsOn, usccWarning } from './organ.ts'
import { emptyFooter, siteWarnings } from './site.ts'

const facts = {
  parentId: '',
  name: ' 云溪县水利局 ',
  shortName: '县水利局',
  type: 'department',
  level: 'county',
}

describe('an organ', () => {
  it('acts until the evening of its last day', () => {
    const organ = { name: '云溪县粮食局', abolishedOn: '2025-03-31' }
    expect(standsOn(organ, '2025-03-31')).toBe(true)
    expect(standsOn(organ, '2025-04-01')).toBe(false)
    expect(() => mustStand(organ, '2025-03-31')).not.toThrow()
    expect(() => mustStand(organ, '2025-04-01')).toThrow('2025年3月31日撤销')
  })

  it.each([
    ['91350100M000100Y43', null],
    ['91350100M000100Y44', '应当是“3”'],
    ['119900000000000001', '校验码'],
    ['1199000000000O0001', '不用 I、O、S、V、Z'],
    ['123', '18位'],
  ])('warns of a credit code that GB 32100 would not make: %s', (code, warning) => {
    if (warning === null) expect(usccWarning(code)).toBeNull()
    else expect(usccWarning(code)).toContain(warning)
  })

  it('takes a credit code with a wrong check character, since it heads the index numbers in use (R-CATG-04)', () => {
    expect(organFacts.parse({ ...facts, uscc: '119900000000000001' }).uscc).toBe('119900000000000001')
    expect(organFacts.safeParse({ ...facts, uscc: '1199' }).success).toBe(false)
  })

  it('reads the document codes out of one line', () => {
    expect(splitDocCodes('云政发、云政规，云政发 云政办发')).toEqual(['云政发', '云政规', '云政办发'])
    expect(organFacts.safeParse({ ...facts, docCodes: '云政发〔2026〕3号' }).success).toBe(false)
  })

  it('is read from a form as from code: blank means not stated', () => {
    expect(organFacts.parse({ ...facts, uscc: '', docCodes: '', sortOrder: '', establishedOn: '' })).toEqual({
      ...facts,
      parentId: null,
      name: '云溪县水利局',
      uscc: null,
      docCodes: [],
      sortOrder: 0,
      establishedOn: null,
    })
  })

  it.each(['2026-02-30', '2026年2月3日'])('refuses a founding day that does not exist: %s', establishedOn => {
    expect(organFacts.safeParse({ ...facts, establishedOn }).success).toBe(false)
  })
})

describe('what an organ says of itself (A2)', () => {
  it('drops rows left empty and names the fault of a row half filled', () => {
    const empty = { name: '', post: ' ', duties: '' }
    const leader = { name: '陈宏达', post: '局长', duties: '' }
    expect(profileContent.parse({ leaders: [empty, leader, empty] }).leaders).toEqual([leader])
    const refused = profileContent.safeParse({ leaders: [{ ...empty, duties: '主持全面工作' }] })
    expect(refused.error?.issues.map(issue => issue.path.join('.'))).toContain('leaders.0.name')
  })

  it('takes functions one a line', () => {
    expect(profileContent.parse({ functions: '负责供水。\r\n\r\n 负责防汛。' }).functions).toEqual([
      '负责供水。',
      '负责防汛。',
    ])
  })
})

describe('a site', () => {
  const settings = {
    organId: '01890000-0000-7000-8000-000000000001',
    name: '云溪县人民政府',
    shortName: '云溪县政府',
    domain: 'WWW.yunxi.gov.cn',
    siteCode: '9900000001',
  }

  it.each([
    ['9900000001', true],
    ['bm01000001', true],
    ['990000001', false],
    ['bm0100000', false],
    ['BM01000001', false],
  ])('has a site code of ten characters (S-ID-01): %s', (siteCode, right) => {
    expect(siteSettings.safeParse({ ...settings, siteCode }).success).toBe(right)
  })

  it('keeps host names only, in small letters', () => {
    expect(siteSettings.parse({ ...settings, hosts: 'A.yunxi.gov.cn\nb.yunxi.gov.cn' })).toMatchObject({
      domain: 'www.yunxi.gov.cn',
      hosts: ['a.yunxi.gov.cn', 'b.yunxi.gov.cn'],
    })
    expect(siteSettings.safeParse({ ...settings, domain: 'https://yunxi.gov.cn/' }).success).toBe(false)
  })

  it('refuses a badge address that would run a script', () => {
    const footer = { badgeUrl: 'javascript:alert(1)' }
    expect(siteSettings.safeParse({ ...settings, footer }).success).toBe(false)
  })

  it('is told what its footer still lacks (S-ID-02) and what its domain should be (S-DOM-01, S-DOM-02)', () => {
    const town = { type: 'township', name: '青石镇人民政府' } as const
    const warnings = siteWarnings({ domain: 'qsz.example', footer: emptyFooter }, town).join('')
    for (const words of ['.gov.cn', '乡镇、街道', 'ICP备案编号', '找错', '联系方式'])
      expect(warnings).toContain(words)
  })
})
