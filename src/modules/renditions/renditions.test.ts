import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toBase64 } from '#lib/tlog/bytes'
import { fileHref, readDocument, storeUpload } from '#modules/files'
import { registerErasure, takeDown } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { openStorage } from '#platform/storage/storage'
import { correctPublic } from '../../../test/make/corrected.ts'
import { fileFolder, pngBytes } from '../../../test/make/file-bytes.ts'
import { readerOf } from '../../../test/make/public-visit.ts'
import { makeDraft, makePublic } from '../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { askErasure, askErasureInput } from '../publications/actions/ask-erasure.ts'
import { confirmErasure } from '../publications/actions/confirm-erasure.ts'
import { eraseRenditions } from './actions/erase-renditions.ts'
import { letterFiles } from './actions/letter-files.ts'
import { makeAhead } from './jobs/make-ahead.job.ts'
import { Press } from './making/press.ts'
import { downloadRoutes } from './public/download.route.ts'
import { listProblems } from './queries.ts'
import { readEdition } from './read-edition.ts'

let house: Publishing
let folder: string
let press: Press
let reader: PublicContext
beforeAll(async () => {
  process.env.LOG_KEY = toBase64(randomBytes(32))
  house = await makePublishing()
  folder = await mkdtemp(join(tmpdir(), 'mingtang-renditions-'))
  const storage = openStorage(folder)
  press = new Press(storage, join(folder, 'fonts'))
  registerErasure(eraseRenditions(storage))
  reader = readerOf(house.system, house.at.site)
})
afterAll(async () => {
  await press.stop()
  await house.leave()
  await rm(folder, { recursive: true, force: true })
})

async function get(address: string, headers: Record<string, string> = {}, by = press): Promise<Content> {
  const [, segment = '', file = '', ...rest] = address.split('/')
  const [number, name = ''] = rest.length === 3 ? [rest[1], rest[2]] : [undefined, rest[0]]
  const path = `/${segment}/:file${number ? '/editions/:number' : ''}/download.:format`
  const route = downloadRoutes(by, ['policies', 'notices']).find(one => one.path === path)
  const params = { file, format: name.split('.')[1] ?? '', ...(number ? { number } : {}) }
  const asked = { method: 'GET', url: address, params, query: {}, form: {}, uploads: [], cookies: {} }
  const reply = await route?.handle(reader, { ...asked, headers, ip: '127.0.0.1' })
  if (reply?.kind !== 'content') throw new Error(`no file at ${address}`)
  return reply
}

async function bytesOf({ body }: Content): Promise<Buffer> {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(Buffer.from(chunk as Buffer))
  return Buffer.concat(chunks)
}

/** The words of a PDF or Word file. */
async function wordsOf(name: string, bytes: Buffer): Promise<string> {
  const read = await readDocument(name, bytes)
  return JSON.stringify(read).replaceAll(/<[^>]*>/g, '')
}

async function storePicture() {
  const files = await fileFolder()
  const upload = await files.upload('图.png', pngBytes(40 + stored++, 30))
  const about = { siteId: house.at.site.id, storage: press.storage, role: 'picture', altText: '图' } as const
  const file = await storeUpload(house.drafter, upload, about)
  await files.remove()
  return file
}
let stored = 0

const kept = async () =>
  (await readdir(join(folder, 'files', 'renditions'), { recursive: true }).catch(() => [])).filter(name =>
    /[0-9a-f]{64}$/.test(name),
  )
const policy = (title: string, more: object = {}) =>
  makePublic(house.system, house.at, {
    ...documentFacts(title),
    bodyHtml: '<p>各乡镇人民政府：</p><h2>一、目标</h2><p>建成水厂三座。</p>',
    ...more,
  })

