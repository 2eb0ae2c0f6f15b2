import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createStaff, createStaffInput } from '#modules/people'
import type { ReachPolicy } from '#platform/net/addresses'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import type { Reach } from './actions/look.ts'
import { saveFeed } from './actions/save-feed.ts'
import { feedFacts } from './feed.ts'

/** The site of a higher government, on this machine: address → what it answers. */
interface Province {
  pages: Map<string, string | { status: number; body?: string }>
  asked: { url: string; headers: Record<string, unknown> }[]
  address(path: string): string
  /** Names lead to this machine only here, where no real network is asked. */
  reach: Reach
  close(): void
}

async function makeProvince(): Promise<Province> {
  const pages: Province['pages'] = new Map()
  const asked: Province['asked'] = []
  const server: Server = createServer((request, response) => {
    const { url = '' } = request
    if (url !== '/robots.txt') asked.push({ url, headers: request.headers })
    const page = pages.get(url)
    if (page === undefined) return void response.writeHead(404).end()
    if (typeof page !== 'string') return void response.writeHead(page.status).end(page.body)
    const etag = `"${Buffer.from(page).length}"`
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    response.writeHead(200, { etag }).end(page)
  }).listen(0, '127.0.0.1')
  await new Promise(ready => server.once('listening', ready))
  const { port } = server.address() as AddressInfo
  const policy: ReachPolicy = {
    resolve: async host => (host === 'province.example' ? ['127.0.0.1'] : []),
    mayReach: address => address === '127.0.0.1',
  }
  return {
    pages,
    asked,
    address: path => `http://province.example:${port}${path}`,
    reach: { policy, timeoutMs: 500 },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** An RSS feed of these items, the newest first. */
export const rssOf = (items: readonly { link: string; title: string; at?: string | undefined }[]) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>省政府</title>${items
    .map(
      ({ link, title, at }) =>
        `<item><title>${title}</title><link>${link}</link>${at ? `<pubDate>${at}</pubDate>` : ''}</item>`,
    )
    .join('')}</channel></rss>`

/** A government whose openness office watches its province. */
export async function makeReposts() {
  const [house, province] = await Promise.all([makePublishing(), makeProvince()])
  const { government, site, columns } = house.at
  const officer = house.as(['openness-office'], '何敏', government)
  return {
    house,
    province,
    officer,
    drafter: house.as(['drafter'], '林晓', government),
    reviewer: house.as(['secrecy-reviewer'], '周正', government),
    db: house.connection.db,
    siteId: site.id,
    watch: (facts: object = {}) =>
      saveFeed(
        officer,
        { siteId: site.id },
        feedFacts.parse({
          name: '省人民政府',
          address: province.address('/rss.xml'),
          form: 'feed',
          scope: 'general',
          columnId: columns.get('notices'),
          intervalMinutes: 30,
          ...facts,
        }),
      ),
    /** Somebody with an account, who can be told. @returns the id */
    keeper: async () => {
      const facts = { username: 'shouwang', name: '守望', organId: government.id }
      return (await createStaff(house.system, createStaffInput.parse(facts))).staffId
    },
    async leave() {
      province.close()
      await house.leave()
    },
  }
}

export type Reposts = Awaited<ReturnType<typeof makeReposts>> & { house: Publishing }
