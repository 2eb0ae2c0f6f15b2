import { beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../../app/kinds.ts'
import { registerKinds } from '../kind.ts'
import type { PublicView } from '../public-view.ts'
import { viewOf } from '../view-for-tests.ts'
import { organSchemaOf, schemaOrgOf } from './schema-org.ts'

beforeAll(() => registerKinds(kinds))

const site = { name: '云溪县人民政府', origin: 'http://www.yunxi.example', base: '' }
const nodesOf = (data: object) => (data as { '@graph': Record<string, unknown>[] })['@graph']
const item = (facts: Partial<PublicView> = {}) => nodesOf(schemaOrgOf(viewOf(facts), site))[0]
const work = (type: string, more: object = {}) => ({
  type,
  title: '旧办法',
  docNo: null,
  address: null,
  ...more,
})

/** Every value at any depth. */
function* valuesIn(value: unknown): Generator<unknown> {
  yield value
  if (value !== null && typeof value === 'object')
    for (const member of Object.values(value)) yield* valuesIn(member)
}
const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

describe('schemaOrgOf', () => {
  it('a policy is legislation, with number, day, who passed it and whether it is in force', () => {
    expect(item({ genre: '办法', effectiveFrom: '2026-12-01', validUntil: '2031-11-30' })).toMatchObject({
      '@type': 'Legislation',
      legislationIdentifier: '云政发〔2026〕12号',
      legislationType: '办法',
      legislationDate: '2026-11-01',
      legislationDateVersion: '2026-11-05',
      legislationPassedBy: [{ '@type': 'GovernmentOrganization', name: '云溪县人民政府' }],
      legislationLegalForce: 'https://schema.org/InForce',
      temporalCoverage: '2026-12-01/2031-11-30',
      url: 'http://www.yunxi.example/policies/7k2m9c4x3p',
    })
  })

  it.each([
    ['in-force', 'InForce'],
    ['amended', 'InForce'],
    ['partly-lapsed', 'PartiallyInForce'],
    ['not-yet', 'NotInForce'],
    ['repealed', 'NotInForce'],
    ['expired', 'NotInForce'],
  ] as const)('R-NOR: %s is %s', (validity, force) => {
    expect(item({ validity })?.legislationLegalForce).toBe(`https://schema.org/${force}`)
  })

  it.each<[string, Partial<PublicView>, string | undefined]>([
    ['open end', {}, '2026-11-01/..'],
    [
      'a repeal ends it the day before',
      { effectsOnIt: [work('repeals', { effectiveFrom: '2027-01-01' })] },
      '2026-11-01/2026-12-31',
    ],
    [
      'repealed before it began',
      { effectsOnIt: [work('repeals', { effectiveFrom: '2026-10-01' })] },
      undefined,
    ],
    ['no day stated', { signedOn: null }, undefined],
  ])('term: %s', (_, facts, expected) => {
    expect(item(facts)?.temporalCoverage).toBe(expected)
  })

  it('says what it repeals and changes, with the address of what is in the library', () => {
    const effects = [
      work('repeals', { docNo: '云政发〔2019〕3号', address: '/policies/2222222222', kind: 'policy' }),
      work('amends'),
    ]
    expect(item({ effects })).toMatchObject({
      legislationRepeals: [
        {
          '@type': 'Legislation',
          legislationIdentifier: '云政发〔2019〕3号',
          url: 'http://www.yunxi.example/policies/2222222222',
        },
      ],
      legislationChanges: [{ '@type': 'Legislation', name: '旧办法' }],
    })
  })

  it('other kinds say what they are and never speak of force', () => {
    const notice = item({ kind: 'notice', validity: null })
    expect(notice?.['@type']).toBe('Article')
    expect(Object.keys(notice ?? {}).filter(name => name.startsWith('legislation'))).toEqual([])
  })

  it('an archive item without a day states none', () => {
    expect(item({ archive: true })).not.toHaveProperty('datePublished')
  })

  it('S-META-03: nothing is null or empty, at any depth', () => {
    const data = schemaOrgOf(viewOf({ docNo: null, issuers: [], links: [work('cites')] }), site)
    expect([...valuesIn(data)].filter(isEmpty)).toEqual([])
  })

  it('leads the way from the home page', () => {
    const column = { path: 'policies', name: '政策', description: '', keywords: '', type: '政策文件' }
    const [, crumbs] = nodesOf(schemaOrgOf(viewOf({ columns: [column] }), site))
    expect(crumbs).toMatchObject({
      '@type': 'BreadcrumbList',
      itemListElement: [
        { position: 1, item: 'http://www.yunxi.example/' },
        { position: 2, name: '政策' },
        { position: 3, name: '云溪县节约用水办法' },
      ],
    })
  })
})

describe('organSchemaOf', () => {
  const organ = {
    id: '',
    key: 'slj',
    parentId: null,
    name: '云溪县水利局',
    shortName: '县水利局',
    type: 'department',
    level: 'county',
    uscc: null,
    docCodes: [],
    sortOrder: 0,
    establishedOn: null,
    abolishedOn: null,
    successorId: null,
    revision: 1,
    changedBy: '',
    changedAt: new Date(0),
  } as const

  it('names an organ, those above and below it, and nothing that is not known', () => {
    const facts = {
      organ: { ...organ, docCodes: [] },
      profile: null,
      parent: { key: 'yunxi', name: '云溪县人民政府' },
      children: [],
    }
    const data = organSchemaOf(facts, site)
    expect(nodesOf(data)[0]).toEqual({
      '@type': 'GovernmentOrganization',
      '@id': 'http://www.yunxi.example/organs/slj',
      url: 'http://www.yunxi.example/organs/slj',
      name: '云溪县水利局',
      alternateName: '县水利局',
      parentOrganization: {
        '@type': 'GovernmentOrganization',
        name: '云溪县人民政府',
        url: 'http://www.yunxi.example/organs/yunxi',
      },
    })
    expect([...valuesIn(data)].filter(isEmpty)).toEqual([])
  })
})
