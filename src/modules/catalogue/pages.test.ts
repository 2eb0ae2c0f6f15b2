import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnInput, saveColumn } from '#modules/publications'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { sheetRow, xlsx } from '../../../test/make/documents.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { site } from '../site/module.ts'
import { takeStandard } from './actions/take-standard.ts'
import { catalogue } from './module.ts'
import { findItem, listItems } from './queries.ts'

const { ask, show } = deskVisit(catalogue.deskRoutes)
let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
  const siteId = house.at.site.id
  for (const [path, name] of [
    ['disclosure', '政府信息公开'],
    ['disclosure/content', '法定主动公开内容'],
    ['disclosure/content/budget', '财政预决算'],
    ['disclosure/content/fees', '收费目录'],
    ['disclosure/content/notes', '工作札记'],
  ] as const) {
    const column = { siteId, path, name, type: '信息公开目录', description: `${name}的说明`, keywords: name }
    house.at.columns.set(path, await saveColumn(house.system, columnInput.parse(column)))
  }
  await takeStandard(house.system, siteId)
  await makePublic(house.system, house.at, {
    title: '县水利局2026年部门预算',
    column: 'disclosure/content/budget',
  })
  await makePublic(house.system, house.at, { title: '札记一则', column: 'disclosure/content/notes' })
})
afterAll(() => house.leave())

function person(name: string, roles: readonly Role[], organ: { id: string }): DeskContext {
  const { actor, ...rest } = house.as(roles, name, organ)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}
const openness = () => person('何敏', ['openness-office'], house.at.government)
const drafter = () => person('林晓', ['drafter'], house.at.department)
const read = (address: string) =>
  visit(
    readerOf(house.system, house.at.site),
    [...(catalogue.publicRoutes ?? []), ...(site.publicRoutes ?? [])],
    address,
  )
const itemWith = async (key: string) => {
  const item = await findItem(house.connection.db, { siteId: house.at.site.id, key })
  if (!item) throw new Error(`no ${key}`)
  return item
}
const cellsOf = (level2: string, limit: string) => [
  ...['1', '供水', level2, '要素', '《条例》', limit, '水利部门', '■政府网站', '√', '√', '√', '√'],
]
const heads = [
  ...['序号', '一级事项', '二级事项', '公开内容', '公开依据', '公开时限', '公开主体', '公开渠道和载体'],
  ...['全社会', '主动', '县级', '乡级', '依申请'],
]
async function upload(rows: readonly (readonly string[])[]) {
  const path = join(await makeTestFolder(), 'sheet')
  const title = [['供水领域基层政务公开标准目录'], heads, ...rows]
  const bytes = xlsx([{ name: '表', rows: title.map((cells, i) => sheetRow(i + 1, [...cells])).join('') }])
  await writeFile(path, bytes)
  return [{ field: 'file', name: '目录.xlsx', path, size: bytes.length, tooLarge: false }]
}

