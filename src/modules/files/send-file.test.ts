import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { openStorage } from '#platform/storage/storage'
import { fileFolder, pdfBytes } from '../../../test/make/file-bytes.ts'
import { fileHeaders, fileReply, rangeOf } from './send-file.ts'
import type { StoredFile } from './stored-file.ts'

const files = await fileFolder()
const dataDir = await mkdtemp(join(tmpdir(), 'mingtang-data-'))
afterAll(async () => {
  await files.remove()
  await rm(dataDir, { recursive: true })
})

describe('headers of a file', () => {
  it('offers everything but pictures as a download with its Chinese name', () => {
    const headers = fileHeaders({ name: "云政发12号(稿)'.pdf", mediaType: 'application/pdf' })
    expect(headers['Content-Disposition']).toBe(
      'attachment; filename="file.pdf"; filename*=UTF-8\'\'%E4%BA%91%E6%94%BF%E5%8F%9112%E5%8F%B7%28%E7%A8%BF%29%27.pdf',
    )
    expect(headers['X-Content-Type-Options']).toBe('nosniff')
  })

  it('draws pictures in place, in a sandbox that runs nothing', () => {
    const headers = fileHeaders({ name: 'map.png', mediaType: 'image/png' })
    expect(headers['Content-Disposition']).toMatch(/^inline; filename="map\.png"/)
    expect(headers['Content-Security-Policy']).toBe("default-src 'none'; sandbox")
  })

  it('cannot be broken by a name', () => {
    const headers = fileHeaders({ name: 'a"; filename="b.html\r\nX: y.pdf', mediaType: 'application/pdf' })
    expect(headers['Content-Disposition']).not.toMatch(/[\r\n]|b\.html"/)
  })
})

describe('ranges', () => {
  it.each([
    ['bytes=0-3', { from: 0, to: 3 }],
    ['bytes=4-', { from: 4, to: 9 }],
    ['bytes=-2', { from: 8, to: 9 }],
    ['bytes=-200', { from: 0, to: 9 }],
    ['bytes=5-500', { from: 5, to: 9 }],
    ['bytes=10-', 'outside'],
    ['bytes=-0', 'outside'],
    ['bytes=7-3', null],
    ['bytes=0-1,4-5', null],
    ['lines=1-2', null],
    [undefined, null],
  ])('%s of ten bytes', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range)
  })
})

describe('sending', async () => {
  const storage = openStorage(dataDir)
  const bytes = pdfBytes('range')
  const upload = await files.upload('a.pdf', bytes)
  await storage.keep('ab/abc', upload.path, bytes.length)
  const file = {
    name: 'a.pdf',
    mediaType: 'application/pdf',
    size: bytes.length,
    sha256: 'f00d',
    storageKey: 'ab/abc',
  } as StoredFile
  const send = (headers: Record<string, string>) => fileReply(storage, file, headers, 'private, no-cache')

  it('sends the whole file', async () => {
    const reply = await send({})
    expect(reply.status).toBe(200)
    expect(reply.headers?.['Content-Length']).toBe(String(bytes.length))
    expect(await buffer(reply.body as Readable)).toEqual(bytes)
  })

  it('sends the part that is asked for', async () => {
    const reply = await send({ range: 'bytes=5-8' })
    expect(reply.status).toBe(206)
    expect(reply.headers?.['Content-Range']).toBe(`bytes 5-8/${bytes.length}`)
    expect((await buffer(reply.body as Readable)).toString()).toBe('1.4\n')
  })

  it('sends all of it when the part was asked of another version', async () => {
    expect((await send({ range: 'bytes=5-8', 'if-range': '"old"' })).status).toBe(200)
    expect((await send({ range: 'bytes=5-8', 'if-range': '"f00d"' })).status).toBe(206)
  })

  it('says that nothing has changed, or that nothing is there', async () => {
    expect((await send({ 'if-none-match': '"f00d"' })).status).toBe(304)
    expect((await send({ range: `bytes=${bytes.length}-` })).status).toBe(416)
  })

  it('makes a copy again that a crash cut off', async () => {
    const short = await files.upload('short', bytes.subarray(0, 4))
    await storage.keep('ab/torn', short.path, 4)
    await storage.keep('ab/torn', upload.path, bytes.length)
    expect(await buffer(await storage.read('ab/torn'))).toEqual(bytes)
  })
})