describe('PDF and Word of what is public (mission B5, S-GWG)', () => {
  it('are made when first asked for, named in Chinese, and known again by their tag', async () => {
    const item = await policy('云溪县农村供水管理办法')
    const pdf = await get(`/policies/${item.publicId}/download.pdf`)
    expect(pdf).toMatchObject({ status: 200, type: 'application/pdf' })
    expect(pdf.headers?.['Content-Disposition']).toBe(
      `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('云溪县农村供水管理办法.pdf')}`,
    )
    expect(pdf.headers?.['Cache-Control']).toBe('public, max-age=0, must-revalidate')
    const bytes = await bytesOf(pdf)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(`${bytes.length}`).toBe(pdf.headers?.['Content-Length'])
    expect(await wordsOf('a.pdf', bytes)).toContain('建成水厂三座')
    const word = await bytesOf(await get(`/policies/${item.publicId}/download.docx`))
    expect(await wordsOf('a.docx', word)).toContain('建成水厂三座')

    const tag = pdf.headers?.ETag ?? ''
    const again = await get(`/policies/${item.publicId}/download.pdf`, { 'if-none-match': tag })
    expect(again).toMatchObject({ status: 304, body: '' })
  })

  it('pass the one gate: drafts, what is scheduled, withdrawn or not printed at all cannot be had', async () => {
    const draft = await makeDraft(house.drafter, house.at, documentFacts('起草中的办法'))
    const later = await policy('定时的办法')
    const gone = await policy('撤下的办法')
    await get(`/policies/${gone.publicId}/download.pdf`)
    await takeDown(house.system, { publicationId: gone.id, how: 'withdrawn', reason: '数字有误', to: '' })
    const guide = await makePublic(house.system, house.at, { title: '通知' })
    const addresses = [
      `/policies/${draft.publicId}/download.pdf`,
      `/policies/${gone.publicId}/download.pdf`,
      `/policies/${gone.publicId}/editions/1/download.pdf`,
      `/policies/${later.publicId}/editions/2/download.pdf`,
      `/policies/${guide.publicId}/download.pdf`,
      `/policies/${later.publicId}/download.exe`,
      '/policies/2222222222/download.docx',
    ]
    for (const address of addresses)
      await expect(get(address), address).rejects.toMatchObject({ status: 404, code: 'renditions.unknown' })
  })

  it('fifty readers at once, in two processes, get one rendition that was made once', async () => {
    const item = await policy('五十人同时下载的办法')
    const other = new Press(openStorage(folder), join(folder, 'fonts'))
    const [here, there] = [vi.spyOn(press, 'write'), vi.spyOn(other, 'write')]
    const before = (await kept()).length
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        get(`/policies/${item.publicId}/download.pdf`, {}, at % 2 === 0 ? press : other),
      ),
    )
    expect(new Set(replies.map(reply => reply.headers?.ETag)).size).toBe(1)
    for (const reply of replies) await bytesOf(reply)
    expect(here.mock.calls.length + there.mock.calls.length).toBe(1)
    expect(await kept()).toHaveLength(before + 1)
    vi.restoreAllMocks()
    await other.stop()
  })

  it('a correction has renditions of its own; the earlier edition stays to be had as it was', async () => {
    house.setTime('2026-11-23 10:30')
    const item = await makeReviewed(house, { title: '关于停水的通告', bodyHtml: '<p>停水一天。</p>' })
    const first = await bytesOf(await get(`/notices/${item.publicId}/download.docx`))
    house.setTime('2026-11-23 11:00')
    await correctPublic(house, item.id, { bodyHtml: '<p>停水两天。</p>' })
    const now = await bytesOf(await get(`/notices/${item.publicId}/download.docx`))
    expect(await wordsOf('a.docx', now)).toContain('停水两天')
    const earlier = await get(`/notices/${item.publicId}/editions/1/download.docx`)
    expect(decodeURIComponent(earlier.headers?.['Content-Disposition'] ?? '')).toContain('（第1版）.docx')
    expect(Buffer.compare(await bytesOf(earlier), first)).toBe(0)
  })

  it('bytes that somebody tidied away, or half of them, are made again and are the same', async () => {
    const item = await policy('被清理过的办法')
    const before = await bytesOf(await get(`/policies/${item.publicId}/download.docx`))
    await rm(join(folder, 'files', 'renditions'), { recursive: true })
    expect(await bytesOf(await get(`/policies/${item.publicId}/download.docx`))).toEqual(before)
  })
})

