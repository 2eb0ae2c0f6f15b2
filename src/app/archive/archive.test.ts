import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { loadSample } from '../sample/load-sample.ts'
import {
  addresses,
  answer,
  expectSame,
  exportTo,
  happenings,
  type Installation,
  install,
  items,
  linesOf,
  notes,
  restoreInto,
  stage,
} from './archive-for-tests.ts'

let first: Installation
let second: Installation

beforeAll(async () => {
  stage.folder = await makeTestFolder()
  first = await install()
  second = await install()
  await loadSample(first.ctx, () => {})
  await happenings(first)
  await exportTo(first, 'first')
  await restoreInto(second, 'first')
  // Duties are no part of the public record: those that come round open by themselves when the worker starts
  for (const { house, ctx } of [first, second])
    await house.jobs.find(job => job.name === 'duties.open-periodic')?.run(ctx, {})
}, 240_000)

afterAll(async () => {
  await first.leave()
  await second.leave()
})

describe('export → an empty installation → restore', () => {
  it('answers the same at every address: pages, JSON, earlier editions, 301, 410 and files', async () => {
    const all = await addresses(first)
    expect(all.length).toBeGreaterThan(600)
    const counts = new Map<number, number>()
    for (const url of all) {
      const before = await answer(first, url)
      counts.set(before.statusCode, (counts.get(before.statusCode) ?? 0) + 1)
      // Its page names the file that is held back
      if (!url.includes(items.带附件的子?.publicId ?? '')) expectSame(await answer(second, url), before, url)
    }
    for (const status of [200, 301, 404, 410]) expect(counts.get(status), `${status}`).toBeGreaterThan(1)
  }, 240_000)

  it('is found by the same words in the same order', async () => {
    for (const query of ['水', '通知', '云溪县', '更正过的乙'])
      expectSame(
        await answer(second, `/search?q=${encodeURIComponent(query)}`),
        await answer(first, `/search?q=${encodeURIComponent(query)}`),
        query,
      )
  })

  it('exported again gives the same bytes, but for the moment in the manifest', async () => {
    stage.now = new Date(stage.now.getTime() + 1000)
    await exportTo(second, 'second')
    const files = async (name: string) =>
      (await readdir(join(stage.folder, name), { recursive: true, withFileTypes: true }))
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name).slice(join(stage.folder, name).length + 1))
        .sort()
    expect(await files('second')).toEqual(await files('first'))
    for (const file of await files('first')) {
      const [a, b] = await Promise.all(
        ['first', 'second'].map(name => readFile(join(stage.folder, name, file), 'utf8')),
      )
      const timeless = (text = '') => text.replace(/"madeAt": "[^"]*"/, '')
      expect(timeless(b) === timeless(a), file).toBe(true)
    }
  })

  it('an organ is still known by what documents call it, without who had said so', async () => {
    const named = (await linesOf('second', 'organs.jsonl')).flatMap(line => line.aliases as object[])
    expect(named).toContainEqual(
      expect.objectContaining({ alias: '云溪县政府本级', learnedFrom: '2026年工作要点' }),
    )
    expect(Object.keys(named[0] ?? {})).not.toContain('addedBy')
  })

  it('R-CATG-04: goes on with the index numbers where they were', async () => {
    const numbers = async ({ ctx }: Installation) =>
      (await sql`select * from index_serials order by organ_id, month`.execute(ctx.db)).rows
    expect(await numbers(second)).toEqual(await numbers(first))
    expect((await numbers(second)).length).toBeGreaterThan(3)
  })

  it('records the act, has three administrators of three persons (S-SEC-06), and takes no second one', async () => {
    const { rows } = await sql<{ act: string }>`
      select act from audit_entries where act = 'archive.restored'`.execute(second.ctx.db)
    expect(rows).toHaveLength(1)
    const staff = await sql`select username from staff`.execute(second.ctx.db)
    expect(staff.rows).toHaveLength(3)
    await expect(restoreInto(second, 'first')).rejects.toMatchObject({
      code: 'archive.not-an-empty-installation',
    })
  })
})

