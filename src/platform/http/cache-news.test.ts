import { connect as connectTo, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  columnTag,
  listsTag,
  publicationTag,
  publish,
  saveDraft,
  startEdition,
  takeDown,
} from '#modules/publications'
import { nameOf, onServer } from '../../../test/make/on-server.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { documentFacts, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { saveDraftInput } from '../../modules/publications/actions/save-draft.ts'
import { findDraft } from '../../modules/publications/draft-queries.ts'
import { Remembered } from '../remembered.ts'
import { announceChange, followChanges } from './cache-news.ts'
import { PageCache, packPage } from './page-cache.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

/** What another process keeps of the public site. */
async function anotherProcess(url = house.url, heartbeat?: number) {
  const cache = new PageCache(1_000_000)
  const facts = new Remembered()
  const news = followChanges(url, [cache, facts], heartbeat)
  await news.ready
  const page = packPage(200, 'text/html', '<p>页面</p>')
  const keep = (key: string, ...tags: string[]) => cache.put(key, page, tags, undefined, cache.mark)
  const has = (key: string) => cache.get(key) !== undefined
  return {
    cache,
    facts,
    keep,
    has,
    /** Has heard all that was told until now: news come in the order in which they were told. */
    async upToDate() {
      const tag = crypto.randomUUID()
      keep('/last', tag)
      await announceChange(house.connection.db, [tag])
      await expect.poll(() => has('/last'), within(5000)).toBe(false)
    },
    keepsAgain: (key: string) => {
      keep(key)
      return has(key)
    },
    stop: () => news.stop(),
  }
}

const within = (milliseconds: number) => ({ timeout: milliseconds, interval: 5 })
/** As an administrator of the server would: the application itself may not. */
const cutListeners = async () => {
  const cut = await onServer(
    house.url,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${nameOf(house.url)}' and application_name = 'mingtang cache'`,
  )
  expect(cut.length).toBeGreaterThan(0)
}

