import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReachPolicy } from '#platform/net/addresses'
import { makePublic } from '../../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { askOutsideLinks } from '../actions/ask-outside-links.ts'
import { checkLinks } from '../actions/check-links.ts'
import { chooseOutsideCheck } from '../actions/choose-outside-check.ts'
import { readTexts } from '../actions/read-texts.ts'
import { listStored } from '../queries.ts'
import { askOutside } from './ask-outside.ts'

/** A site of somebody else, on this machine. */
let server: Server
let port = 0
let asked: string[] = []
let broken = true
let atOnce = 0
let most = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '', method = '' } = request
    asked.push(`${method} ${url}`)
    atOnce++
    most = Math.max(most, atOnce)
    response.on('close', () => atOnce--)
    const answer = (status: number, headers = {}) =>
      setTimeout(() => response.writeHead(status, headers).end(), 5)
    if (url === '/robots.txt')
      return void response.writeHead(200).end('User-agent: *\nDisallow: /private/\nAllow: /private/open')
    if (url === '/silent') return
    if (url === '/no-head') return void answer(method === 'HEAD' ? 405 : 200)
    if (url === '/only-head-fails') return void answer(method === 'HEAD' ? 500 : 200)
    if (url === '/moved') return void answer(302, { location: '/fine' })
    if (url === '/circle') return void answer(302, { location: '/circle' })
    if (url === '/inside') return void answer(302, { location: 'http://10.0.0.8/admin' })
    if (url === '/named-inside') return void answer(302, { location: `http://inside.example:${port}/` })
    if (url === '/file') return void answer(302, { location: 'file:///etc/hosts' })
    if (url.startsWith('/gone')) return void answer(broken ? 404 : 200)
    answer(url === '/login' ? 403 : 200)
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
  resolve: async host => {
    if (host === 'inside.example') return ['192.168.1.9']
    if (host === 'double.example') return ['127.0.0.1', '192.168.1.9']
    return host === 'other.example' ? ['127.0.0.1'] : []
  },
  mayReach: address => address === '127.0.0.1',
}
const asking = { policy, timeoutMs: 300 }
const to = (path: string, host = 'other.example') => askOutside(`http://${host}:${port}${path}`, asking)

describe('which machines may be asked (server-side request forgery)', () => {
  it('a name or a redirect that leads inside is not followed', async () => {
    asked = []
    for (const answer of [
      await to('/', 'inside.example'),
      await to('/', 'double.example'),
      await askOutside('http://192.168.1.9/', asking),
      await askOutside('http://[::1]/', asking),
      // Other ways to write 127.0.0.2 and 10.0.0.1
      await askOutside('http://2130706434/', asking),
      await askOutside('http://0xa.1/', asking),
    ])
      expect(answer.outcome).toBe('not-asked')
    expect(asked).toEqual([])
    expect((await to('/inside')).outcome).toBe('not-asked')
    expect((await to('/named-inside')).outcome).toBe('not-asked')
    expect((await to('/file')).outcome).toBe('not-asked')
  })
})

describe('asking one address', () => {
  it('HEAD first, GET where that does not do; a login page is there', async () => {
    asked = []
    expect(await to('/no-head')).toEqual({ outcome: 'answers', detail: '状态 200' })
    expect(await to('/only-head-fails')).toMatchObject({ outcome: 'answers' })
    expect(asked).toEqual(['HEAD /no-head', 'GET /no-head', 'HEAD /only-head-fails', 'GET /only-head-fails'])
    expect(await to('/login')).toMatchObject({ outcome: 'answers' })
    expect(await to('/moved')).toMatchObject({ outcome: 'answers' })
  })

  it('says in words why nobody answered', async () => {
    expect(await to('/gone')).toEqual({ outcome: 'fails', detail: '状态 404' })
    expect(await to('/silent')).toEqual({ outcome: 'fails', detail: '0.3 秒内没有应答' })
    expect(await to('/circle')).toMatchObject({ outcome: 'fails', detail: '转了 5 次仍没有到达' })
    expect(await to('/', 'nobody.example')).toEqual({ outcome: 'fails', detail: '域名不存在' })
    const slow = { ...policy, resolve: () => new Promise<string[]>(() => {}) }
    expect(await askOutside('http://a.example/', { policy: slow, timeoutMs: 50 })).toMatchObject({
      outcome: 'fails',
    })
  })
})

describe('links to other sites (S-CHK-17)', () => {
  let house: Publishing
  beforeAll(async () => {
    house = await makePublishing()
  })
  afterAll(() => house.leave())
  const courtesy = { ...asking, pauseMs: 0, hosts: 4 }
  const choose = (outside: 'yes' | undefined, nightlyLimit = 50) =>
    chooseOutsideCheck(house.as(['openness-office'], '何敏', house.at.government), {
      siteId: house.at.site.id,
      outside,
      nightlyLimit,
    })
  const night = async (day: string) => {
    house.setTime(`${day} 02:10`)
    await readTexts(house.system, house.at.site)
    const count = await askOutsideLinks(house.system, house.at.site.id, courtesy)
    await checkLinks(house.system, house.at.site, () => true)
    return count
  }
  const open = () =>
    listStored(
      house.connection.db,
      { siteIds: [house.at.site.id], rule: 'S-CHK-17', state: 'open' },
      { limit: 9, offset: 0 },
    )

  it('nobody is asked until the site wants it', async () => {
    const link = (path: string) => `<a href="http://other.example:${port}${path}">见</a>`
    const bodyHtml = `<p>${['/gone/a', '/fine', '/private/x'].map(link).join('')}</p>`
    await makePublic(house.system, house.at, { title: '有外链的', bodyHtml })
    asked = []
    expect(await night('2026-11-24')).toBe(0)
    expect(asked).toEqual([])
  })

  it('three different days without an answer make a finding; once a day, one at a time, never what robots.txt forbids', async () => {
    await choose('yes')
    most = 0
    expect(await night('2026-11-25')).toBe(3)
    expect(await askOutsideLinks(house.system, house.at.site.id, courtesy)).toBe(0)
    await night('2026-11-26')
    expect(await open()).toEqual([])
    await night('2026-11-27')
    const [finding] = await open()
    expect(finding).toMatchObject({ since: '2026-11-27', place: { label: '有外链的' } })
    expect(finding?.evidence).toContain('状态 404，2026-11-25、2026-11-26、2026-11-27')
    expect(asked.filter(one => one.includes('/private/'))).toEqual([])
    expect(most).toBe(1)
  })

  it('an answer ends it, and the count begins anew', async () => {
    broken = false
    await night('2026-11-28')
    expect(await open()).toEqual([])
    broken = true
    await night('2026-11-29')
    await night('2026-11-30')
    expect(await open()).toEqual([])
    await night('2026-12-01')
    expect(await open()).toHaveLength(1)
  })

  it('never more than so many a night, those that failed first; off again means off', async () => {
    await choose('yes', 1)
    asked = []
    expect(await night('2026-12-02')).toBe(1)
    expect(asked.map(one => one.split(' ')[1])).toEqual(['/robots.txt', '/gone/a', '/gone/a'])
    await choose(undefined)
    expect(await night('2026-12-03')).toBe(0)
  })
})
