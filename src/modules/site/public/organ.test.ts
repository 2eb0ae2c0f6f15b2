import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createOrgan,
  createOrganInput,
  restructure,
  restructureInput,
  saveProfile,
  saveProfileInput,
} from '#modules/organisations'
import type { Page } from '#platform/http/reply'
import { openTestSite, type TestSite } from './site-for-tests.ts'

let here: TestSite
const ask = (address: string) => here.ask(address)

beforeAll(async () => {
  here = await openTestSite()
}, 120_000)

afterAll(() => here.close())

describe('organs', () => {
  it('shows the profile of today and what the organ published last', async () => {
    await saveProfile(
      here.ctx,
      saveProfileInput.parse({
        organId: here.county.department.id,
        validFrom: '2026-01-01',
        functions: ['负责水资源管理'],
        leaders: [{ name: '罗建平', post: '局长', duties: '主持全面工作' }],
        sections: [],
        address: '清渠路16号',
        officeHours: '',
        phone: '0990-5550130',
        fax: '',
        email: '',
        postcode: '',
        opennessOffice: { name: '', officer: '', phone: '', address: '', fax: '', email: '' },
      }),
    )
    const { words, reply } = await ask(`/organs/${here.county.department.key}`)
    expect(words).toContain('负责水资源管理')
    expect(words).toContain('罗建平')
    expect(words).toContain('县里开会部署冬修')
    expect((reply as Page).column?.type).toBe('机构职能,负责人信息')
  })

  it('keeps the page of an abolished organ and leads to its successor', async () => {
    const other = await makeGrainBureau()
    await restructure(
      here.ctx,
      restructureInput.parse({
        organId: other.id,
        kind: 'merged',
        successorId: here.county.department.id,
        happenedOn: '2026-10-31',
        reason: '机构改革',
      }),
    )
    const { words, links } = await ask(`/organs/${other.key}`)
    expect(words).toContain('已于2026年10月31日撤销')
    expect(links).toContain(`/organs/${here.county.department.key}`)
    expect((await ask('/organs')).links).not.toContain(`/organs/${other.key}`)
  })
})

function makeGrainBureau() {
  return createOrgan(
    here.ctx,
    createOrganInput.parse({
      key: 'yunxi-lsj',
      name: '云溪县粮食局',
      shortName: '县粮食局',
      type: 'department',
      level: 'county',
      parentId: here.county.government.id,
      docCodes: [],
    }),
  )
}
