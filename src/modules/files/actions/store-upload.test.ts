import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Role } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { openStorage } from '#platform/storage/storage'
import { draftRow, sealRow, siteRow } from '../../../../test/make/edition-rows.ts'
import { docxBytes, fileFolder, pdfBytes, pngBytes } from '../../../../test/make/file-bytes.ts'
import { testDatabase } from '../../../../test/make/test-database.ts'
import { purgeUnused } from '../jobs/purge-unused-files.ts'
import { copyUses, editionsUsingFile, fileForPublicId, filesOfEdition } from '../queries.ts'
import { readFileStream } from '../send-file.ts'
import { fileHref } from '../stored-file.ts'
import { storeUpload } from './store-upload.ts'
import { stopUsingFile, useFile, usePicturesOfBody } from './use-file.ts'

const files = await fileFolder()
const dataDir = await mkdtemp(join(tmpdir(), 'mingtang-data-'))
const storage = openStorage(dataDir)
let connection: Connection
let site: { organId: string; siteId: string }
let now = new Date('2026-11-23T02:00:00Z')

beforeAll(async () => {
  connection = connect((await testDatabase()).url, { role: applicationRole })
  site = await siteRow(connection.db)
})
afterAll(async () => {
  await connection.close()
  await files.remove()
  await rm(dataDir, { recursive: true })
})

const staff = (role: Role): Actor => ({
  kind: 'staff',
  id: '0198c0de-0000-7000-8000-000000000001',
  name: '林晓',
  organId: site.organId,
  posts: [{ role, organId: site.organId, reach: [site.organId] }],
})

const context = (actor: Actor = staff('drafter')): Context => ({
  db: connection.db,
  actor,
  clock: clockAt(() => now),
  log: { info() {}, warn() {}, error() {} },
})

const store = async (name: string, bytes: Buffer, more: { tooLarge?: boolean; size?: number } = {}) =>
  storeUpload(context(), await files.upload(name, bytes, more), { siteId: site.siteId, storage })

const storePicture = async (name: string, bytes: Buffer, altText: string | null) =>
  storeUpload(context(), await files.upload(name, bytes), {
    siteId: site.siteId,
    storage,
    role: 'picture',
    altText,
  })

const stateOf = (sha: string) =>
  connection.db
    .selectFrom('files')
    .select(['state', 'refusedBecause', 'storageKey'])
    .where('sha256', '=', sha)
    .execute()

const keptFiles = async () =>
  (await readdir(join(dataDir, 'files'), { recursive: true })).filter(f => f.length > 60)

describe('storing an upload', () => {
  it('keeps it checked, under its cleaned Chinese name, and reads it again by its short address', async () => {
    const bytes = pdfBytes('first')
    const file = await store('C:\\桌面\\云溪县防汛应急预案.PDF', bytes)
    expect(file).toMatchObject({
      name: '云溪县防汛应急预案.pdf',
      mediaType: 'application/pdf',
      size: bytes.length,
      uploadedBy: '林晓',
    })
    expect(fileHref(file)).toMatch(/^\/files\/[2-9a-z]{10}\/%E4%BA%91/)
    const found = await fileForPublicId(connection.db, file.publicId)
    expect(found).toEqual(file)
    expect(await buffer(await readFileStream(storage, file))).toEqual(bytes)
  })

  it('keeps the same bytes once, however often and under whatever name they come', async () => {
    const before = (await keptFiles()).length
    const [a, b] = await Promise.all([store('甲.pdf', pdfBytes('same')), store('乙.pdf', pdfBytes('same'))])
    expect(a.id).not.toBe(b.id)
    expect(a.storageKey).toBe(b.storageKey)
    expect((await keptFiles()).length).toBe(before + 1)
  })

  it('refuses a file of 200 MB that the server cut off, and says the limit and the remedy', async () => {
    const cutOff = store('录像资料.zip', Buffer.from('PK\x03\x04'), {
      tooLarge: true,
      size: 50 * 1024 * 1024,
    })
    await expect(cutOff).rejects.toMatchObject({
      code: 'files.too-large',
      message: expect.stringMatching(/50 MB.*拆成/),
    })
  })

  it('refuses a picture above 5 MB', async () => {
    const upload = await files.upload('图.png', pngBytes(), { size: 5 * 1024 * 1024 + 1 })
    const act = storeUpload(context(), upload, {
      siteId: site.siteId,
      storage,
      role: 'picture',
      altText: '图',
    })
    await expect(act).rejects.toThrow(/图片 5 MB/)
  })

  it('keeps a record of what it refused, not its bytes', async () => {
    const before = (await keptFiles()).length
    const bytes = docxBytes([{ name: 'word/vbaProject.bin', content: 'secret' }])
    await expect(store('预算.docx', bytes)).rejects.toThrow(/宏/)
    const rows = await connection.db.selectFrom('files').selectAll().where('name', '=', '预算.docx').execute()
    expect(rows).toMatchObject([
      { state: 'refused', storageKey: null, refusedBecause: expect.stringMatching(/宏/) },
    ])
    expect(await fileForPublicId(connection.db, rows[0]?.publicId ?? '')).toBeNull()
    expect((await keptFiles()).length).toBe(before)
    const audited = await connection.db
      .selectFrom('auditEntries')
      .select(['act', 'outcome'])
      .where('objectId', '=', rows[0]?.id ?? '')
      .execute()
    expect(audited).toEqual([{ act: 'files.file-uploaded', outcome: 'refused' }])
  })

  it('leaves a file in quarantine, seen by nobody, when the storage fails half-way', async () => {
    const broken = { ...storage, keep: () => Promise.reject(new Error('disk full')) }
    const upload = await files.upload('丢.pdf', pdfBytes('lost'))
    await expect(storeUpload(context(), upload, { siteId: site.siteId, storage: broken })).rejects.toThrow(
      'disk full',
    )
    const row = await connection.db
      .selectFrom('files')
      .selectAll()
      .where('name', '=', '丢.pdf')
      .executeTakeFirstOrThrow()
    expect(row.state).toBe('quarantined')
    expect(await fileForPublicId(connection.db, row.publicId)).toBeNull()
  })

  it('asks for the alternative text of a picture; an empty one says that it decorates (S-DES-05)', async () => {
    await expect(storePicture('图.png', pngBytes(), null)).rejects.toThrow(/装饰图片，无需说明/)
    expect(await storePicture('图.png', pngBytes(4, 2), ' 县城\n公交图 ')).toMatchObject({
      altText: '县城 公交图',
      width: 4,
      height: 2,
    })
    expect((await storePicture('线.png', pngBytes(9, 1), '')).altText).toBe('')
  })

  it.each<Role>(['system-administrator', 'security-administrator', 'audit-administrator'])(
    'is not for the %s (S-SEC-06)',
    async role => {
      const upload = await files.upload('a.pdf', pdfBytes())
      const act = storeUpload(context(staff(role)), upload, { siteId: site.siteId, storage })
      await expect(act).rejects.toMatchObject({ code: 'files.not-allowed' })
    },
  )
})