describe('pictures', () => {
  it('are printed only while readers may open them: not in an earlier edition once a correction took them out', async () => {
    house.setTime('2026-11-23 13:00')
    const picture = await storePicture()
    const item = await makePublic(house.system, house.at, {
      title: '带图的通告',
      bodyHtml: `<p>见图。</p><p><img src="${fileHref(picture)}" alt="泵站"></p>`,
    })
    const first = await bytesOf(await get(`/notices/${item.publicId}/download.docx`))
    expect(first.includes('word/media/')).toBe(true)
    house.setTime('2026-11-23 14:00')
    await correctPublic(house, item.id, { bodyHtml: '<p>不附图。</p>' })
    const earlier = await bytesOf(await get(`/notices/${item.publicId}/editions/1/download.docx`))
    expect(earlier.includes('word/media/')).toBe(false)
    expect(await wordsOf('a.docx', earlier)).toContain('图片：泵站')
  })
})

describe('letters', () => {
  it('are PDF and Word at once, and nothing of them stays here', async () => {
    const before = await kept()
    const { pdf, docx } = await letterFiles(
      press,
      readEdition({
        ...{
          title: '政府信息公开申请答复书',
          docNo: null,
          issuers: [],
          genre: null,
          keywords: '',
          signedOn: null,
        },
        ...{
          bodyHtml: '<p>林某：</p><p>现答复如下。</p>',
          organName: '云溪县水利局',
          siteName: '云溪县人民政府',
        },
        ...{ indexNo: null, number: 1, digest: null, publicFrom: house.now() },
      }),
    )
    for (const [name, bytes] of [
      ['a.pdf', pdf],
      ['a.docx', docx],
    ] as const)
      expect(await wordsOf(name, Buffer.from(bytes))).toContain('现答复如下')
    expect(await kept()).toEqual(before)
  })
})

describe('made ahead', () => {
  it('by the job of every minute, for what was published since yesterday; archive items wait for a reader', async () => {
    house.setTime('2026-11-25 09:00')
    const item = await makeReviewed(house, { title: '新发布的通告', bodyHtml: '<p>先做好。</p>' })
    const before = (await kept()).length
    expect(await makeAhead(house.system, press)).toBe(2)
    expect(await makeAhead(house.system, press)).toBe(0)
    expect(await kept()).toHaveLength(before + 2)
    const write = vi.spyOn(press, 'write')
    await get(`/notices/${item.publicId}/download.pdf`)
    expect(write).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })

  it('what cannot be made is on record, keeps nobody from the rest, and is tried again later', async () => {
    house.setTime('2026-11-27 09:00')
    const item = await makeReviewed(house, { title: '排不出来的通告', bodyHtml: '<p>先做好。</p>' })
    vi.spyOn(press, 'write').mockRejectedValue(new Error('the page was not set'))
    await expect(get(`/notices/${item.publicId}/download.pdf`)).rejects.toMatchObject({ status: 503 })
    expect(await makeAhead(house.system, press)).toBe(0)
    vi.restoreAllMocks()
    const problem = { publicId: item.publicId, problem: 'the page was not set' }
    const problems = await listProblems(house.connection.db, 10)
    expect(problems.toSorted((a, b) => a.format.localeCompare(b.format))).toMatchObject([
      { ...problem, format: 'docx', tries: 1 },
      { ...problem, format: 'pdf', tries: 2 },
    ])
    house.setTime('2026-11-27 10:00')
    expect(await makeAhead(house.system, press)).toBe(2)
    expect(await listProblems(house.connection.db, 10)).toEqual([])
  })
})

