import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Staff } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { importTexts, printed } from '../import-for-tests.ts'
import { importDesk, policies } from '../module.ts'

const storage = openStorage(join(tmpdir(), 'mingtang-never-written'))
const { ask, show } = deskVisit([...(policies.deskRoutes ?? []), ...(importDesk(storage).deskRoutes ?? [])])

let house: Publishing
let officer: DeskContext
let outsider: DeskContext
const at = (ctx: { actor: unknown }): DeskContext =>
  ({
    ...house.system,
    ...ctx,
    actor: ctx.actor as Staff,
    publicOrigin: 'http://localhost:3000',
  }) as DeskContext

beforeAll(async () => {
  house = await makePublishing()
  officer = at(house.as(['openness-office'], '何敏', house.at.government))
  outsider = at(house.as(['drafter'], '林晓', house.at.department))
})
afterAll(() => house.leave())

const openDoubts = async () => {
  const { rows } = await sql<{ id: string; publicationId: string }>`
    select id, publication_id from import_doubts where settled_at is null order by publication_id, position`.execute(
    house.connection.db,
  )
  return rows
}

describe('the page of imports', () => {
  it('says what to do before anything was imported', async () => {
    expect((await show(officer, 'GET', '/imports')).html).toContain('mingtang import')
  })

  it('lists documents with open doubts and the runs; nothing in it is trusted as markup', async () => {
    await importTexts(house, [
      printed('关于<b>加粗</b>的通知', '云水〔2021〕1号', '远山市水利局'),
      printed('关于河道保洁的通知', '云水〔2021〕2号', '远山市水利局'),
    ])
    const { html } = await show(officer, 'GET', '/imports')
    expect(html).toContain('关于河道保洁的通知')
    expect(html).toContain('归属机构')
    expect(html).not.toMatch(/<b>加粗|<script| style=/)
    const run = /href="(\/imports\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
    const page = await show(officer, 'GET', '/imports/:run', { run: run.replace('/imports/', '') })
    expect(page.html).toContain('文件0002.txt')
    expect(page.html).toContain('已公开')
  })

  it('an unknown run is told', async () => {
    await expect(ask(officer, 'GET', '/imports/:run', { run: 'x' })).rejects.toThrow('没有这个导入批次')
  })

  it('a doubt is settled once, by somebody of the organ, and that is on record', async () => {
    const before = await openDoubts()
    const [first] = before
    const form = { publicationId: first?.publicationId ?? '', doubtId: first?.id ?? '' }
    // The publication is the government's, not the department's
    expect((await show(outsider, 'GET', '/imports')).html).not.toContain('核对过了</button>')
    await expect(ask(outsider, 'POST', '/imports/settle', {}, { form })).rejects.toThrow(
      '没有办理这件事的权限',
    )
    expect(await ask(officer, 'POST', '/imports/settle', {}, { form })).toMatchObject({
      to: '/imports?done=settled',
    })
    await ask(officer, 'POST', '/imports/settle', {}, { form })
    expect(await openDoubts()).toHaveLength(before.length - 1)
    const { rows } = await sql<{
      actor: string
    }>`select actor from audit_entries where act = 'policies.doubts-settled'`.execute(house.connection.db)
    expect(rows).toEqual([{ actor: '何敏' }])
  })

  it('all doubts of a document are settled at once, those of others stay', async () => {
    const [first] = await openDoubts()
    const form = { publicationId: first?.publicationId ?? '' }
    await ask(officer, 'POST', '/imports/settle', {}, { form })
    const left = await openDoubts()
    expect(left.length).toBeGreaterThan(0)
    expect(left.every(doubt => doubt.publicationId !== first?.publicationId)).toBe(true)
  })

  it('a mangled form is refused with the page around it', async () => {
    const { page } = await show(officer, 'POST', '/imports/settle', {}, { form: { publicationId: 'x' } })
    expect(page.status).toBe(422)
  })
})