describe('files of an edition', () => {
  it('are in their order, with the title readers see', async () => {
    const edition = await draftRow(connection.db, site)
    const [a, b] = [await store('评分细则.pdf', pdfBytes('a')), await store('附件2.pdf', pdfBytes('b'))]
    await useFile(connection.db, edition, a.id)
    await useFile(connection.db, edition, b.id, { title: ' 重点任务  分工表 ' })
    expect((await filesOfEdition(connection.db, edition)).map(f => [f.position, f.title])).toEqual([
      [1, '评分细则'],
      [2, '重点任务 分工表'],
    ])
    await useFile(connection.db, edition, a.id, { title: '评分细则（修订）', position: 3 })
    expect((await filesOfEdition(connection.db, edition)).map(f => f.title)).toEqual([
      '重点任务 分工表',
      '评分细则（修订）',
    ])
    await stopUsingFile(connection.db, edition, a.id)
    expect((await filesOfEdition(connection.db, edition)).map(f => f.id)).toEqual([b.id])
  })

  it('follow the pictures that the body shows', async () => {
    const edition = await draftRow(connection.db, site)
    const [a, b] = [
      await storePicture('一.png', pngBytes(1, 1), '一'),
      await storePicture('二.png', pngBytes(1, 2), '二'),
    ]
    const img = (file: typeof a, alt: string) => `<img src="${fileHref(file)}" alt="${alt}">`
    await usePicturesOfBody(connection.db, edition, `<p>x</p>${img(b, '二 &amp; 三')}${img(a, '')}`)
    expect((await filesOfEdition(connection.db, edition)).map(f => [f.id, f.role, f.title])).toEqual([
      [b.id, 'picture', '二 & 三'],
      [a.id, 'picture', ''],
    ])
    await usePicturesOfBody(connection.db, edition, img(a, '一'))
    expect((await filesOfEdition(connection.db, edition)).map(f => f.id)).toEqual([a.id])
    expect(await editionsUsingFile(connection.db, a.id)).toEqual([edition])
  })

  it('are copied into the next edition and never change in a sealed one', async () => {
    const [first, next] = [await draftRow(connection.db, site), await draftRow(connection.db, site)]
    const file = await store('目录.pdf', pdfBytes('sealed'))
    await useFile(connection.db, first, file.id)
    await sealRow(connection.db, first)
    await copyUses(connection.db, first, next)
    await stopUsingFile(connection.db, next, file.id)
    await expect(stopUsingFile(connection.db, first, file.id)).rejects.toThrow(/sealed/)
    await expect(useFile(connection.db, first, file.id, { title: '换' })).rejects.toThrow(/sealed/)
    expect(await filesOfEdition(connection.db, first)).toHaveLength(1)
    expect(await filesOfEdition(connection.db, next)).toHaveLength(0)
  })

  it('cannot be one that was refused or purged', async () => {
    const edition = await draftRow(connection.db, site)
    await expect(useFile(connection.db, edition, '0198c0de-0000-7000-8000-0000000000ff')).rejects.toThrow(
      /重新上传/,
    )
  })
})

describe('the nightly purge', () => {
  it('removes what nobody uses after two days, and its bytes once no other file has them', async () => {
    const edition = await draftRow(connection.db, site)
    const used = await store('留.pdf', pdfBytes('purge shared'))
    const twin = await store('去.pdf', pdfBytes('purge shared'))
    const lonely = await store('独.pdf', pdfBytes('purge lonely'))
    await useFile(connection.db, edition, used.id)
    expect(await purgeUnused(context(), storage)).toBe(0)
    now = new Date(now.getTime() + 2 * 24 * 3600 * 1000 + 1000)
    const fresh = await store('新.pdf', pdfBytes('purge fresh'))
    expect(await purgeUnused(context(), storage)).toBeGreaterThanOrEqual(2)
    const left = (file: typeof used) => fileForPublicId(connection.db, file.publicId)
    expect([await left(twin), await left(lonely)]).toEqual([null, null])
    expect([await left(used), await left(fresh)]).toEqual([used, fresh])
    expect(await buffer(await readFileStream(storage, used))).toEqual(pdfBytes('purge shared'))
    expect((await keptFiles()).some(name => name.endsWith(lonely.sha256))).toBe(false)
    expect(await stateOf(lonely.sha256)).toEqual([])
  })
})
