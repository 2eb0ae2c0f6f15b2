import { appendFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  findMovedAddress,
  findPublicView,
  type PublicView,
  publicFileRoutes,
  releaseAttachments,
} from '#modules/publications'
import { openStorage } from '#platform/storage/storage'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import type { ImportChoice } from '../import/destination.ts'
import { type OldPage, writeMirror } from '../import/mirror-for-tests.ts'
import { listener } from '../import-for-tests.ts'
import { beginImport } from './begin-import.ts'
import { runImport } from './run-import.ts'

let house: Publishing
let folder: string
let data: string
let mirror: Awaited<ReturnType<typeof writeMirror>>
let told: ReturnType<typeof listener>
beforeAll(async () => {
  house = await makePublishing()
  folder = await makeTestFolder()
  data = await makeTestFolder()
  mirror = await writeMirror(folder, 20)
  told = await importFolder()
}, 120_000)
afterAll(() => house.leave())

const db = () => house.connection.db

async function importFolder(path = folder, choice: ImportChoice = {}) {
  const run = await beginImport(house.system, { choice, publishes: true, paths: [path] })
  const report = listener()
  await runImport(house.system, run, { paths: [path] }, { storage: openStorage(data), report })
  return report
}

const moved = (address: string) => {
  const { pathname, search } = new URL(address)
  return findMovedAddress(db(), house.now(), house.at.site.id, pathname + search)
}

async function viewAt(address: string): Promise<PublicView> {
  const [, segment = '', publicId = ''] = ((await moved(address)) ?? '').split('/')
  const found = await findPublicView(db(), house.now(), { siteId: house.at.site.id, publicId, segment })
  if (!found || !('bodyHtml' in found)) throw new Error(`${address} leads to nothing`)
  return found
}

const pageOf = (title: string): OldPage => {
  const page = mirror.old.find(one => one.title === title)
  if (!page) throw new Error(title)
  return page
}
const reader = () => readerOf(house.system, house.at.site)
const count = async (table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db())
  return rows[0]?.n ?? 0
}

