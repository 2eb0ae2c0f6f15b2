import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everythingIn } from '#modules/files'
import { findPersonalData, registerFileBytes } from '#modules/personal-data'
import type { DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { pdf } from '../../../test/make/documents.ts'
import { hiddenFiles } from '../../../test/make/hidden-in-files.ts'
import { inventedIdentity, inventedMobile } from '../../../test/make/invented-numbers.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../test/make/publishing-desk.ts'
import { askBurning } from './actions/change-boxes.ts'
import { resultOf } from './actions/result-of.ts'
import { startRedaction } from './actions/start-redaction.ts'
import { work } from './jobs/work.job.ts'
import { maskPdf } from './mask-pdf.ts'
import { redaction } from './module.ts'
import { findRedaction, listBoxes } from './queries.ts'
import { reasonsOf } from './reasons.ts'

let desk: PublishingDesk
let officer: DeskContext
let dataDir: string
const pages = deskVisit(redaction.deskRoutes)
beforeAll(async () => {
  desk = await makePublishingDesk()
  officer = desk.person('苏青', ['case-officer'])
  dataDir = await mkdtemp(join(tmpdir(), 'mingtang-redaction-test-'))
  registerFileBytes(openStorage(dataDir))
})
afterAll(async () => {
  registerFileBytes(null)
  await desk.leave()
  await rm(dataDir, { recursive: true, force: true })
})

const identity = inventedIdentity(5)
const source = pdf([
  [
    { text: '供水协议', x: 60, y: 80 },
    { text: `乙方张三身份证号${identity}`, x: 60, y: 120 },
    { text: '报价为每方三元', x: 60, y: 160 },
  ],
  [{ text: '附件清单', x: 60, y: 80 }],
])

/** A file that the worker has read. */
async function started(title: string) {
  const organId = officer.actor.organId
  const id = await startRedaction(officer, { organId, title, fileName: '协议.pdf', bytes: source })
  await work(desk.house.system)
  return id
}
const box = (id: string, form: Record<string, string | string[]>) =>
  pages.ask(officer, 'POST', '/redactions/:id', { id }, { form: { page: '1', ...form } })

describe('a redaction from the file to the proved result', () => {
  it('detection proposes, a person decides, words become boxes without scripts, the result is proved', async () => {
    const id = await started('供水协议一')
    const proposed = await listBoxes(officer.db, id)
    expect(proposed.map(one => [one.page, one.ground, one.state])).toEqual([[1, 'PRIVACY', 'proposed']])
    const { html } = await pages.show(officer, 'GET', '/redactions/:id', { id })
    expect(html).toContain('由人确认或者取消')
    expect(html).not.toContain('制作遮盖后的文件')
    await expect(askBurning(officer, id)).rejects.toThrow('没有决定')
    await box(id, { act: 'accepted', boxes: proposed.map(one => one.id) })
    expect(await box(id, { act: 'find', words: '每方三元', ground: 'TRADE_SECRET' })).toMatchObject({
      to: `/redactions/${id}?page=1&done=find`,
    })
    const rects = JSON.stringify([{ left: 60, top: 60, width: 30, height: 20 }])
    await box(id, { act: 'draw', rects, ground: 'INTERNAL' })
    await box(id, { act: 'undo' })
    await box(id, { act: 'burn' })
    expect((await resultOf(officer, id))?.pdf).toBeNull()
    await work(desk.house.system)
    const result = await resultOf(officer, id)
    expect(result?.state).toBe('proved')
    const bytes = (await result?.pdf?.bytes()) ?? Buffer.alloc(0)
    const said = (await everythingIn('a.pdf', bytes)).pieces
      .map(piece => piece.text)
      .join('')
      .replace(/\s/g, '')
    for (const gone of [identity, '每方三元']) expect(said).not.toContain(gone)
    for (const stays of ['供水协议', '乙方张三身份证号', '附件清单']) expect(said).toContain(stays)
    expect(result?.reasons.map(one => [one.ground, one.pages])).toEqual([
      ['TRADE_SECRET', [1]],
      ['PRIVACY', [1]],
    ])
    const shown = await pages.show(officer, 'GET', '/redactions/:id', { id })
    expect(shown.html).toContain(`/redactions/${id}/result`)
    expect(shown.html).toContain('《中华人民共和国政府信息公开条例》第十五条')
    await expect(askBurning(officer, id)).rejects.toThrow('不能再改')
  })

  it('a drawing without a ground or words that are nowhere come back with what was typed', async () => {
    const id = await started('供水协议二')
    const tried = await pages.show(
      officer,
      'POST',
      '/redactions/:id',
      { id },
      {
        form: { page: '1', act: 'find', words: '没有这个词', ground: 'PRIVACY' },
      },
    )
    expect(tried.page.status).toBe(422)
    expect(tried.html).toContain('没有找到“没有这个词”')
    expect(tried.html).toContain('value="没有这个词"')
    const bare = await pages.show(
      officer,
      'POST',
      '/redactions/:id',
      { id },
      { form: { page: '1', act: 'draw' } },
    )
    expect(bare.page.status).toBe(422)
  })

  it('pictures of the closed original are for those who redact for the organ, and are kept nowhere', async () => {
    const id = await started('供水协议三')
    const picture = await pages.ask(
      officer,
      'GET',
      '/redactions/:id/picture',
      { id },
      { query: { page: '1' } },
    )
    expect(picture).toMatchObject({ type: 'image/png', headers: { 'Cache-Control': 'no-store' } })
    const stranger = desk.person('远方', ['case-officer'], { id: '00000000-0000-7000-8000-000000000000' })
    for (const path of ['/redactions/:id', '/redactions/:id/picture', '/redactions/:id/result'])
      await expect(pages.ask(stranger, 'GET', path, { id }, { query: { page: '1' } })).rejects.toMatchObject({
        status: 403,
      })
    await expect(resultOf(stranger, id)).rejects.toMatchObject({ status: 403 })
    await expect(pages.ask(desk.drafter, 'GET', '/redactions/:id', { id })).rejects.toThrow()
    await expect(pages.ask(officer, 'GET', '/redactions/:id/result', { id })).rejects.toMatchObject({
      status: 404,
    })
  })

  it('a result that was not proved cannot be written down as one', async () => {
    const id = await started('供水协议四')
    const write = sql`update redactions set result_key = 'x', result_sha256 = ${'0'.repeat(64)}, result_size = 1 where id = ${id}`
    await expect(write.execute(officer.db)).rejects.toThrow('redactions_result_proved')
  })

  it('a file that cannot be read says why', async () => {
    const organId = officer.actor.organId
    const bytes = Buffer.from('%PDF-1.7 broken')
    const id = await startRedaction(officer, { organId, title: '坏文件', fileName: 'a.pdf', bytes })
    await work(desk.house.system)
    expect(await findRedaction(officer.db, id)).toMatchObject({ state: 'unreadable' })
    const { html } = await pages.show(officer, 'GET', '/redactions/:id', { id })
    expect(html).toContain('请重新保存后再上传')
  })
})

describe('the reasons of a partial disclosure (R-EXC-02…08)', () => {
  it('are grouped by ground, with their pages', () => {
    const reasons = reasonsOf([
      { page: 3, ground: 'PRIVACY' },
      { page: 1, ground: 'PRIVACY' },
      { page: 1, ground: 'PROCESS' },
    ])
    expect(reasons.map(one => one.sentence)).toEqual([
      '第1、3页共2处涉及个人隐私，公开会对第三方合法权益造成损害，依据《中华人民共和国政府信息公开条例》第十五条，不予公开。',
      '第1页共1处属于讨论记录、过程稿、磋商信函、请示报告等过程性信息，依据《中华人民共和国政府信息公开条例》第十六条第二款，不予公开。',
    ])
  })
})

describe('a clean public copy (S-PII-08)', () => {
  it('of a PDF is drawn anew without the numbers', async () => {
    const phone = inventedMobile(3)
    const bytes = pdf([[{ text: `联系人李某手机${phone}`, x: 60, y: 100 }]])
    const copy = await maskPdf('a.pdf', bytes, text => findPersonalData(text))
    const said = (await everythingIn('a.pdf', copy ?? Buffer.alloc(0))).pieces
      .map(piece => piece.text)
      .join('')
    expect(said.replace(/\s/g, '')).toContain('联系人李某手机')
    expect(said).not.toContain(phone)
  })

  it('of a picture says nothing of itself any more', async () => {
    const pictures = hiddenFiles().filter(({ name }) => /\.(?:png|jpe?g)$/.test(name))
    expect(pictures.length).toBeGreaterThan(2)
    for (const { name, bytes, value, where } of pictures) {
      const copy = await maskPdf(name, bytes, () => [])
      const { pieces } = await everythingIn(name, copy ?? Buffer.alloc(0))
      expect(copy?.length ?? 0, where).toBeGreaterThan(20)
      expect(
        pieces.filter(piece => piece.text.includes(value) || piece.kind === 'position'),
        where,
      ).toEqual([])
    }
  })
})
