import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { dateInBeijing } from '#lib/beijing-time'
import { storeUpload } from '#modules/files'
import { learnAlias } from '#modules/organisations'
import {
  addressOf,
  publish,
  saveDraft,
  startEdition,
  startPublication,
  startPublicationInput,
  takeDown,
} from '#modules/publications'
import { system } from '#platform/actor'
import { clockAt } from '#platform/clock'
import { readConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { type FileStorage, openStorage } from '#platform/storage/storage'
import { fileFolder, pdfBytes } from '../../../test/make/file-bytes.ts'
import { quietLog } from '../../../test/make/government.ts'
import { testDatabase } from '../../../test/make/test-database.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { draftInput } from '../../modules/publications/actions/draft-input.ts'
import { findDraft } from '../../modules/publications/draft-queries.ts'
import { type House, openHouse } from '../house.ts'
import { publicServer } from '../public-server.tsx'
import { restoreArchive } from './restore-archive.ts'
import { type ArchiveWanted, writeArchive } from './write-archive.ts'

export interface Installation {
  house: House
  server: FastifyInstance
  ctx: Context
  storage: FileStorage
  leave(): Promise<void>
}

/** Where the exports of a test lie, and the moment it stands at. */
export const stage = { folder: '', now: new Date() }

export async function install(): Promise<Installation> {
  const { url, drop } = await testDatabase()
  const config = { ...readConfig({}), dataDir: await makeTestFolder(), publicUrl: 'http://site.example' }
  const house = await openHouse({ config, databaseUrl: url, log: quietLog, clock: clockAt(() => stage.now) })
  const server = await publicServer(house)
  const ctx = { db: house.connection.db, actor: system('测试'), clock: house.clock, log: quietLog }
  return {
    house,
    server,
    ctx,
    storage: openStorage(config.dataDir),
    async leave() {
      await server.close()
      await house.close()
      await drop()
    },
  }
}

export const notes: string[] = []
const whole: Omit<ArchiveWanted, 'folder'> = { site: null, withClosed: false, withWithdrawnText: false }
export const exportTo = (from: Installation, name: string, wanted: Partial<ArchiveWanted> = {}) =>
  writeArchive(
    {
      db: from.ctx.db,
      clock: from.ctx.clock,
      storage: from.storage,
      progress: () => {},
      note: text => void notes.push(text),
    },
    { ...whole, folder: join(stage.folder, name), ...wanted },
  )
export const restoreInto = (into: Installation, name: string) =>
  restoreArchive(into.ctx, into.storage, join(stage.folder, name), () => {})
/** A line as a stranger sees it. */
export interface Line extends Record<string, unknown> {
  editions: Record<string, unknown>[]
  organ: object
}
export const linesOf = async (name: string, file: string): Promise<Line[]> =>
  (await readFile(join(stage.folder, name, file), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

export const items: Record<string, { id: string; publicId: string }> = {}

/** What comes to happen to publications in a few years. */
export async function happenings({ ctx, storage }: Installation): Promise<void> {
  const uploads = await fileFolder()
  const { db } = ctx
  const site = await db
    .selectFrom('sites')
    .selectAll()
    .where('isDefault', '=', true)
    .executeTakeFirstOrThrow()
  const column = await db
    .selectFrom('columns')
    .selectAll()
    .where('siteId', '=', site.id)
    .where('path', '=', 'notices')
    .executeTakeFirstOrThrow()
  const begin = (title: string, more: object = {}) =>
    startPublication(
      ctx,
      startPublicationInput.parse({
        kind: 'notice',
        siteId: site.id,
        organId: site.organId,
        columnIds: [column.id],
        title,
        source: '县政府办公室',
        summary: `${title}的概述`,
        bodyHtml: `<p>${title}的正文。</p>`,
        ...more,
      }),
    )
  await learnAlias(ctx, { organId: site.organId, alias: '云溪县政府本级', learnedFrom: '2026年工作要点' })
  const review = { kind: 'review', opinion: '不涉密，可以公开。' } as const
  const open = async (
    title: string,
    more: object = {},
    publicAt = new Date(stage.now.getTime() - 5 * day),
  ) => {
    const draft = await begin(title, more)
    await publish(ctx, { publicationId: draft.id, revision: draft.revision }, { kind: 'sample', publicAt })
    items[title] = draft
    return draft
  }
  const correct = async (item: { id: string }, title: string, publicAt?: Date) => {
    await startEdition(ctx, item.id)
    const draft = await findDraft(db, item.id)
    const form = draftInput.parse({ ...draft, title, changeNote: '更正了数字' })
    await saveDraft(ctx, { ...form, publicationId: item.id, revision: 1 })
    await publish(ctx, { publicationId: item.id, revision: 2, publicAt }, review)
  }
  await begin('还在起草的甲')
  await correct(await open('更正过的乙'), '更正过的乙（第二版）')
  await correct(await open('等着更正的丙'), '丙的下一版，还不能说', new Date(stage.now.getTime() + day))
  const later = await begin('定时的丁')
  await publish(
    ctx,
    { publicationId: later.id, revision: 1, publicAt: new Date(stage.now.getTime() + day) },
    review,
  )
  items.定时的丁 = later
  const successor = await open('接替的戊')
  for (const [title, how] of [
    ['撤下的己', 'withdrawn'],
    ['转移的庚', 'redirected'],
    ['被取代的辛', 'superseded'],
  ] as const) {
    const item = await open(title)
    const to = how === 'withdrawn' ? '' : successor.publicId
    await takeDown(ctx, { publicationId: item.id, how, reason: `${title}的理由`, to })
  }
  await open('到期的壬', { shownUntil: dateInBeijing(new Date(stage.now.getTime() - 2 * day)) })
  await open('还在公示的癸', { shownUntil: dateInBeijing(new Date(stage.now.getTime() + 9 * day)) })
  await open('引用没有公开的', {
    cites: `/notices/${later.publicId}\n《一份还没有来的文件》\n云政发〔1999〕7号`,
  })

  const upload = async (name: string, bytes: Uint8Array) =>
    storeUpload(ctx, await uploads.upload(name, bytes), { siteId: site.id, storage })
  const shown = await upload('公开附件.pdf', pdfBytes('shown'))
  const held = await upload('待核对原件.pdf', pdfBytes('held'))
  const hidden = await upload('撤下的附件.pdf', pdfBytes('hidden'))
  await sql`update files set held = true where id = ${held.id}`.execute(db)
  const attach = (...files: { id: string; name: string }[]) => ({
    attachments: files.map(file => ({ fileId: file.id, title: file.name })),
  })
  const carrier = await open('带附件的子', attach(shown, held))
  const gone = await open('带附件而撤下的丑', attach(hidden))
  await takeDown(ctx, { publicationId: gone.id, how: 'gone', reason: '含有个人信息', to: '' })
  await db
    .insertInto('movedAddresses')
    .values([
      { siteId: site.id, path: '/art/2019/1.html', publicationId: carrier.id },
      { siteId: site.id, path: '/art/2019/1.pdf', publicationId: carrier.id, fileId: shown.id },
      { siteId: site.id, path: '/art/2019/2.pdf', publicationId: carrier.id, fileId: held.id },
    ])
    .execute()
  await uploads.remove()
}
const day = 24 * 3600 * 1000

/** Every address that ever was public, and the pages that lead there. */
export async function addresses({ ctx }: Installation): Promise<string[]> {
  const { rows } = await sql<{ kind: string; publicId: string; editions: number[] }>`
    select p.kind, p.public_id, array(select number from editions e where e.publication_id = p.id) as editions
    from publications p order by p.public_id`.execute(ctx.db)
  const pages = rows.flatMap(row => {
    const address = addressOf(row)
    return [address, `${address}.json`, ...row.editions.map(number => `${address}/editions/${number}`)]
  })
  const columns = await sql<{ path: string }>`select distinct path from columns`.execute(ctx.db)
  const files = await sql<{
    path: string
  }>`select '/files/' || public_id || '/x' as path from files where not held`.execute(ctx.db)
  const moved = await sql<{ path: string }>`select m.path from moved_addresses m
    left join files f on f.id = m.file_id where f.held is not true`.execute(ctx.db)
  return [
    '/',
    '/policies',
    '/organs',
    '/topics',
    '/topics/safe-water',
    '/topics/social-aid',
    '/topics/flood-season-2026',
    '/history',
    '/site-map',
    '/feeds/newest.atom',
    ...[...columns.rows.map(row => `/columns/${row.path}`), ...pages].flatMap(path => [
      path,
      `/s/shuili${path}`,
    ]),
    ...files.rows.map(row => row.path),
    ...moved.rows.map(row => row.path),
  ]
}

export const answer = async ({ server }: Installation, url: string) => {
  const { statusCode, headers, payload } = await server.inject({
    method: 'GET',
    url,
    headers: { host: 'site.example' },
  })
  return { statusCode, location: headers.location, payload }
}

/** A page differs from another in a few words, which are to be seen, and not the pages. */
export function expectSame(after: Answer, before: Answer, url: string): void {
  const at = [...before.payload].findIndex((sign, place) => sign !== after.payload[place])
  const around = (text: string) => (text === before.payload ? '' : text.slice(Math.max(0, at - 80), at + 120))
  expect([url, after.statusCode, after.location, around(after.payload)]).toEqual([
    url,
    before.statusCode,
    before.location,
    after.payload === before.payload ? '' : before.payload.slice(Math.max(0, at - 80), at + 120),
  ])
}
type Answer = Awaited<ReturnType<typeof answer>>
