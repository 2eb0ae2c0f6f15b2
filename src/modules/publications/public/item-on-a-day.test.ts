import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctPublic } from '../../../../test/make/corrected.ts'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { documentFacts, instant, makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { takeDown } from '../actions/take-down.ts'
import { registerAround } from '../around.ts'
import { itemRoutes } from './item.page.tsx'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const ask = (address: string) => visit(readerOf(house.system, house.at.site), itemRoutes('policies'), address)
const publish = (facts: object, moment: string) =>
  makePublic(house.system, house.at, facts as Record<string, unknown>, instant(moment))

let old: { publicId: string; id: string }
let fresh: { publicId: string; id: string }

beforeAll(async () => {
  old = await publish(
    documentFacts('旧停车办法', {
      docNo: '云政规〔2021〕1号',
      signedOn: '2020-12-20',
      effectiveFrom: '2021-01-01',
      bodyHtml: '<p>旧办法的正文。</p>',
    }),
    '2020-12-25 09:00',
  )
  fresh = await publish(
    documentFacts('新停车办法', {
      docNo: '云政规〔2024〕3号',
      signedOn: '2023-12-01',
      effectiveFrom: '2024-01-01',
      validUntil: '2028-12-31',
      repeals: '云政规〔2021〕1号 《旧停车办法》 @ 2024-01-01\n云政规〔2015〕9号 《更旧的办法》 @ 2024-01-01',
    }),
    '2023-12-05 09:00',
  )
})

describe('what was in force on a day (R-NOR, S-PLT-08)', () => {
  it('says what a document was worth on a past day, why, and until when', async () => {
    const { words, links, reply } = await ask(`/policies/${old.publicId}?on=2023-05-01`)
    expect(words).toContain('2023年5月1日：现行有效。')
    expect(words).toContain('2021年1月1日起施行；2024年1月1日起被《新停车办法》（云政规〔2024〕3号）废止')
    expect(words).toContain('旧办法的正文')
    expect(links).toContain(`/policies/${old.publicId}`)
    expect(reply).toMatchObject({
      canonical: `/policies/${old.publicId}`,
      noIndex: true,
      dependsOn: undefined,
    })
  })

  it.each([
    ['2020-12-22', '尚未施行', '2021年1月1日起施行'],
    ['2024-01-01', '已废止', '2024年1月1日起被'],
    ['2030-01-01', '已废止', '按目前公开的文件推算'],
  ])('on %s: %s', async (day, word, why) => {
    const { words } = await ask(`/policies/${old.publicId}?on=${day}`)
    expect(words).toContain(word)
    expect(words).toContain(why)
  })

  it('tells of a future day what is known today', async () => {
    const { words } = await ask(`/policies/${fresh.publicId}?on=2029-01-01`)
    expect(words).toContain('2029年1月1日：已失效。')
    expect(words).toContain('有效期至2028年12月31日')
    expect(words).toContain('以后公开的文件可能改变它')
  })

  it('says of a day before the document existed that it did not exist, and shows no text', async () => {
    const { words, status } = await ask(`/policies/${old.publicId}?on=2019-05-01`)
    expect(status).toBe(200)
    expect(words).toContain('2019年5月1日：还不存在。')
    expect(words).toContain('2020年12月20日才成文')
    expect(words).not.toContain('旧办法的正文')
  })

  it.each(['2023-02-30', 'gestern', '<i>'])(
    'answers a day that does not exist with a message: %s',
    async day => {
      const { words, status, html } = await ask(`/policies/${old.publicId}?on=${encodeURIComponent(day)}`)
      expect(status).toBe(422)
      expect(words).toContain('没有这一天')
      expect(words).toContain('旧办法的正文')
      expect(html).not.toContain('<i>')
    },
  )

  it('asks by a form that works without scripts', async () => {
    const { html } = await ask(`/policies/${old.publicId}`)
    expect(html).toMatch(new RegExp(`<form[^>]*method="get"[^>]*action="/policies/${old.publicId}"`))
    expect(html).toMatch(/<input[^>]*type="date"[^>]*name="on"/)
  })

  it('gives the same to machines', async () => {
    const { reply } = await ask(`/policies/${old.publicId}.json?on=2023-05-01`)
    expect(JSON.parse(String(reply.kind === 'content' && reply.body))).toMatchObject({
      on: '2023-05-01',
      validity: 'in-force',
    })
  })
})

describe('the course of a document', () => {
  it('names what repealed it and when, and on the other page what was repealed, in the library or not', async () => {
    const { words, links } = await ask(`/policies/${old.publicId}`)
    expect(words).toContain('这份文件已经废止')
    expect(words).toContain('2024年1月1日起被《新停车办法》')
    expect(words).toMatch(/效力沿革[\s\S]*成文[\s\S]*公开发布[\s\S]*施行[\s\S]*被废止/)
    expect(links).toContain(`/policies/${fresh.publicId}`)
    const newer = await ask(`/policies/${fresh.publicId}`)
    expect(newer.words).toMatch(/废止了[\s\S]*《更旧的办法》/)
    expect(newer.links).toContain(`/policies/${old.publicId}`)
    expect(newer.words).toMatch(/尚未到：有效期满2028年12月31日/)
  })

  it('makes a link of a name by itself when the document arrives', async () => {
    const oldest = await publish(
      documentFacts('更旧的办法', {
        docNo: '云政规〔2015〕9号',
        kind: 'policy',
        column: 'policies',
        signedOn: '2015-03-01',
        effectiveFrom: '',
      }),
      '2026-11-01 09:00',
    )
    expect((await ask(`/policies/${fresh.publicId}`)).links).toContain(`/policies/${oldest.publicId}`)
    const { words } = await ask(`/policies/${oldest.publicId}?on=2020-01-01`)
    expect(words).toContain('2020年1月1日：现行有效。')
    expect(words).toContain('没有写明施行日期，自成文之日（2015年3月1日）起算')
    expect(words).toContain('本站从2026年11月1日起公开这份文件')
  })
})

describe('editions', () => {
  let item: { publicId: string; id: string }
  beforeAll(async () => {
    house.setTime('2026-11-23 10:00')
    item = await publish(
      documentFacts('供水办法', {
        docNo: '云政规〔2025〕8号',
        signedOn: '2025-02-01',
        effectiveFrom: '2025-03-01',
        bodyHtml: '<p>第一条　水费每半年公布一次。</p><p>第二条　县水利局负责。</p>',
      }),
      '2025-02-10 09:00',
    )
    await correctPublic(house, item.id, {
      title: '供水管理办法',
      changeNote: '按新的规定修改',
      bodyHtml: '<p>第一条　水费每季度公布一次。</p><p>第二条　县水利局负责。</p>',
    })
  })

  it('shows the text that was public on the day', async () => {
    const then = await ask(`/policies/${item.publicId}?on=2025-06-01`)
    expect(then.words).toContain('水费每半年公布')
    expect(then.words).toContain('下面是当天公开的第 1 版文字')
    expect((await ask(`/policies/${item.publicId}?on=2026-12-01`)).words).toContain('水费每季度公布')
    const before = await ask(`/policies/${item.publicId}?on=2025-02-05`)
    expect(before.words).toContain('水费每半年公布')
    expect(before.words).toContain('下面是最早公开的文字')
  })

  it('lists all editions with time and reason, and compares any two in both manners', async () => {
    const { words, html, links } = await ask(`/policies/${item.publicId}/versions`)
    expect(words).toContain('按新的规定修改')
    expect(words).toContain('2025-02-10 09:00')
    expect(html).toMatch(/<del>.*半年.*<\/del>/)
    expect(words).toContain('供水管理办法')
    const sides = links.find(link => link.includes('view=sides')) ?? ''
    const beside = await ask(sides.replace(/#.*/, ''))
    expect(beside.html).toContain('diff-sides')
    for (const nonsense of ['?from=9&to=1', '?from=x', '?from=2&to=2', '?from=2&to=1&view=3'])
      expect((await ask(`/policies/${item.publicId}/versions${nonsense}`)).words).toContain(
        '第 1 版和第 2 版的不同',
      )
  })

  it('keeps the addresses of earlier editions, with the way to what changed', async () => {
    const { words, links } = await ask(`/policies/${item.publicId}/editions/1`)
    expect(words).toContain('这是第 1 版，不是现在的文字')
    expect(links).toContain(`/policies/${item.publicId}/versions?from=1&to=2`)
  })

  it('says of a single edition that there is nothing to compare', async () => {
    expect((await ask(`/policies/${old.publicId}/versions`)).words).toContain('只有一个版本')
  })
})

describe('what is related', () => {
  it('groups by relation, shows a few of each and the way to all', async () => {
    for (let serial = 1; serial <= 7; serial++)
      await publish(
        documentFacts(`引用它的通知${serial}`, {
          docNo: `云水〔2026〕${serial}号`,
          cites: '云政规〔2024〕3号 《新停车办法》',
        }),
        '2026-11-02 09:00',
      )
    const { words, links } = await ask(`/policies/${fresh.publicId}`)
    expect(words).toContain('与本文相关')
    expect(words).toMatch(/被引用于[\s\S]*全部 7 件/)
    const all = links.find(link => link.includes('/related?type=cites')) ?? ''
    const page = await ask(all)
    expect(page.links.filter(link => /^\/policies\/[a-z0-9]{10}$/.test(link)).length).toBeGreaterThanOrEqual(
      7,
    )
    await expect(ask(`/policies/${fresh.publicId}/related?type=constructor`)).rejects.toMatchObject({
      status: 404,
    })
  })

  it('shows what other modules know of it, and nothing where they know nothing', async () => {
    registerAround([
      async (_, id) => ({
        label: '收入专题',
        items: id === fresh.id ? [{ title: '停车一件事', address: '/topics/parking' }] : [],
      }),
    ])
    expect((await ask(`/policies/${fresh.publicId}`)).links).toContain('/topics/parking')
    expect((await ask(`/policies/${old.publicId}`)).words).not.toContain('收入专题')
    registerAround([])
  })

  it('of what has left nothing is told', async () => {
    const notice = await publish(
      documentFacts('要撤下的通知', { docNo: '云水〔2026〕90号', cites: '云政规〔2021〕1号 《旧停车办法》' }),
      '2026-11-02 09:00',
    )
    expect((await ask(`/policies/${old.publicId}`)).words).toContain('要撤下的通知')
    await takeDown(house.reviewer, { publicationId: notice.id, how: 'withdrawn', reason: '有误', to: '' })
    expect((await ask(`/policies/${old.publicId}`)).words).not.toContain('要撤下的通知')
  })
})
