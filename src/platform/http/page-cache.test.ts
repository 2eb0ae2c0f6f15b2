import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type CachedPage, compress, PageCache, packPage } from './page-cache.ts'
import { sendCached } from './send-cached.ts'

/** A page of so many bytes, and what the cache counts for it with its compressed forms. */
const pageOf = (bytes: number): CachedPage => packPage(200, 'text/html', Buffer.alloc(bytes))
const counted = (bytes: number) => Math.ceil(bytes * 1.6) + 1024
const small = pageOf(1000)
const put = (cache: PageCache, key: string, dependsOn: string[] = [], page = small, freshUntil?: Date) =>
  cache.put(key, page, dependsOn, freshUntil, cache.mark)
const opened = (limit = 1_000_000, now = () => 0) => {
  const cache = new PageCache(limit, now)
  cache.open()
  return cache
}

describe('the page cache', () => {
  it('drops exactly the pages made from what changed', () => {
    const cache = opened()
    put(cache, '/a', ['publication:1', 'lists:site'])
    put(cache, '/b', ['publication:2'])
    put(cache, '/c', ['publication:10'])
    cache.purge(['publication:1'])
    expect(['/a', '/b', '/c'].map(key => cache.get(key) !== undefined)).toEqual([false, true, true])
    expect(cache.size).toEqual({ pages: 2, bytes: 2 * counted(1000) })
    cache.purge(['*'])
    expect(cache.size).toEqual({ pages: 0, bytes: 0 })
  })

  it('does not keep what was made before a change that was told while it was being made', () => {
    const cache = opened()
    const mark = cache.mark
    cache.purge(['publication:9'])
    cache.put('/a', small, ['publication:1'], undefined, mark)
    expect(cache.get('/a')).toBeUndefined()
    put(cache, '/a')
    expect(cache.get('/a')).toBe(small)
  })

  it('never holds more than its limit; the page longest not asked for goes first', () => {
    const cache = opened(10 * counted(1000))
    for (let n = 1; n <= 10; n++) put(cache, `/${n}`)
    expect(cache.size).toEqual({ pages: 10, bytes: 10 * counted(1000) })
    cache.get('/1')
    put(cache, '/11')
    expect(cache.size).toEqual({ pages: 10, bytes: 10 * counted(1000) })
    expect(cache.get('/1')).toBeDefined()
    expect(cache.get('/2')).toBeUndefined()
  })

  it('counts a page that is made anew once', () => {
    const cache = opened()
    for (let n = 0; n < 5; n++) put(cache, '/a', [], pageOf(1000 + n))
    expect(cache.size).toEqual({ pages: 1, bytes: counted(1004) })
  })

  it('refuses a page so large that it would drive out all others', () => {
    const cache = opened(8 * counted(1000))
    put(cache, '/large', [], pageOf(1001))
    put(cache, '/fits', [], pageOf(1000))
    expect(cache.size).toEqual({ pages: 1, bytes: counted(1000) })
  })

  it('ends a page at the instant at which it would read differently', () => {
    let now = 1000
    const cache = opened(1_000_000, () => now)
    put(cache, '/a', [], small, new Date(2000))
    now = 1999
    expect(cache.get('/a')).toBeDefined()
    now = 2000
    expect(cache.get('/a')).toBeUndefined()
    expect(cache.size.bytes).toBe(0)
  })

  it('holds and takes nothing while nobody tells it of changes, nor what was made in that time', () => {
    const cache = opened()
    put(cache, '/a')
    cache.close()
    expect(cache.get('/a')).toBeUndefined()
    put(cache, '/b')
    expect(cache.get('/b')).toBeUndefined()
    const mark = cache.mark
    cache.open()
    cache.put('/c', small, [], undefined, mark)
    expect(cache.get('/c')).toBeUndefined()
    put(cache, '/c')
    expect(cache.get('/c')).toBeDefined()
  })
})

describe('a packed page', () => {
  const body = '政务公开 '.repeat(500)

  it('is compressed once, and its tag follows the text', async () => {
    const page = packPage(200, 'text/html', body)
    expect(brotliDecompressSync(await compress(page, 'br')).toString()).toBe(body)
    expect(gunzipSync(await compress(page, 'gzip')).toString()).toBe(body)
    expect(page.plain.length + (page.br?.length ?? 0) + (page.gzip?.length ?? 0)).toBeLessThan(
      counted(page.plain.length),
    )
    expect(packPage(200, 'text/html', body).etag).toBe(page.etag)
    expect(packPage(200, 'text/html', `${body}。`).etag).not.toBe(page.etag)
  })

  it('is sent as the reader can read it, and not again to one who has it', async () => {
    const page = packPage(200, 'text/html; charset=utf-8', body, { Vary: 'Accept-Encoding' })
    const server = createServer((request, response) => sendCached(request, response, page)).listen(
      0,
      '127.0.0.1',
    )
    await once(server, 'listening')
    const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    try {
      for (const encoding of ['br', 'gzip', 'identity']) {
        const answer = await fetch(url(), { headers: { 'accept-encoding': encoding } })
        expect(await answer.text()).toBe(body)
        expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
        expect(answer.headers.get('vary')).toBe('Accept-Encoding')
      }
      const head = await fetch(url(), { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
      expect(Number(head.headers.get('content-length'))).toBe(Buffer.byteLength(body))
      expect(await head.text()).toBe('')
      for (const known of [page.etag, `"other", ${page.etag}`, `W/${page.etag}`, '*']) {
        const again = await fetch(url(), { headers: { 'if-none-match': known } })
        expect([again.status, await again.text()], known).toEqual([304, ''])
      }
      const changed = await fetch(url(), { headers: { 'if-none-match': '"other"' } })
      expect(changed.status).toBe(200)
      const refused = await fetch(url(), { headers: { 'accept-encoding': 'br;q=0, gzip;q=0.5' } })
      expect(refused.headers.get('content-encoding')).toBe('gzip')
    } finally {
      server.close()
    }
  })
})
