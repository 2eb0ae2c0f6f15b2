import { load } from 'cheerio'
import type { FastifyInstance } from 'fastify'
import {
  publish,
  saveDraft,
  startEdition,
  startPublication,
  startPublicationInput,
} from '#modules/publications'
import { clockAt } from '#platform/clock'
import { readConfig } from '#platform/config'
import type { Context } from '#platform/context'
import {
  makeGovernment,
  quietLog,
  systemContext,
  type TestGovernment,
} from '../../../test/make/government.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { testDatabase } from '../../../test/make/test-database.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { type House, openHouse } from '../../app/house.ts'
import { publicServer } from '../../app/public-server.tsx'
import { saveDraftInput } from '../publications/actions/save-draft.ts'
import { findDraft } from '../publications/draft-queries.ts'

export const origin = 'http://site.example'
const at = (moment: string) => new Date(`${moment.replace(' ', 'T')}:00+08:00`)

/** A title that has hurt others before: markup, signs of XML, reversed writing, a picture sign. */
export const hostileTitle = `</title><script>"A"&'B'\u202e倒写\u202c😀<b>办法`

export interface OpenSite {
  server: FastifyInstance
  house: House
  county: TestGovernment
  /** The system, on the morning of 2026-11-23 or when the test says. */
  ctx: Context
  setTime(moment: string): void
  get(
    url: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; headers: Record<string, string> }>
  /** The answer of the API, as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  api(path: string): Promise<any>
  add(facts: Record<string, unknown>, moment: string): ReturnType<typeof makePublic>
  /** Publishes another edition of it, now. */
  correct(id: string, change: Record<string, unknown>): Promise<void>
  /** An old notice that comes by an import today. */
  importOld(title: string): Promise<{ id: string; publicId: string }>
  close(): Promise<void>
}

/** The whole public server over a small county, on a database of its own. */
export async function openSite(): Promise<OpenSite> {
  const database = await testDatabase()
  let now = at('2026-11-23 09:00')
  const clock = clockAt(() => now)
  const config = { ...readConfig({}), dataDir: await makeTestFolder(), publicUrl: origin }
  const house = await openHouse({ config, databaseUrl: database.url, log: quietLog, clock })
  const server = await publicServer(house)
  const ctx = systemContext(house.connection.db, clock)
  const county = await makeGovernment(ctx)
  const get: OpenSite['get'] = async (url, headers = {}) => {
    const answer = await server.inject({ method: 'GET', url, headers: { host: 'site.example', ...headers } })
    return {
      status: answer.statusCode,
      text: answer.payload,
      headers: answer.headers as Record<string, string>,
    }
  }
  return {
    server,
    house,
    county,
    ctx,
    get,
    setTime: moment => {
      now = at(moment)
    },
    api: async path => JSON.parse((await get(`/api/v1${path}`)).text),
    add: (facts, moment) => makePublic(ctx, county, facts, at(moment)),
    correct: (id, change) => correct(ctx, id, change),
    importOld: title => importOld(ctx, county, title),
    async close() {
      await server.close()
      await house.close()
      await database.drop()
    },
  }
}

export const policyFacts = {
  kind: 'policy',
  column: 'policies',
  issuers: '云溪县人民政府',
  signedOn: '2026-11-01',
  theme: '农业、林业、水利',
}

/** An Atom feed as a reader takes it. */
export function readFeed(xml: string) {
  const $ = load(xml, { xml: true })
  const entries = $('feed > entry')
    .toArray()
    .map(entry => {
      const text = (name: string) => $(entry).children(name).text()
      return {
        id: text('id'),
        title: text('title'),
        updated: text('updated'),
        link: $(entry).children('link').attr('href'),
        summary: text('summary') || text('content'),
        author: $(entry).find('author > name').text(),
      }
    })
  return {
    id: $('feed > id').text(),
    title: $('feed > title').text(),
    updated: $('feed > updated').text(),
    self: $('feed > link[rel=self]').attr('href'),
    next: $('feed > link[rel=next]').attr('href'),
    entries,
  }
}

async function correct(ctx: Context, publicationId: string, change: Record<string, unknown>): Promise<void> {
  await startEdition(ctx, publicationId)
  const draft = await findDraft(ctx.db, publicationId)
  const { revision } = await saveDraft(
    ctx,
    saveDraftInput.parse({ ...draft, changeNote: '更正', ...change, publicationId }),
  )
  await publish(ctx, { publicationId, revision }, { kind: 'sample', publicAt: ctx.clock.now() })
}

async function importOld(ctx: Context, county: TestGovernment, title: string) {
  const { id, publicId, revision } = await startPublication(
    ctx,
    startPublicationInput.parse({
      kind: 'notice',
      siteId: county.site.id,
      organId: county.department.id,
      columnIds: [county.columns.get('notices')],
      title,
      source: '档案',
      bodyHtml: '<p>旧文。</p>',
    }),
    {
      archive: true,
      sourcePublishedOn: '2009-03-04',
      sourceUrl: 'http://old.example/a?b=1&c=2',
      importKey: title,
      formerIndexNo: null,
    },
  )
  await publish(ctx, { publicationId: id, revision }, { kind: 'archive-import', run: '1', source: '档案' })
  return { id, publicId }
}