describe('news of changes', () => {
  it('a second process drops what a publication touches within a second, and nothing else', async () => {
    const other = await anotherProcess()
    const [notices, policies] = [house.at.columns.get('notices'), house.at.columns.get('policies')]
    const keepAll = (id: string) => {
      other.keep('/its-page', publicationTag(id))
      other.keep('/its-column', columnTag(notices ?? ''))
      other.keep('/home', listsTag(house.at.site.id))
      other.keep('/other-column', columnTag(policies ?? ''))
      other.keep('/other-site', listsTag(crypto.randomUUID()))
    }
    keepAll('')
    const item = await makePublic(house.system, house.at)
    await expect.poll(() => other.has('/home'), within(1000)).toBe(false)
    expect([other.has('/its-column'), other.has('/other-column'), other.has('/other-site')]).toEqual([
      false,
      true,
      true,
    ])
    keepAll(item.id)
    house.setTime('2026-11-24 10:00')
    await takeDown(house.system, { publicationId: item.id, how: 'withdrawn', reason: '有误', to: '' })
    await expect.poll(() => other.has('/its-page'), within(1000)).toBe(false)
    expect(other.has('/other-column')).toBe(true)
    await other.stop()
  })

  it('the pages of documents that speak of a publication, and of columns that it leaves, go with it', async () => {
    const other = await anotherProcess()
    const docNo = '云政发〔2026〕90号'
    const citing = await makePublic(house.system, house.at, { title: '引用它的通知', cites: docNo })
    const citingPage = publicationTag(citing.id)
    await other.upToDate()
    other.keep('/citing', citingPage)
    const cited = await makePublic(house.system, house.at, documentFacts('被引用的办法', { docNo }))
    await expect.poll(() => other.has('/citing'), within(1000)).toBe(false)

    await other.upToDate()
    other.keep('/citing', citingPage)
    for (const [path, id] of house.at.columns) other.keep(path, columnTag(id))
    await startEdition(house.system, cited.id)
    const columnIds = [house.at.columns.get('policies')]
    const form = { ...(await findDraft(house.connection.db, cited.id)), columnIds, changeNote: '换栏目' }
    const { revision } = await saveDraft(
      house.system,
      saveDraftInput.parse({ ...form, publicationId: cited.id }),
    )
    await publish(
      house.system,
      { publicationId: cited.id, revision },
      { kind: 'review', opinion: '可以公开' },
    )
    await expect.poll(() => other.has('/citing'), within(1000)).toBe(false)
    expect([...house.at.columns.keys()].filter(other.has).sort()).toEqual(['interpretation', 'notices'])
    await other.stop()
  })

  it('is told when the transaction commits, and not at all when it does not', async () => {
    const other = await anotherProcess()
    other.keep('/a', 'publication:1')
    const { db } = house.connection
    const undone = db.transaction().execute(async open => {
      await announceChange(open, ['publication:1'])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await db.transaction().execute(async open => {
      await announceChange(open, ['publication:1'])
      await announceChange(db, ['publication:2'])
      await expect.poll(() => other.cache.mark, within(1000)).toBeGreaterThan(0)
      expect(other.has('/a')).toBe(true)
    })
    await expect.poll(() => other.has('/a'), within(1000)).toBe(false)
    await other.stop()
  })

  it('news too long for one notice concern everything', async () => {
    const other = await anotherProcess()
    other.keep('/a', 'publication:1')
    await announceChange(
      house.connection.db,
      Array.from({ length: 300 }, () => publicationTag(crypto.randomUUID())),
    )
    await expect.poll(() => other.has('/a'), within(1000)).toBe(false)
    await other.stop()
  })

  it('while the connection is cut nothing is kept; afterwards it is again', async () => {
    const other = await anotherProcess()
    other.keep('/a')
    await cutListeners()
    await expect.poll(() => other.has('/a'), within(1000)).toBe(false)
    other.keep('/a')
    expect(other.has('/a'), 'closed').toBe(false)
    await expect.poll(() => other.keepsAgain('/a'), within(5000)).toBe(true)
    const tag = 'publication:1'
    other.keep('/b', tag)
    await announceChange(house.connection.db, [tag])
    await expect.poll(() => other.has('/b'), within(1000)).toBe(false)
    await other.stop()
  })

  it('notices a connection that died without a word', async () => {
    const line = await openLine(house.url)
    const other = await anotherProcess(line.url, 500)
    other.keep('/a')
    expect(other.has('/a')).toBe(true)
    line.goSilent()
    await expect.poll(() => other.has('/a'), within(3000)).toBe(false)
    other.keep('/a')
    expect(other.has('/a'), 'closed').toBe(false)
    line.speak()
    await expect.poll(() => other.keepsAgain('/a'), within(5000)).toBe(true)
    await other.stop()
    line.close()
  })

  it('stops for good, also while it is trying again', async () => {
    const other = await anotherProcess()
    await cutListeners()
    await other.stop()
    await sleep(700)
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and application_name = 'mingtang cache'`.execute(house.connection.db)
    expect(rows).toEqual([])
  })
})

/** A way to the database that can go silent: nothing is closed, nothing arrives any more. */
async function openLine(url: string) {
  const address = new URL(url)
  const { hostname, port } = address
  const ends: Socket[] = []
  let silent = false
  const server: Server = createServer(near => {
    const far = connectTo(Number(port || 5432), hostname)
    ends.push(near, far)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', bytes => silent || to.write(bytes))
      from.on('error', () => {})
      from.on('close', () => silent || to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const near = server.address()
  if (near && typeof near === 'object') address.host = `127.0.0.1:${near.port}`
  return {
    url: address.href,
    goSilent() {
      silent = true
    },
    speak() {
      silent = false
    },
    close() {
      for (const end of ends) end.destroy()
      server.close()
    },
  }
}