describe('what an export holds', () => {
  it('is the public record only: no draft, no schedule, no staff, nothing held back', async () => {
    const text = (
      await Promise.all(
        (
          await readdir(join(stage.folder, 'first'))
        )
          .filter(name => name.includes('.'))
          .map(name => readFile(join(stage.folder, 'first', name), 'utf8')),
      )
    ).join('')
    for (const secret of [
      '还在起草的甲',
      '定时的丁',
      '还不能说',
      '撤下的己的正文',
      '到期的壬的概述',
      '待核对原件',
      '撤下的附件',
    ])
      expect(text.includes(secret), secret).toBe(false)
    const { rows } = await sql<{ name: string }>`select name from staff`.execute(first.ctx.db)
    const internal = await linesOf('first', 'publications.jsonl')
    for (const { name } of rows)
      expect(JSON.stringify(internal.map(line => line.acts)).includes(name), name).toBe(false)
    for (const shown of ['更正过的乙（第二版）', '撤下的己的理由', '公开附件', '云政发〔1999〕7号'])
      expect(text.includes(shown), shown).toBe(true)
  })

  it('says of each file what it is, in plain words, with its fingerprint', async () => {
    const manifest = JSON.parse(await readFile(join(stage.folder, 'first', 'manifest.json'), 'utf8'))
    const readme = await readFile(join(stage.folder, 'first', 'README.txt'), 'utf8')
    for (const [name, { sha256 }] of Object.entries(manifest.files as Record<string, { sha256: string }>)) {
      const bytes = await readFile(join(stage.folder, 'first', name))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      if (name !== 'README.txt') expect(readme).toContain(name)
    }
    const table = await readFile(join(stage.folder, 'first', 'publications.csv'), 'utf8')
    expect(table.split('\r\n')[0]).toContain('有效性')
    expect(table).toContain('现行有效')
  })

  it('an end that a schedule had set is not taken along with the schedule', async () => {
    const line = (await linesOf('first', 'publications.jsonl')).find(
      one => one.id === items.等着更正的丙?.publicId,
    )
    expect(line?.editions).toHaveLength(1)
    expect(line?.editions[0]?.publicUntil).toBeNull()
  })

  it('takes withdrawn texts and held files along only when told to', async () => {
    await exportTo(first, 'everything', { withClosed: true, withWithdrawnText: true })
    const text = await readFile(join(stage.folder, 'everything', 'publications.jsonl'), 'utf8')
    expect(text).toContain('撤下的己的正文')
    const files = await linesOf('everything', 'files.jsonl')
    expect(files.map(file => file.name).sort()).toEqual(['公开附件.pdf', '待核对原件.pdf', '撤下的附件.pdf'])
    expect(text).not.toContain('还不能说')
    const third = await install()
    try {
      await restoreInto(third, 'everything')
      const held = await sql<{ name: string }>`select name from files where held`.execute(third.ctx.db)
      expect(held.rows.map(row => row.name)).toEqual(['待核对原件.pdf'])
      expect((await answer(third, `/notices/${items.撤下的己?.publicId}`)).statusCode).toBe(410)
      const carrier = `/notices/${items.带附件的子?.publicId}.json`
      expectSame(await answer(third, carrier), await answer(first, carrier), carrier)
    } finally {
      await third.leave()
    }
  })

  it('of one site holds that site alone, and can be restored alone', async () => {
    const shuili = await first.ctx.db
      .selectFrom('sites')
      .selectAll()
      .where('key', '=', 'shuili')
      .executeTakeFirstOrThrow()
    await exportTo(first, 'one-site', { site: shuili })
    const lines = await linesOf('one-site', 'publications.jsonl')
    expect(lines.length).toBeGreaterThan(0)
    expect(new Set(lines.map(line => line.site))).toEqual(new Set(['shuili']))
    const third = await install()
    try {
      const { notes } = await restoreInto(third, 'one-site')
      expect(notes.join()).toContain('主站')
      const [line] = lines.filter(one => one.leftHow === null)
      expect((await answer(third, String(line?.address))).statusCode).toBe(200)
    } finally {
      await third.leave()
    }
  })

  it('says what it left out', () => {
    expect(notes.slice(0, 2)).toEqual([
      expect.stringMatching(/^1 个附件.*--with-closed/),
      expect.stringMatching(/^\d 件.*--with-withdrawn-text/),
    ])
  })

  it('goes into a new folder only', async () => {
    await expect(exportTo(first, 'first')).rejects.toMatchObject({ code: 'archive.not-empty' })
    await mkdir(join(stage.folder, 'half.part'))
    await expect(exportTo(first, 'half')).rejects.toMatchObject({ code: 'archive.unfinished' })
  })

  it('leaves nothing behind when bytes are lost, and says which', async () => {
    const file = await first.ctx.db
      .selectFrom('files')
      .selectAll()
      .where('name', '=', '公开附件.pdf')
      .executeTakeFirstOrThrow()
    const path = join(first.house.config.dataDir, 'files', file.storageKey ?? '')
    const bytes = await readFile(path)
    await rm(path)
    await expect(exportTo(first, 'lost')).rejects.toThrow('公开附件.pdf')
    await writeFile(path, 'something else')
    await expect(exportTo(first, 'lost')).rejects.toThrow('指纹不符')
    await writeFile(path, bytes)
    expect((await readdir(stage.folder)).filter(name => name.startsWith('lost'))).toEqual([])
  })
})
