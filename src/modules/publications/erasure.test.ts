import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64 } from '#lib/tlog/bytes'
import { checkEditionProof } from '#lib/tlog/edition-proof'
import { signHead } from '#modules/transparency-log'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { connect } from '#platform/db/database'
import { correctPublic } from '../../../test/make/corrected.ts'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { verifierOf } from '../transparency-log/log-key.ts'
import { askErasure, askErasureInput } from './actions/ask-erasure.ts'
import { confirmErasure } from './actions/confirm-erasure.ts'
import { startEdition } from './actions/start-edition.ts'
import { checkRecord } from './check-leaves.ts'
import { routes as routesOfPage } from './desk/erase.page.tsx'
import { type Erased, registerErasure } from './erasure.ts'
import { listErasures } from './erasure-queries.ts'
import { itemRoutes } from './public/item.page.tsx'

const name = '欧阳若水家住桂花巷'
const key = randomBytes(32)
let house: Publishing
let item: { id: string; publicId: string }
const told: Erased[] = []
const routes = itemRoutes('notices')
const db = () => house.connection.db

beforeAll(async () => {
  process.env.LOG_KEY = toBase64(key)
  house = await makePublishing()
  registerErasure(async (_, erased) => void told.push(erased))
  item = await makePublic(house.system, house.at, {
    title: '救助公示',
    summary: `受助人${name}`,
    bodyHtml: `<p>受助人欧阳若水<strong>家住</strong>桂花巷，已核实。</p><p>其余不变。</p>`,
  })
  house.setTime('2026-11-23 11:00')
  await correctPublic(house, item.id, { title: '救助公示（更正）' })
  await startEdition(house.drafter, item.id)
  await signHead(house.system)
})
afterAll(() => house.leave())

/** Tables in which the words stand, in whatever column, seen as the owner of the database. */
async function tablesHolding(words: string): Promise<string[]> {
  const owner = connect(house.url)
  try {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
      owner.db,
    )
    const found: string[] = []
    for (const table of rows) {
      const hit =
        await sql`select 1 from ${sql.table(table.name)} t where position(${words} in t::text) > 0 limit 1`.execute(
          owner.db,
        )
      if (hit.rows.length > 0) found.push(table.name)
    }
    return found
  } finally {
    await owner.close()
  }
}

const log = () => ({ log: verifierOf(key, 'www.yunxi.example/log') })
const deskOf = (roles: readonly Role[], who: string): DeskContext => {
  const { actor, ...rest } = house.as(roles, who)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}

const proof = async (number: number) =>
  (
    await visit(
      readerOf(house.system, house.at.site),
      routes,
      `/notices/${item.publicId}/editions/${number}/proof`,
    )
  ).html

