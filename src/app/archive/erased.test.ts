import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#lib/ids'
import { publish, startPublication, startPublicationInput } from '#modules/publications'
import { staffWith } from '../../../test/make/government.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { askErasure, askErasureInput } from '../../modules/publications/actions/ask-erasure.ts'
import { confirmErasure } from '../../modules/publications/actions/confirm-erasure.ts'
import { checkRecord } from '../../modules/publications/check-leaves.ts'
import { loadSample } from '../sample/load-sample.ts'
import { answer, exportTo, type Installation, install, linesOf, stage } from './archive-for-tests.ts'
import { restoreArchive } from './restore-archive.ts'

const words = '欧阳若水家住桂花巷'
let first: Installation
let second: Installation
let address = ''

beforeAll(async () => {
  stage.folder = await makeTestFolder()
  first = await install()
  second = await install()
  await loadSample(first.ctx, () => {})
  const { ctx } = first
  const site = await ctx.db
    .selectFrom('sites')
    .selectAll()
    .where('isDefault', '=', true)
    .executeTakeFirstOrThrow()
  const column = await ctx.db
    .selectFrom('columns')
    .selectAll()
    .where('siteId', '=', site.id)
    .where('path', '=', 'notices')
    .executeTakeFirstOrThrow()
  const item = await startPublication(
    ctx,
    startPublicationInput.parse({
      kind: 'notice',
      siteId: site.id,
      organId: site.organId,
      columnIds: [column.id],
      title: '救助公示',
      source: '县民政局',
      bodyHtml: `<p>受助人${words}。</p><p>其余不变。</p>`,
    }),
  )
  await publish(ctx, { publicationId: item.id, revision: 1 }, { kind: 'sample', publicAt: stage.now })
  address = `/notices/${item.publicId}`
  await exportTo(first, 'older')
  const as = (name: string) => ({
    ...ctx,
    actor: { ...staffWith({ id: site.organId }, ['openness-office'], name), id: uuidv7() },
  })
  const id = await askErasure(
    as('何敏'),
    askErasureInput.parse({ publicationId: item.id, passages: words, ground: 'pipl-47', reason: '本人申请' }),
  )
  await confirmErasure(as('周正'), id)
  await exportTo(first, 'newer')
}, 240_000)

afterAll(async () => {
  await first.leave()
  await second.leave()
})

describe('what was erased by law stays gone (X2, S-PII-01)', () => {
  it('a newer export holds the words nowhere, and its list none of them', async () => {
    expect(await readFile(join(stage.folder, 'older', 'publications.jsonl'), 'utf8')).toContain(words)
    for (const file of ['publications.jsonl', 'erasures.jsonl', 'publications.csv'])
      expect(await readFile(join(stage.folder, 'newer', file), 'utf8'), file).not.toContain('桂花巷')
    expect(await linesOf('newer', 'erasures.jsonl')).toHaveLength(1)
  })

  it('an older export, loaded again with the newer list, brings them back nowhere', async () => {
    const list = join(stage.folder, 'newer', 'erasures.jsonl')
    await restoreArchive(second.ctx, second.storage, join(stage.folder, 'older'), () => {}, list)
    const page = await answer(second, address)
    expect(page.statusCode).toBe(200)
    expect(page.payload).toContain('个人信息已依法删除')
    expect(page.payload).toContain('其余不变')
    for (const url of [address, `${address}.json`, '/search?q=%E6%A1%82%E8%8A%B1%E5%B7%B7'])
      expect((await answer(second, url)).payload.replaceAll('value="桂花巷"', ''), url).not.toContain(words)
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
      second.ctx.db,
    )
    for (const { name } of rows) {
      const hit =
        await sql`select 1 from ${sql.table(name)} t where position(${words} in t::text) > 0 limit 1`
          .execute(second.ctx.db)
          .catch(() => ({ rows: [] }))
      expect(hit.rows, name).toEqual([])
    }
    expect((await checkRecord(second.ctx.db)).faults).toEqual([])
  }, 120_000)
})
