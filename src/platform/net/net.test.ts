import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPublicAddress, type ReachPolicy } from './addresses.ts'
import { readOutside } from './read-outside.ts'
import { robotsOf, rulesIn } from './robots.ts'

const agent = 'MingtangTest'
let server: Server
let port = 0
let asked: { url: string; headers: Record<string, unknown> }[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '' } = request
    asked.push({ url, headers: request.headers })
    if (url === '/robots.txt')
      return void response.writeHead(200).end('User-agent: *\nDisallow: /private/\nAllow: /private/open')
    if (url === '/moved') return void response.writeHead(302, { location: '/page' }).end()
    if (url === '/inside') return void response.writeHead(302, { location: 'http://10.0.0.8/' }).end()
    if (url === '/circle') return void response.writeHead(302, { location: '/circle' }).end()
    if (url === '/file') return void response.writeHead(302, { location: 'file:///etc/hosts' }).end()
    if (url === '/gone') return void response.writeHead(404).end()
    if (url === '/silent') return
    if (url === '/same' && request.headers['if-none-match'] === '"1"')
      return void response.writeHead(304).end()
    if (url === '/packed') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    if (url === '/huge') {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed)
          if (!response.write(Buffer.alloc(64_000))) return void response.once('drain', more)
      }
      return more()
    }
    response.writeHead(200, { etag: '"1"', 'last-modified': 'Mon, 23 Nov 2026 02:00:00 GMT' }).end('文字')
  }).listen(0, '127.0.0.1')
  await new Promise(ready => server.once('listening', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Names lead to this machine only here, where no real network is asked. */
const policy: ReachPolicy = {
  resolve: async host =>
    host === 'other.example' ? ['127.0.0.1'] : host === 'inside.example' ? ['10.0.0.1'] : [],
  mayReach: address => address === '127.0.0.1',
}
const asking = { policy, timeoutMs: 300, readUpTo: 1_000_000, agent }
const read = (path: string, headers = {}) =>
  readOutside(`http://other.example:${port}${path}`, { ...asking, headers })

describe('which machines may be asked (server-side request forgery)', () => {
  it('public addresses on the ports of the web, nothing else, however it is written', () => {
    for (const open of ['8.8.8.8', '202.106.0.20', '2400:3200::1'])
      expect(isPublicAddress(open, 443), open).toBe(true)
    const closed = [
      ...[
        '127.0.0.1',
        '10.1.2.3',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.0.1',
        '169.254.169.254',
        '100.64.0.1',
      ],
      ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fd00::1', 'ff02::1'],
      ...[
        '::ffff:10.0.0.1',
        '::ffff:7f00:1',
        '64:ff9b::a00:1',
        '2002:a00:1::1',
        '2001:db8::1',
        'localhost',
        '',
      ],
    ]
    for (const address of closed) expect(isPublicAddress(address, 443), address).toBe(false)
    expect(isPublicAddress('8.8.8.8', 22)).toBe(false)
    expect(isPublicAddress('8.8.8.8', 5432)).toBe(false)
  })
})

describe('robots.txt', () => {
  it('keeps to robots.txt: our own rules before those for all, the longest that fits', async () => {
    const lets = await robotsOf(`http://other.example:${port}`, agent, asking)
    expect(['/private/a', '/private/open/a', '/public'].map(lets)).toEqual([false, true, true])
    const ours = rulesIn(
      'User-agent: *\nDisallow: /\n\nUser-agent: MingtangTest\nDisallow: /x # why\n',
      agent,
    )
    expect(['/a', '/x/y'].map(ours)).toEqual([true, false])
    expect(rulesIn('nonsense', agent)('/a')).toBe(true)
  })
})

describe('reading what another site shows', () => {
  it('follows redirects, says where it arrived and what to ask by next time', async () => {
    expect(await read('/moved')).toMatchObject({
      outcome: 'read',
      address: `http://other.example:${port}/page`,
      etag: '"1"',
      lastModified: 'Mon, 23 Nov 2026 02:00:00 GMT',
    })
  })

  it('is told that nothing has changed', async () => {
    expect(await read('/same', { 'if-none-match': '"1"' })).toEqual({ outcome: 'unchanged' })
  })

  it('never goes inside, not by a redirect, not by a name', async () => {
    asked = []
    for (const path of ['/inside', '/file'])
      expect(await read(path)).toMatchObject({ outcome: 'failed', fault: 'closed' })
    expect(await readOutside('http://inside.example/', asking)).toMatchObject({ fault: 'closed' })
    expect(await readOutside('ftp://other.example/', asking)).toMatchObject({ fault: 'closed' })
    expect(await readOutside('nonsense', asking)).toMatchObject({ fault: 'closed' })
    expect(asked.map(one => one.url)).toEqual(['/inside', '/file'])
  })

  it('gives up on what is silent, gone, endless, packed or never arrives, and says so', async () => {
    expect(await read('/silent')).toMatchObject({ fault: 'unreachable', words: '0.3 秒内没有应答' })
    expect(await read('/gone')).toMatchObject({ fault: 'status', words: '对方回答：状态 404' })
    expect(await read('/circle')).toMatchObject({ fault: 'unreachable', words: '转了 5 次仍没有到达' })
    expect(await read('/huge')).toMatchObject({ fault: 'too-large' })
    expect(await read('/packed')).toMatchObject({ fault: 'packed' })
    expect(await readOutside('http://nobody.example/', asking)).toMatchObject({ words: '域名不存在' })
  })
})
