import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Staff } from '#platform/actor'
import { systemClock } from '#platform/clock'
import type { DeskContext } from '#platform/context'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import type { Content } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { openStorage } from '#platform/storage/storage'
import { draftRow, siteRow } from '../../../../test/make/edition-rows.ts'
import { fileFolder, pdfBytes, pngBytes } from '../../../../test/make/file-bytes.ts'
import { testDatabase } from '../../../../test/make/test-database.ts'
import { useFile } from '../actions/use-file.ts'
import { fileRoutes } from './files.page.ts'

const files = await fileFolder()
const dataDir = await mkdtemp(join(tmpdir(), 'mingtang-data-'))
let readable: string[] = []
const [post, get] = fileRoutes({
  storage: openStorage(dataDir),
  mayRead: async (_, editions) => editions.some(edition => readable.includes(edition)),
})
let connection: Connection
let site: { organId: string; siteId: string }

beforeAll(async () => {
  connection = connect((await testDatabase()).url, { role: applicationRole })
  site = await siteRow(connection.db)
})
afterAll(async () => {
  await connection.close()
  await files.remove()
  await rm(dataDir, { recursive: true })
})

const person = (last: number): Staff => ({
  kind: 'staff',
  id: `0198c0de-0000-7000-8000-00000000000${last}`,
  name: '林晓',
  organId: site.organId,
  posts: [{ role: 'drafter', organId: site.organId, reach: [site.organId] }],
})

const context = (last = 1): DeskContext => ({
  db: connection.db,
  actor: person(last),
  clock: systemClock,
  log: { info() {}, warn() {}, error() {} },
  publicOrigin: 'http://localhost',
})

const incoming = (parts: Partial<Incoming>): Incoming => ({
  method: 'POST',
  url: '/files',
  params: {},
  query: {},
  form: {},
  uploads: [],
  headers: {},
  cookies: {},
  ip: '127.0.0.1',
  ...parts,
})

async function send(name: string, bytes: Buffer, form: Incoming['form'] = {}, query = { site: site.siteId }) {
  const upload = await files.upload(name, bytes)
  const reply = (await post?.handle(context(), incoming({ uploads: [upload], form, query }))) as Content
  return { status: reply.status, body: JSON.parse(String(reply.body)) }
}

const show = (publicId: string, by = 1) =>
  get?.handle(context(by), incoming({ method: 'GET', params: { publicId, name: 'x' } })) as Promise<Content>

it('answers the editor with the picture’s address and size', async () => {
  const { status, body } = await send('公交图.png', pngBytes(6, 4), {
    role: 'picture',
    altText: '县城公交图',
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: '公交图.png', mediaType: 'image/png', width: 6, height: 4 })
  expect(body.url).toMatch(/^\/files\/[2-9a-z]{10}\/%E5%85%AC/)
})

it('says in plain words what is wrong, as JSON', async () => {
  expect(await send('图.png', pngBytes(), { role: 'picture', altText: '  ' })).toMatchObject({
    status: 400,
    body: { code: 'files.alt-missing', error: expect.stringMatching(/请为图片/) },
  })
  expect((await send('图.svg', Buffer.from('<svg/>'))).body.error).toMatch(/PNG/)
  expect((await send('图.png', pngBytes(), {}, { site: 'x' })).body.error).toMatch(/刷新/)
})

it('takes decoration without words, and advises on a name that says nothing (S-DES-05)', async () => {
  expect((await send('线.png', pngBytes(), { role: 'picture', decorative: 'yes' })).status).toBe(200)
  expect((await send('附件1.pdf', pdfBytes())).body.advice).toMatch(/看不出内容/)
})

it('shows a file to its uploader, then to those who may read an edition that uses it, to nobody else', async () => {
  const { body } = await send('通知稿.pdf', pdfBytes('draft'))
  const publicId = body.url.split('/')[2]
  expect((await show(publicId)).status).toBe(200)
  await expect(show(publicId, 2)).rejects.toMatchObject({ status: 404 })
  const edition = await draftRow(connection.db, site)
  await useFile(connection.db, edition, body.id)
  await expect(show(publicId, 2)).rejects.toMatchObject({ status: 404 })
  readable = [edition]
  const reply = await show(publicId, 2)
  expect(reply.headers).toMatchObject({
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
  await expect(show('../../etc/1')).rejects.toMatchObject({ status: 404 })
})