describe('lawful erasure (X2, S-PII-01): the words go, the proofs stay', () => {
  const old: string[] = []

  it('is asked by one person and confirmed by another, with words that are really there', async () => {
    const office = house.as(['openness-office'], '何敏')
    const ask = (more: object) =>
      askErasure(
        office,
        askErasureInput.parse({
          publicationId: item.id,
          passages: name,
          ground: 'pipl-47',
          reason: '本人申请',
          ...more,
        }),
      )
    await expect(ask({ passages: '没有这句话' })).rejects.toMatchObject({
      code: 'publications.passage-not-found',
    })
    await expect(
      askErasure(
        house.drafter,
        askErasureInput.parse({
          publicationId: item.id,
          passages: name,
          ground: 'pipl-47',
          reason: '本人申请',
        }),
      ),
    ).rejects.toMatchObject({ refusal: 'not-allowed' })
    old.push(await proof(1), await proof(2))
    const id = await ask({})
    await expect(confirmErasure(office, id)).rejects.toMatchObject({
      code: 'publications.erasure-second-person',
    })
    await expect(confirmErasure(house.drafter, id)).rejects.toMatchObject({ refusal: 'not-allowed' })
    expect(await tablesHolding('欧阳若水')).not.toEqual([])
    const { entry } = await confirmErasure(house.as(['secrecy-reviewer'], '周正'), id)
    expect(entry).toBe(2)
    expect((await listErasures(db(), item.id))[0]).toMatchObject({ passages: null, entry, askedBy: '何敏' })
  })

  it('leaves the words in no table, in no edition, and tells whoever holds copies', async () => {
    for (const words of [name, '欧阳若水', '桂花巷']) expect(await tablesHolding(words), words).toEqual([])
    expect(told).toMatchObject([{ publicationId: item.id, passages: [name] }])
    expect(told[0]?.editionIds).toHaveLength(3)
    for (const number of [1, 2]) {
      const { words } = await visit(
        readerOf(house.system, house.at.site),
        routes,
        `/notices/${item.publicId}/editions/${number}`,
      )
      expect(words).toContain('个人信息已依法删除')
      expect(words).toContain('其余不变')
      expect(words).not.toContain('桂花巷')
    }
  })

  it('every old proof still verifies, and the log counts whole', async () => {
    for (const text of old) expect(checkEditionProof(text, log())).toMatchObject({ holds: true, faults: [] })
    await signHead(house.system)
    for (const number of [1, 2])
      expect(checkEditionProof(await proof(number), log())).toMatchObject({ holds: true, faults: [] })
    const checked = checkEditionProof(await proof(2), log())
    expect(checked.erased).toEqual([
      { field: '内容概述', entry: 2 },
      { field: '正文', entry: 2 },
    ])
    const saved = await visit(readerOf(house.system, house.at.site), routes, `/notices/${item.publicId}.json`)
    expect(checkEditionProof(await proof(2), log(), { saved: JSON.parse(saved.html) })).toMatchObject({
      holds: true,
      faults: [],
      same: expect.arrayContaining(['标题']),
    })
    expect((await checkRecord(db())).faults).toEqual([])
  })

  it('nothing but this is accepted: a byte of what remains, a salt that is gone, a record that is gone', async () => {
    const owner = connect(house.url)
    const behind = async (statement: string) =>
      owner.db.transaction().execute(async tx => {
        await sql`set local session_replication_role = replica`.execute(tx)
        await sql.raw(statement).execute(tx)
      })
    const faultsOf = async (there: string, back: string) => {
      await behind(there)
      const { faults } = await checkRecord(db())
      await behind(back)
      return faults.map(fault => fault.text).join('\n')
    }
    expect(
      await faultsOf(
        `update editions set body_html = replace(body_html, '其余', '其他') where number = 1`,
        `update editions set body_html = replace(body_html, '其他', '其余') where number = 1`,
      ),
    ).toContain(`/notices/${item.publicId}/editions/1 的“正文”`)
    expect(
      await faultsOf(
        `update edition_commitments set salts = salts - 'title' || jsonb_build_object('was', salts->'title')`,
        `update edition_commitments set salts = salts - 'was' || jsonb_build_object('title', salts->'was')`,
      ),
    ).toContain('“标题”')
    expect(
      await faultsOf(`update erasures set ground = 'judgement'`, `update erasures set ground = 'pipl-47'`),
    ).toContain('依法删除与日志第 2 条不符')
    expect((await checkRecord(db())).faults).toEqual([])
    await owner.close()
  })

  it('by no other way is a sealed text changed: not by the application, not by its owner', async () => {
    const change = sql`update editions set title = '改' where sealed_at is not null`
    const word = sql`select set_config('mingtang.erasing', 'by law', true)`
    await expect(
      db()
        .transaction()
        .execute(async tx => {
          await word.execute(tx)
          await change.execute(tx)
        }),
    ).rejects.toThrow('never changed')
    const owner = connect(house.url)
    await expect(change.execute(owner.db)).rejects.toThrow('never changed')
    await owner.close()
    await expect(sql`select erase_texts(${crypto.randomUUID()}, '[]', '')`.execute(db())).rejects.toThrow(
      'two persons',
    )
  })
})

describe('the page of an erasure', () => {
  it('lets one person ask and only another one confirm', async () => {
    const { ask, show } = deskVisit(routesOfPage)
    const office = deskOf(['openness-office'], '何敏')
    const path = '/publications/:id/erase'
    const params = { id: item.publicId }
    const first = await show(office, 'GET', path, params)
    expect(first.html).toContain('要删除的文字')
    const wrong = await show(office, 'POST', path, params, { form: { step: 'ask', passages: '其余不变' } })
    expect(wrong.page.status).toBe(422)
    expect(wrong.html).toContain('请选择依据')
    const form = { step: 'ask', passages: '其余不变', ground: 'pipl-47', reason: '本人申请' }
    expect(await ask(office, 'POST', path, params, { form })).toMatchObject({ kind: 'redirect' })
    const waiting = await show(office, 'GET', path, params)
    expect(waiting.html).toContain('须由另一位同事确认')
    expect(waiting.html).not.toContain('确认删除，不能恢复')
    const second = await show(deskOf(['department-head'], '周正'), 'GET', path, params)
    expect(second.html).toContain('确认删除，不能恢复')
    const [open] = await listErasures(db(), item.id)
    const confirmed = { step: 'confirm', erasure: open?.id ?? '' }
    await ask(deskOf(['department-head'], '周正'), 'POST', path, params, { form: confirmed })
    expect((await show(office, 'GET', path, params)).html).toContain('公开日志第 3 条')
    expect((await checkRecord(db())).faults).toEqual([])
    await signHead(house.system)
    expect(checkEditionProof(await proof(2), log())).toMatchObject({ holds: true })
  })
})
