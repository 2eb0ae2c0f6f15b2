import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDown } from '#modules/publications'
import { hostileTitle, type OpenSite, openSite, policyFacts } from '../../open-data/open-data-for-tests.ts'

let here: OpenSite
let policy: { id: string; publicId: string }

beforeAll(async () => {
  here = await openSite()
  policy = await here.add(
    { ...policyFacts, title: '云溪县节约用水办法', docNo: '云政发〔2026〕12号' },
    '2026-11-05 10:00',
  )
}, 120_000)

afterAll(() => here.close())

describe('the citation of an item as a file', () => {
  it.each([
    ['bib', 'application/x-bibtex; charset=utf-8', 'urldate = {2026-11-23}'],
    ['ris', 'application/x-research-info-systems; charset=utf-8', 'Y2  - 2026/11/23/'],
    ['json', 'application/vnd.citationstyles.csl+json; charset=utf-8', '"number": "云政发〔2026〕12号"'],
  ])('.%s', async (format, type, expected) => {
    const { status, text, headers } = await here.get(`/policies/${policy.publicId}/cite.${format}`)
    expect([status, headers['content-type']]).toEqual([200, type])
    expect(headers['content-disposition']).toBe(`attachment; filename="${policy.publicId}.${format}"`)
    expect(text).toContain(expected)
    expect((await here.get(`/policies/${policy.publicId}`)).text).toContain(`/cite.${format}"`)
  })

  it('states the day on which it is fetched', async () => {
    const address = `/policies/${policy.publicId}/cite.bib`
    await here.get(address)
    here.setTime('2026-11-24 00:00')
    expect((await here.get(address)).text).toContain('urldate = {2026-11-24}')
    here.setTime('2026-11-23 09:00')
  })

  it('is not there for what nobody may read, and for forms that do not exist', async () => {
    const item = await here.add({ title: hostileTitle }, '2026-11-20 10:00')
    const address = (format: string) => `/notices/${item.publicId}/cite.${format}`
    expect((await here.get(address('ris'))).status).toBe(200)
    for (const wrong of ['doc', 'constructor', '%00', 'bib.json'])
      expect((await here.get(address(wrong))).status, wrong).toBe(404)
    // Under another family of addresses it is not known
    expect((await here.get(`/policies/${item.publicId}/cite.ris`)).status).toBe(404)
    await takeDown(here.ctx, { publicationId: item.id, how: 'withdrawn', reason: '内容有误', to: '' })
    await expect.poll(async () => (await here.get(address('ris'))).status).toBe(404)
    const scheduled = await here.add({ title: '还没有公开' }, '2026-12-01 10:00')
    expect((await here.get(`/notices/${scheduled.publicId}/cite.json`)).status).toBe(404)
  })
})