describe('the desk of the catalogue', () => {
  it('lists by field and words, in pages', async () => {
    const { html } = await show(drafter(), 'GET', '/catalogue', {}, { query: { domain: '社会救助' } })
    expect(html).toContain('共 13 项')
    expect(html).not.toContain('增加事项')
    const second = await show(openness(), 'GET', '/catalogue', {}, { query: { page: '2' } })
    expect(second.html).toContain('重大设计变更审批')
    expect(second.html).toContain('增加事项')
  })

  it('names the faults of a spreadsheet and saves nothing; then shows what changes, and takes it', async () => {
    const wrong = await upload([cellsOf('水厂', '随便')])
    const before = (await listItems(house.connection.db, house.at.site.id)).length
    const form = { reason: '按省里目录编制' }
    const post = (more: object) => ask(openness(), 'POST', '/catalogue/import', {}, { form, ...more })
    const refused = await show(openness(), 'POST', '/catalogue/import', {}, { form, uploads: wrong })
    expect(refused.page.status).toBe(422)
    expect(refused.html).toContain('1 处错误，什么也没有保存')
    expect(refused.html).toContain('看不出什么时候公开')
    expect(refused.html).not.toContain('确认导入')
    const uploads = await upload([cellsOf('水厂', '每季度公开')])
    const preview = await show(openness(), 'POST', '/catalogue/import', {}, { form, uploads })
    expect(preview.html).toContain('增加 1 项')
    expect(await listItems(house.connection.db, house.at.site.id)).toHaveLength(before)
    expect(await post({ form: formOf(preview.html) })).toMatchObject({
      to: expect.stringContaining('added=1&changed=0'),
    })
    const again = await show(openness(), 'POST', '/catalogue/import', {}, { form, uploads })
    expect(again.html).toContain('1 项没有变化')
    expect(again.html).not.toContain('确认导入')
  })

  it('an item is edited with a reason, and shows its versions', async () => {
    const item = await itemWith('A-04')
    const at = { id: item.id }
    const page = await show(openness(), 'GET', '/catalogue-items/:id/edit', at)
    const typed = {
      ...formOf(page.html),
      channels: ['website', 'gazette'],
      levels: ['county'],
      mode: 'proactive',
      elements: '本县的要素',
    }
    const left = await show(openness(), 'POST', '/catalogue-items/:id/edit', at, { form: typed })
    expect(left.page.status).toBe(422)
    expect(left.html).toContain('本县的要素')
    const form = { ...typed, reason: '本县另有规定' }
    expect(await ask(openness(), 'POST', '/catalogue-items/:id/edit', at, { form })).toMatchObject({
      to: `/catalogue-items/${item.id}?done=saved`,
    })
    const { html } = await show(drafter(), 'GET', '/catalogue-items/:id', at)
    expect(html).toContain('修改：本县另有规定')
    expect(html).toContain('标准，本地有改')
    expect(html).toContain('对不上这里的任何单位')
  })

  it('an event is recorded by who owes it, and the duty is shown with its day (R-PUB-10)', async () => {
    const item = await itemWith('B-03')
    const at = { id: item.id }
    const form = { organId: house.at.department.id, happenedOn: '2026-11-20', label: '2026年预算批复' }
    await ask(drafter(), 'POST', '/catalogue-items/:id/event', at, { form })
    const { html } = await show(drafter(), 'GET', '/catalogue-items/:id', at)
    expect(html).toContain('公开“财政预决算 · 部门预算”（2026年预算批复）')
    expect(html).toContain('2026-12-10')
    const again = await show(drafter(), 'POST', '/catalogue-items/:id/event', at, { form })
    expect(again.html).toContain('已经登记过')
  })

  it('several that are public are put under an item at once; what stands there already stays (R-GRS-04)', async () => {
    const budget = await itemWith('B-03')
    const { html } = await show(drafter(), 'GET', '/catalogue/sort')
    expect(html).toContain('县水利局2026年部门预算')
    const publicationIds = [...html.matchAll(/name="publicationIds" value="([^"]*)"/g)].map(
      ([, id = '']) => id,
    )
    expect(publicationIds).toHaveLength(2)
    const form = { itemId: budget.id, publicationIds }
    const left = await show(drafter(), 'POST', '/catalogue/sort', {}, { form: { itemId: budget.id } })
    expect(left.html).toContain('至少勾选一件')
    // One duty is open, and it is met by the first that opened after it began
    expect(await ask(drafter(), 'POST', '/catalogue/sort', {}, { form })).toMatchObject({
      to: expect.stringContaining('linked=2&met=1'),
    })
    expect(await ask(drafter(), 'POST', '/catalogue/sort', {}, { form })).toMatchObject({
      to: expect.stringContaining('linked=0&met=0'),
    })
    expect((await show(drafter(), 'GET', '/catalogue/sort')).html).toContain('财政预决算 · 部门预算')
  })

  it('an address of nothing is told as such', async () => {
    await expect(ask(drafter(), 'GET', '/catalogue-items/:id', { id: 'x' })).rejects.toThrow('没有这个事项')
  })

  it('what is new in the standard is laid out by field; without a choice nothing is saved (R-GRS-03)', async () => {
    const { id, content } = await itemWith('A-05')
    const { db } = house.connection
    const older = { ...content, elements: '从前的标准要素' }
    await db
      .updateTable('catalogueItems')
      .set({ standard: JSON.stringify(older), content: JSON.stringify(older) })
      .where('id', '=', id)
      .execute()
    const { html } = await show(openness(), 'GET', '/catalogue/standard')
    expect(html).toContain('从前的标准要素')
    const form = { siteId: house.at.site.id, [`revision.${id}`]: '1' }
    const none = await show(openness(), 'POST', '/catalogue/standard/decide', {}, { form })
    expect(none.page.status).toBe(422)
    const keep = { ...form, [`choice.${id}.elements`]: 'keep' }
    const without = await show(openness(), 'POST', '/catalogue/standard/decide', {}, { form: keep })
    expect(without.html).toContain('请写明理由')
    const take = { ...form, [`choice.${id}.elements`]: 'take' }
    const done = await ask(openness(), 'POST', '/catalogue/standard/decide', {}, { form: take })
    expect(done).toMatchObject({ kind: 'redirect', to: expect.stringContaining(`decided=${id}@2`) })
    expect((await itemWith('A-05')).content.elements).toBe(content.elements)
    const undo = { siteId: house.at.site.id, decided: `${id}@2` }
    await ask(openness(), 'POST', '/catalogue/standard/undo', {}, { form: undo })
    expect(await itemWith('A-05')).toMatchObject({ revision: 3 })
  })

  it('goes out as a workbook, and an empty one is there to fill', async () => {
    for (const path of ['/catalogue/export.xlsx', '/catalogue/template.xlsx']) {
      const reply = await ask(openness(), 'GET', path)
      expect(reply).toMatchObject({ kind: 'content', type: expect.stringContaining('spreadsheetml') })
    }
    await expect(ask(drafter(), 'GET', '/catalogue/standard')).rejects.toThrow()
  })
})