describe('lawful erasure (X2, S-PII-01)', () => {
  it('leaves the words in no rendition; new ones are made of what remains, and the job makes them', async () => {
    house.setTime('2026-11-28 09:00')
    const name = '欧阳若水家住桂花巷'
    const item = await makeReviewed(house, {
      title: '救助公示',
      bodyHtml: `<p>受助人${name}，已核实。</p><p>其余不变。</p>`,
    })
    house.setTime('2026-11-28 10:00')
    await correctPublic(house, item.id, { title: '救助公示（更正）' })
    const addresses = ['', '/editions/1'].flatMap(part =>
      ['pdf', 'docx'].map(format => `/notices/${item.publicId}${part}/download.${format}`),
    )
    const nameOf = (address: string) => `a.${address.split('.').at(-1)}`
    for (const address of addresses)
      expect(await wordsOf(nameOf(address), await bytesOf(await get(address)))).toContain('欧阳若水')
    // What a process that was killed left behind, which no row knows of
    const edition = (
      await house.connection.pool.query('select edition_id as id from renditions where public_id = $1', [
        item.publicId,
      ])
    ).rows[0]?.id
    const left = `renditions/${edition.slice(-2)}/${edition}/${'0'.repeat(64)}`
    await press.storage.keepBytes(left, Buffer.from(`%PDF-${name}`))
    const before = await kept()

    const office = house.as(['openness-office'], '何敏')
    const form = { publicationId: item.id, passages: name, ground: 'pipl-47', reason: '本人申请' }
    const erasure = await askErasure(office, askErasureInput.parse(form))
    await confirmErasure(house.as(['secrecy-reviewer'], '周正'), erasure)

    expect(await kept()).toHaveLength(before.length - 5)
    for (const file of await kept()) {
      const bytes = await readFile(join(folder, 'files', 'renditions', file))
      const format = bytes.subarray(0, 4).toString() === '%PDF' ? 'pdf' : 'docx'
      expect(await wordsOf(`a.${format}`, bytes)).not.toContain('欧阳若水')
    }
    expect(await makeAhead(house.system, press)).toBe(4)
    for (const address of addresses) {
      const words = await wordsOf(nameOf(address), await bytesOf(await get(address)))
      expect(words).toContain('个人信息已依法删除')
      expect(words).toContain('其余不变')
      expect(words).not.toContain('桂花巷')
    }
  })

  it('of a picture takes it out of every rendition, also of other publications that show it', async () => {
    house.setTime('2026-11-28 14:00')
    const picture = await storePicture()
    const bodyHtml = `<p>见图。</p><p><img src="${fileHref(picture)}" alt="证件"></p>`
    const one = await makePublic(house.system, house.at, { title: '甲公示', bodyHtml })
    const other = await makePublic(house.system, house.at, { title: '乙公示', bodyHtml })
    const hasPicture = async (id: string) =>
      (await bytesOf(await get(`/notices/${id}/download.docx`))).includes('word/media/')
    expect([await hasPicture(one.publicId), await hasPicture(other.publicId)]).toEqual([true, true])
    const before = await kept()
    const office = house.as(['openness-office'], '何敏')
    const form = { publicationId: one.id, fileIds: picture.id, ground: 'pipl-47', reason: '本人申请' }
    const erasure = await askErasure(office, askErasureInput.parse(form))
    const { freed } = await confirmErasure(house.as(['secrecy-reviewer'], '周正'), erasure)
    for (const key of freed) await press.storage.remove(key)
    expect(await kept()).toHaveLength(before.length - 2)
    expect([await hasPicture(one.publicId), await hasPicture(other.publicId)]).toEqual([false, false])
  })

  it('waits for a rendition that is being made from the old words, and takes it away too', async () => {
    house.setTime('2026-11-29 09:00')
    const name = '司徒望岳的手机号码'
    const item = await makeReviewed(house, { title: '补助公示', bodyHtml: `<p>${name}，已核实。</p>` })
    const office = house.as(['openness-office'], '何敏')
    const form = { publicationId: item.id, passages: name, ground: 'pipl-47', reason: '本人申请' }
    const erasure = await askErasure(office, askErasureInput.parse(form))
    const write = press.write.bind(press)
    let begun = () => {}
    const hasBegun = new Promise<void>(go => {
      begun = go
    })
    vi.spyOn(press, 'write').mockImplementation(async (...asked) => {
      begun()
      await new Promise(go => setTimeout(go, 300))
      return write(...asked)
    })
    const making = get(`/notices/${item.publicId}/download.docx`)
    await hasBegun
    await confirmErasure(house.as(['secrecy-reviewer'], '周正'), erasure)
    await making.catch(() => null)
    vi.restoreAllMocks()
    for (const file of await kept()) {
      const path = join(folder, 'files', 'renditions', file)
      expect((await stat(path)).size).toBeGreaterThan(0)
      const bytes = await readFile(path)
      if (bytes.subarray(0, 4).toString() !== '%PDF')
        expect(await wordsOf('a.docx', bytes)).not.toContain('司徒望岳')
    }
    expect(
      await wordsOf('a.docx', await bytesOf(await get(`/notices/${item.publicId}/download.docx`))),
    ).toContain('个人信息已依法删除')
  })
})