describe('a mirrored site (S-DOM-04, S-DOM-05)', () => {
  it('comes in page by page; lists and home pages are told and left out', () => {
    expect(told.faults).toEqual([])
    expect(told.lines.map(line => [line.title, line.result])).toEqual(
      expect.arrayContaining(mirror.old.map(page => [page.title, 'published'])),
    )
    expect(told.lines).toHaveLength(mirror.old.length)
    expect(told.skips.map(skip => skip.file.slice(mirror.root.length + 1)).sort()).toEqual([
      'index.html',
      'zwgk/index.html',
    ])
    expect(told.skips[0]?.why).toContain('不是一份文件')
  })

  it('every old address leads to its page, with scheme, query and index name as anybody may have written them', async () => {
    for (const { address, title } of mirror.old) expect((await viewAt(address)).title, address).toBe(title)
    for (const other of [
      'https://www.yunxi-old.example/tzgg/index.html',
      'http://x/zwgk/2016/t1.html?from=weixin',
    ])
      expect(await moved(other), other).not.toBeNull()
    expect(await moved('http://x/view.jsp?id=9')).toBeNull()
  })

  it('pictures stand in the text, stored once however many pages show them', async () => {
    const view = await viewAt(pageOf('关于第3项水利工作的通知').address)
    const pictures = [...view.bodyHtml.matchAll(/src="([^"]+)"/g)].map(match => match[1] ?? '')
    expect(pictures).toHaveLength(2)
    for (const picture of pictures) {
      expect(picture).toMatch(/^\/files\//)
      expect((await visit(reader(), publicFileRoutes(openStorage(data)), picture)).status).toBe(200)
    }
    const other = await viewAt(pageOf('关于第4项水利工作的通知').address)
    expect(other.bodyHtml).toContain(pictures[0])
    const { rows } =
      await sql`select sha256 from files where state = 'checked' group by sha256 having count(*) > 1`.execute(
        db(),
      )
    expect(rows).toEqual([])
  })

  it('links to other pages keep their old path, which leads on', async () => {
    const view = await viewAt(pageOf('关于第3项水利工作的通知').address)
    const href = /href="([^"]+)"/.exec(view.bodyHtml)?.[1]
    expect(href).toBe('/zwgk/2017/t2.html')
  })

  it('S-PII: attachments are there, named by the page, and closed until somebody has looked through them', async () => {
    const view = await viewAt(pageOf('关于第2项水利工作的通知').address)
    expect(view.attachments).toMatchObject([{ title: '水利项目清单2', href: null }])
    const { rows } = await sql<{
      id: string
      publicId: string
      name: string
    }>`select f.id, f.public_id, f.name from files f
      join file_uses u on u.file_id = f.id where u.edition_id = ${view.editionId} and u.role = 'attachment'`.execute(
      db(),
    )
    const file = rows[0]
    const address = `/files/${file?.publicId}/${file?.name}`
    const ask = () => visit(reader(), publicFileRoutes(openStorage(data)), address)
    await expect(ask()).rejects.toThrow('核查')
    expect(await moved(mirror.files[0] ?? '')).toBe(view.address)
    const release = (ctx = house.reviewer) =>
      releaseAttachments(ctx, { publicationId: view.id, fileIds: [file?.id ?? ''] })
    await expect(release(house.drafter)).rejects.toMatchObject({ code: 'publications.may-not-release' })
    expect(await release(house.system)).toBe(1)
    expect(await release(house.system)).toBe(0)
    expect((await ask()).status).toBe(200)
    expect(await moved(mirror.files[0] ?? '')).toContain(`/files/${file?.publicId}/`)
    expect((await viewAt(pageOf('关于第2项水利工作的通知').address)).attachments[0]?.href).toContain(
      '/files/',
    )
    const acts =
      await sql`select 1 from audit_entries where act = 'publications.attachments-released'`.execute(db())
    expect(acts.rows).toHaveLength(1)
  })

  it('what a page names and the folder lacks is asked for', () => {
    const line = told.lines.find(one => one.title === '关于缺失附件的通知')
    const why = line?.doubts.map(doubt => doubt.why).join()
    expect(why).toContain('图片“gone.png”不在导入的文件夹里')
    expect(why).toContain('附件“名单.doc”不在导入的文件夹里')
  })

  it('again changes nothing', async () => {
    const tables = [
      'publications',
      'editions',
      'files',
      'file_uses',
      'moved_addresses',
      'works',
      'import_doubts',
    ]
    const before = await Promise.all(tables.map(count))
    const again = await importFolder()
    expect(new Set(again.lines.map(line => line.result))).toEqual(new Set(['unchanged']))
    expect([again.lines.length, again.faults.length]).toEqual([mirror.old.length, 0])
    expect(await Promise.all(tables.map(count))).toEqual(before)
  })

  it('the same page with other bytes is not brought in twice from one address', async () => {
    const copy = await makeTestFolder()
    const changed = await writeMirror(copy, 1)
    await appendFile(join(changed.root, 'zwgk/2016/t1.html'), '<!-- saved later -->')
    const before = await count('publications')
    const { lines } = await importFolder(join(changed.root, 'zwgk/2016'), {
      from: 'https://www.yunxi-old.example/zwgk/2016',
    })
    expect(lines.find(line => line.file.endsWith('t1.html'))).toMatchObject({
      result: 'unchanged',
      note: expect.stringContaining('以前从这个网址导入过'),
    })
    expect(await count('publications')).toBe(before)
  })
})

describe('a folder without an address', () => {
  it('still brings pictures and attachments; --from says where it stood', async () => {
    const plain = await makeTestFolder()
    const { root } = await writeMirror(plain, 2)
    const pages = join(plain, 'saved-pages')
    await rename(root, pages)
    await appendFile(join(pages, 'zwgk/2017/t2.html'), '<!-- saved by hand -->')
    const [line] = (await importFolder(join(pages, 'zwgk/2017'))).lines
    expect(line).toMatchObject({ result: 'published', sourceUrl: null })
    await appendFile(join(pages, 'zwgk/2017/t2.html'), '<!-- and again -->')
    const from = 'http://old.example/sl/'
    const [second] = (await importFolder(join(pages, 'zwgk/2017'), { from })).lines
    expect(second).toMatchObject({ result: 'published', sourceUrl: `${from}t2.html` })
    expect((await viewAt(`${from}t2.html`)).attachments).toHaveLength(1)
    expect(second?.doubts.map(doubt => doubt.why).join()).toContain('库里已有同文号的文件')
  })
})
