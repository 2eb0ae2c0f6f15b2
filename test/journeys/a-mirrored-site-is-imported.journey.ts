import { rm } from 'node:fs/promises'
import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onDatabase } from '../make/on-server.ts'
import { makeTestFolder } from '../make/test-folder.ts'
import { type ExpectedDocument, type Mirror, mirrorOf, writeMirror } from '../mirror/mirror.ts'
import { type BuiltSite, startBuiltSite } from './built-site.ts'
import { importCommand } from './import-command.ts'

/** Of the old site; as many as a county's has in one department. */
const pages = Number(process.env.MIRROR_PAGES ?? 2000)
const patience = 20 * 60_000

let site: BuiltSite
let mirror: Mirror
let folder: string
let before: Counted
const places = new Map<ExpectedDocument, string>()

beforeAll(async () => {
  mirror = mirrorOf({ pages, seed: 7 })
  folder = await makeTestFolder()
  await writeMirror(folder, mirror)
  site = await startBuiltSite()
  before = await counted()
}, patience)

afterAll(async () => {
  await site?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Counted {
  publications: number
  editions: number
  files: number
  addresses: number
}

async function counted(): Promise<Counted> {
  const [row] = await onDatabase(
    site.databaseUrl,
    `select (select count(*) from publications)::int as publications, (select count(*) from editions)::int as editions,
      (select count(*) from files)::int as files, (select count(*) from moved_addresses)::int as addresses`,
  )
  return row as unknown as Counted
}

const importIt = (killAt?: number) =>
  importCommand(
    [folder],
    { DATABASE_URL: site.databaseUrl, DATA_DIR: site.dataDir },
    killAt === undefined ? {} : { killAt },
  )

/** Each once, a few at a time. */
async function forEach<T>(all: readonly T[], look: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const work = async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await look(one)
  }
  await Promise.all(Array.from({ length: 6 }, work))
}

async function movedTo(address: string): Promise<string> {
  const answer = await fetch(site.publicUrl + encodeURI(address), { redirect: 'manual' })
  return answer.status === 301 ? (answer.headers.get('location') ?? '') : `${answer.status} ${address}`
}

const sameSite = (location: string) => location.replace(site.publicUrl, '')

describe('the mirror of an old site', () => {
  it(
    'is imported to its end although the process is killed three times',
    async () => {
      let killed = 0
      for (const killAt of [0.15, 0.4, 0.7]) if ((await importIt(killAt)) === null) killed += 1
      // A small mirror is through before it has told how far it is
      if (pages >= 2000) expect(killed).toBeGreaterThanOrEqual(2)
      const answer = await importIt()
      expect(answer?.documents.filter(one => !/published|unchanged/.test(one.result))).toEqual([])
      expect(answer?.faults).toEqual([])
    },
    patience,
  )

  it(
    'every old address of a document answers 301 and leads to its page (S-DOM-04)',
    async () => {
      const astray: unknown[] = []
      await forEach(mirror.documents, async expected => {
        const ways = new Set<string>()
        for (const address of expected.addresses) ways.add(sameSite(await movedTo(address)))
        const [place = ''] = ways
        places.set(expected, place)
        const page = await fetch(site.publicUrl + place)
        const title = load(await page.text())('main h1')
          .first()
          .text()
          .replaceAll(/\s+/g, '')
        const wanted = expected.document.title
        if (ways.size !== 1 || page.status !== 200 || title !== wanted)
          astray.push({ addresses: expected.addresses, ways: [...ways], status: page.status, title, wanted })
      })
      expect(astray).toEqual([])
      expect(new Set(places.values()).size).toBe(mirror.documents.length)
    },
    patience,
  )

  it(
    'every attachment stands on its page, every old address of a file leads on',
    async () => {
      const wrong: unknown[] = []
      await forEach(mirror.documents, async expected => {
        const place = places.get(expected) ?? ''
        const json = (await (await fetch(`${site.publicUrl}${place}.json`)).json()) as {
          docNo: string | null
          attachments: { title: string }[]
        }
        if (json.docNo !== expected.document.docNo || json.attachments.length !== expected.attachments.length)
          wrong.push({
            place,
            addresses: expected.addresses,
            json: json.attachments,
            wanted: expected.attachments,
          })
        for (const { address } of [...expected.attachments, ...expected.pictures]) {
          const way = await movedTo(address)
          if (!/^\/(?:files|policies|notices)\//.test(sameSite(way))) wrong.push({ address, way })
        }
        for (const { address } of expected.pictures) {
          const picture = await fetch(site.publicUrl + encodeURI(address))
          if (!picture.headers.get('content-type')?.startsWith('image/')) wrong.push({ picture: address })
        }
      })
      expect(wrong).toEqual([])
    },
    patience,
  )

  it('nothing is there twice, and lists are no documents', async () => {
    const now = await counted()
    const files = new Set(
      mirror.documents.flatMap(({ attachments, pictures }) =>
        [...attachments, ...pictures].map(one => one.sha256),
      ),
    )
    expect({
      publications: now.publications - before.publications,
      editions: now.editions - before.editions,
      files: now.files - before.files,
    }).toEqual({
      publications: mirror.documents.length,
      editions: mirror.documents.length,
      files: files.size,
    })
    for (const address of mirror.lists.slice(1, 20)) expect(await movedTo(address), address).toMatch(/^404/)
  })

  it('what a notice repeals is repealed, whichever of the two came first (R-NOR)', async () => {
    const byNumber = new Map(mirror.documents.map(one => [one.document.docNo, one]))
    const today = new Date().toISOString().slice(0, 10)
    const repealed = mirror.documents.flatMap(({ document }) =>
      document.repeals.flatMap(({ docNo, from }) => (from < today ? (byNumber.get(docNo) ?? []) : [])),
    )
    expect(repealed.length).toBeGreaterThan(0)
    const still: string[] = []
    await forEach(repealed, async expected => {
      const place = places.get(expected)
      const json = (await (await fetch(`${site.publicUrl}${place}.json`)).json()) as { validity: string }
      if (json.validity !== 'repealed') still.push(`${place} ${expected.document.docNo} ${json.validity}`)
    })
    expect(still).toEqual([])
  })

  it(
    'imported again it changes nothing',
    async () => {
      const now = await counted()
      const answer = await importIt()
      expect(answer?.documents.filter(one => one.result !== 'unchanged')).toEqual([])
      expect(await counted()).toEqual(now)
    },
    patience,
  )
})