describe('the catalogue for everybody', () => {
  it('shows a field as a table and can be taken away (R-CATG-02, R-GRS-01)', async () => {
    const { words, links } = await read('/catalogue?domain=财政预决算')
    expect(words).toContain('本级人大或其常委会批准后20日内')
    expect(links).toContain('/catalogue/B-01')
    const { html } = await read('/catalogue.csv?domain=财政预决算')
    expect(html.trim().split('\r\n')).toHaveLength(5)
  })

  it('draws the statutory content from it without an empty node (S-PLT-06, R-PUB-02)', async () => {
    const { words, links } = await read('/disclosure')
    expect(words).toContain('财政预算决算1 件')
    expect(links).toContain('/catalogue/content/P20-07')
    expect(words).not.toContain('行政事业性收费')
    expect(words).not.toContain('P21A')
    // What no item names stays to be found
    expect(words).toContain('工作札记1 件')
    const organ = await read(`/disclosure?organ=${house.at.department.key}`)
    expect(organ.links).toContain(`/catalogue/content/P20-07?organ=${house.at.department.key}`)
    expect((await read(`/disclosure?organ=${house.at.government.key}`)).words).not.toContain('财政预算决算')
  })

  it('each node leads to what is public under it', async () => {
    const { words, status } = await read('/catalogue/content/P20-07')
    expect(status).toBe(200)
    expect(words).toContain('县水利局2026年部门预算')
    expect((await read('/catalogue/content/P20-08')).status).toBe(404)
    await expect(read('/catalogue/content/P99')).rejects.toThrow('没有这一类')
  })

  it('an item says what, why, when and by whom; a retired one stays at its address (S-DOM-04)', async () => {
    const item = await itemWith('P20-09')
    const form = { reason: '并入公共资源交易', revision: '1' }
    const url = `/catalogue-items/${item.id}/retire`
    await ask(openness(), 'POST', '/catalogue-items/:id/retire', { id: item.id }, { form, url })
    const { words, status } = await read('/catalogue/P20-09')
    expect(status).toBe(200)
    expect(words).toContain('已经不在目录里：并入公共资源交易')
    expect((await read('/catalogue')).words).not.toContain('政府集中采购')
  })

  it('says what is not public and why (G3)', async () => {
    await expect(read('/catalogue/withheld')).rejects.toThrow('没有列明')
    const form = {
      siteId: house.at.site.id,
      title: '行政执法案卷',
      ground: 'ENFORCE_FILE',
      why: '案卷里有当事人和证人的个人信息。',
      body: '各执法部门',
      reviewOn: '2027-06-30',
    }
    await ask(openness(), 'POST', '/catalogue/withheld', {}, { form })
    const { words } = await read('/catalogue/withheld')
    expect(words).toContain('案卷里有当事人和证人的个人信息')
    expect(words).toContain('条例第十六条第二款')
  })
})
