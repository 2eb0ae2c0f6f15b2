import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context, DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makeDraft, makePublic } from '../../../test/make/publication.ts'
import { documentFacts, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { makeOldDocuments } from './documents-for-tests.ts'
import { normative } from './module.ts'
import { reviewsOf } from './review-queries.ts'
import { pointsOf } from './reviews.ts'

let house: Publishing
let item: { id: string; publicId: string }
let folder: string
beforeAll(async () => {
  house = await makePublishing()
  folder = await mkdtemp(join(tmpdir(), 'normative-'))
  item = await makePublic(
    house.system,
    house.at,
    documentFacts('云溪县水库管理办法', { validUntil: '2031-11-01' }),
    new Date('2026-11-10T02:00:00Z'),
  )
  await makeOldDocuments(house, [
    { title: '旧办法一', docNo: '云政规〔2020〕1号' },
    { title: '旧办法二', docNo: '云政规〔2020〕2号', validUntil: '2025-01-01' },
  ])
})
beforeEach(() => house.setTime('2026-11-23 10:00'))
afterAll(async () => {
  await house.leave()
  await rm(folder, { recursive: true, force: true })
})

const staff = (ctx: Context): DeskContext => {
  if (ctx.actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor: ctx.actor, publicOrigin: 'http://localhost:3000' }
}
const office = () => staff(house.as(['general-office'], '赵办', house.at.government))
const drafter = () => staff(house.drafter)
const desk = deskVisit(normative.deskRoutes)
const read = (address: string) =>
  visit(readerOf(house.system, house.at.site), normative.publicRoutes ?? [], address)

describe('规范性文件库', () => {
  it('S-PLT-08, R-NOR-10, R-NOR-11: shows number, validity, term and filing, and narrows by organ and validity', async () => {
    const { words } = await read('/normative')
    expect(words).toContain('共 3 件')
    expect(words).toContain('有效期至')
    expect((await read('/normative?validity=expired')).words).toContain('旧办法二')
    expect((await read('/normative?validity=expired')).words).not.toContain('旧办法一')
    expect((await read('/normative?organ=yunxi-slj')).words).toContain('找到 3 件')
    expect((await read('/normative?q=%E6%B0%B4%E5%BA%93')).words).toContain('云溪县水库管理办法')
    expect((await read('/normative?q=%25')).words).toContain('没有符合条件')
  })

  it('T1: gives the same as CSV and JSON', async () => {
    expect((await read('/normative.csv')).html.split('\r\n')).toHaveLength(5)
    const data = JSON.parse((await read('/normative.json?validity=in-force')).html)
    expect(data.total).toBe(2)
    expect(data.documents[0]).toMatchObject({ organName: '县水利局', filing: { state: expect.any(String) } })
  })

  it('shows no draft and nothing that was taken down', async () => {
    await makeDraft(house.drafter, house.at, documentFacts('还在起草的办法'))
    expect((await read('/normative')).words).not.toContain('还在起草')
    expect((await read('/normative-results')).words).toContain('还没有公布过')
  })
})

describe('on the desk', () => {
  it('R-NOR-01, R-NOR-05, R-NOR-06: a draft is determined, consulted on and handed in by forms', async () => {
    const draft = await makeDraft(house.drafter, house.at, documentFacts('云溪县灌溉办法', { docNo: '' }))
    const params = { id: draft.publicId }
    const page = () => desk.show(drafter(), 'GET', '/normative/:id', params)
    const first = await page()
    expect(first.html).toContain('还没有认定是不是规范性文件')
    const answers = {
      maker: 'yes',
      rights: 'yes',
      general: 'yes',
      repeated: 'yes',
      exclusion: 'none',
      market: 'no',
      seen: '0',
    }
    expect(
      (
        await desk.show(drafter(), 'POST', '/normative/:id/determine', params, {
          form: { ...answers, maker: '' },
        })
      ).page.status,
    ).toBe(422)
    expect(
      await desk.ask(drafter(), 'POST', '/normative/:id/determine', params, { form: answers }),
    ).toMatchObject({
      kind: 'redirect',
    })
    const consultation = {
      seen: '0',
      fromOn: '2026-09-01',
      untilOn: '2026-10-15',
      received: '2',
      adopted: '3',
    }
    const refused = await desk.show(drafter(), 'POST', '/normative/:id/consultation', params, {
      form: consultation,
    })
    expect(refused.html).toContain('采纳的意见比收到的多')
    expect(refused.html).toContain('value="2026-10-15"')
    await desk.ask(drafter(), 'POST', '/normative/:id/consultation', params, {
      form: { ...consultation, adopted: '1' },
    })
    const lacking = await desk.show(drafter(), 'POST', '/normative/:id/reviews', params, {
      form: { kind: 'legality', materials: ['draft'] },
    })
    expect(lacking.html).toContain('送审材料不全')
    await desk.ask(drafter(), 'POST', '/normative/:id/reviews', params, {
      form: { kind: 'legality', materials: ['draft', 'grounds', 'opinions'] },
    })
    const [review] = await reviewsOf(house.connection.db, draft.id)
    const officer = staff(house.as(['legality-reviewer'], '周法'))
    const waiting = await desk.show(officer, 'GET', '/normative/drafts')
    expect(waiting.html).toContain('云溪县灌溉办法')
    expect(await normative.menu?.[0]?.waiting?.(officer)).toEqual({ count: 1, late: false })
    const at = { id: review?.id ?? '' }
    const opened = await desk.show(officer, 'GET', '/normative-reviews/:id', at)
    expect(opened.html).toContain('没有超越法定职权')
    const form = { opinion: 'lawful', words: '经审核，合法。' }
    const open = await desk.show(officer, 'POST', '/normative-reviews/:id', at, { form })
    expect(open.html).toContain('请逐项审核')
    const points = Object.fromEntries(Object.keys(pointsOf('legality')).map(name => [`held-${name}`, 'yes']))
    await desk.ask(officer, 'POST', '/normative-reviews/:id', at, { form: { ...form, ...points } })
    expect((await page()).html).toContain('没有写明有效期')
    expect((await page()).html).not.toContain('还没有合法性审核')
  })

  it('R-NOR-10, R-NOR-12: a public document is registered and filed by forms, and readers see it', async () => {
    const params = { id: item.publicId }
    await desk.ask(office(), 'POST', '/normative/:id/register', params, { form: { number: '' } })
    await desk.ask(drafter(), 'POST', '/normative/:id/filing', params, {
      form: { seen: '0', filedTo: '市人民政府', filedOn: '2026-11-20', receiptNo: '8' },
    })
    const { html } = await desk.show(office(), 'GET', '/normative')
    expect(html).toContain('YUNXIGS-2026-0001')
    const { words } = await read('/normative?q=YUNXIGS-2026-0001')
    expect(words).toContain('云溪县水库管理办法')
    expect(words).toContain('2026-11-20 报市人民政府')
    const workbook = await desk.ask(office(), 'GET', '/normative/register.xlsx')
    expect(workbook).toMatchObject({ kind: 'content', status: 200 })
  })

  it('R-NOR-14: the catalogue of a year is a page, a workbook and a record', async () => {
    house.setTime('2027-01-10 10:00')
    const shown = await desk.show(office(), 'GET', '/normative/catalogue')
    expect(shown.html).toContain('2026年公布 1 件')
    const form = { ...formOf(shown.html), filedTo: '市人民政府', filedOn: '2027-01-10' }
    await desk.ask(office(), 'POST', '/normative/catalogue', {}, { form })
    expect((await desk.show(office(), 'GET', '/normative/catalogue')).html).toContain('已报送市人民政府')
    expect(await desk.ask(office(), 'GET', '/normative/catalogue.xlsx')).toMatchObject({ status: 200 })
  })

  it('settings change the number, and say when they cannot', async () => {
    const shown = await desk.show(office(), 'GET', '/normative/settings')
    expect(shown.html).toContain('YUNXIGS-2026-0007')
    const form = formOf(shown.html)
    const refused = await desk.show(
      office(),
      'POST',
      '/normative/settings',
      {},
      {
        form: { ...form, numberPattern: '没有年份' },
      },
    )
    expect(refused.page.status).toBe(422)
    await desk.ask(office(), 'POST', '/normative/settings', {}, { form: { ...form, numberCode: 'YX' } })
    expect((await desk.show(office(), 'GET', '/normative/settings')).html).toContain('YXGS-2026-0007')
    const late = await desk.show(
      office(),
      'POST',
      '/normative/settings',
      {},
      { form: { ...form, numberCode: 'ZZ' } },
    )
    expect(late.html).toContain('同事改过设置')
  })

  it('R-NOR-13: a round is begun, filled by a sheet with a preview, confirmed and handed to review', async () => {
    const begun = await desk.ask(
      office(),
      'POST',
      '/normative-cleanups',
      {},
      {
        form: { name: '2026年全面清理', basis: '两年一次的清理', dueOn: '2026-12-31' },
      },
    )
    if (begun.kind !== 'redirect') throw new Error('not begun')
    const id = begun.to.split('/')[2]?.split('?')[0] ?? ''
    const params = { id }
    const shown = await desk.show(office(), 'GET', '/normative-cleanups/:id', params)
    expect(shown.html).toContain('列出 2 件')
    const workbook = await desk.ask(office(), 'GET', '/normative-cleanups/:id/items.xlsx', params)
    if (workbook.kind !== 'content') throw new Error('no workbook')
    expect(
      Buffer.from(workbook.body as Buffer)
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')

    const ids = [...shown.html.matchAll(/name="publicationId" value="([^"]*)"/g)].map(([, one]) => one ?? '')
    const upload = async (lines: string[]) => {
      const path = join(folder, `${crypto.randomUUID()}.csv`)
      await writeFile(path, ['文件名称,清理意见,理由,标识', ...lines].join('\r\n'))
      const file = { field: 'file', name: '清理.csv', path, size: 100, tooLarge: false }
      return desk.show(office(), 'POST', '/normative-cleanups/:id/sheet', params, { uploads: [file] })
    }
    const faulty = await upload([`甲,废止,,${ids[0]}`, `乙,继续有效,,${ids[1]}`])
    expect(faulty.page.status).toBe(422)
    expect(faulty.html).toContain('要写明理由')
    const good = await upload([`甲,废止,与上位法不一致,${ids[0]}`, `乙,继续有效,,${ids[1]}`])
    expect(good.html).toContain('还没有保存')
    const { decisions } = formOf(good.html)
    await desk.ask(office(), 'POST', '/normative-cleanups/:id/sheet', params, {
      form: { decisions: decisions ?? '' },
    })
    await desk.ask(office(), 'POST', '/normative-cleanups/:id/confirm', params, {
      form: { publicationId: ids },
    })
    const whole = await desk.show(office(), 'GET', '/normative-cleanups/:id', params)
    expect(whole.html).toContain('写成结果并送审')
    const form = {
      title: '关于公布清理结果的决定',
      effectiveOn: '2026-12-01',
      columnId: house.at.columns.get('policies/normative') ?? '',
    }
    expect(
      await desk.ask(office(), 'POST', '/normative-cleanups/:id/publish', params, { form }),
    ).toMatchObject({
      kind: 'redirect',
    })
    expect((await desk.show(office(), 'GET', '/normative-cleanups')).html).toContain('结果待审查')
  })
})
