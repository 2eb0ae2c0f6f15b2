import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, system } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { DeskContext } from '#platform/context'
import { applicationRole, type Connection, connect, inTransaction } from '#platform/db/database'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { type TestDatabase, testDatabase } from '../../../test/make/test-database.ts'
import { checkAuditTrail } from './actions/check-audit-trail.ts'
import { recordAct } from './actions/record-act.ts'
import { verifyAuditChain } from './actions/verify-audit-chain.ts'
import { audit } from './module.ts'
import { eachEntry, listEntries } from './queries.ts'

let database: TestDatabase
let app: Connection
let owner: Connection
beforeAll(async () => {
  database = await testDatabase()
  app = connect(database.url, { role: applicationRole })
  owner = connect(database.url)
})
afterAll(async () => {
  await app.close()
  await owner.close()
  await database.drop()
})

const log = { info: () => {}, warn: () => {}, error: () => {} }
let now = new Date('2026-11-23T02:00:00Z')
const clock = clockAt(() => now)
const staff = (name: string, role: string): Actor =>
  ({
    kind: 'staff',
    id: crypto.randomUUID(),
    name,
    organId: crypto.randomUUID(),
    posts: [{ role, organId: '', reach: [] }],
  }) as Actor
const drafter = staff('沈晓岚', 'drafter')
const by = { actor: drafter, clock, ip: '2001:db8::1' }
const act = (sentence: string, more: object = {}) => ({
  act: 'publications.save-draft',
  sentence,
  object: { kind: 'publication', id: 'abc', label: '关于节约用水的通知' },
  ...more,
})

/** What somebody with full power over the database could do behind the back of every rule. */
const behindTheBack = (statement: string) =>
  owner.db.connection().execute(async one => {
    await sql`set session_replication_role = replica`.execute(one)
    await sql.raw(statement).execute(one)
    await sql`set session_replication_role = origin`.execute(one)
  })

describe('the audit trail (S-SEC-09, S-SEC-10)', () => {
  beforeEach(async () => {
    await behindTheBack('delete from audit_seals')
    await behindTheBack('delete from audit_entries')
  })

  it('keeps an act with the transaction it belongs to', async () => {
    await inTransaction(app.db, async db => {
      await recordAct(db, by, act('保存草稿'))
      await recordAct(db, by, act('送审'))
    })
    await inTransaction(app.db, async db => {
      await recordAct(db, by, act('没有成'))
      throw new Error('undone')
    }).catch(() => {})
    const result = await verifyAuditChain(app.db)
    expect(result).toMatchObject({ entries: 2, fault: null })
    const { rows } = await listEntries(app.db, {}, 1, 10)
    expect(rows.map(row => row.sentence)).toEqual(['送审', '保存草稿'])
    expect(rows[0]).toMatchObject({ actor: '沈晓岚', ip: '2001:db8::1', outcome: 'done', objectId: 'abc' })
  })

  it('seals many writers at once into one chain, without deadlock', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        inTransaction(app.db, async db => {
          await recordAct(db, by, act(`第${number}件`))
          // each holds its entry while it waits for others: a lock taken at once would stop them all
          await sql`select pg_sleep(0.01)`.execute(db)
          await recordAct(db, by, act(`第${number}件，第二步`))
        }),
      ),
    )
    expect(await verifyAuditChain(app.db)).toMatchObject({ entries: 60, fault: null })
  })

  it('lets a writer wait for a row of another that has recorded already', async () => {
    await sql`create table if not exists waiting (id integer primary key, text text)`.execute(owner.db)
    await sql`grant all on waiting to mingtang_app`.execute(owner.db)
    await sql`insert into waiting values (1, '') on conflict do nothing`.execute(owner.db)
    const touch = (db: typeof app.db) => sql`update waiting set text = text || 'x' where id = 1`.execute(db)
    const first = inTransaction(app.db, async db => {
      await touch(db)
      await sql`select pg_sleep(0.1)`.execute(db)
      await recordAct(db, by, act('先拿行，后记录'))
    })
    const second = inTransaction(app.db, async db => {
      await recordAct(db, by, act('先记录，后拿行'))
      await sql`select pg_sleep(0.05)`.execute(db)
      await touch(db)
    })
    await Promise.all([first, second])
    expect(await verifyAuditChain(app.db)).toMatchObject({ entries: 2, fault: null })
  })

  it('cannot be changed, deleted or sealed by the application', async () => {
    await recordAct(app.db, by, act('一件'))
    await expect(sql`update audit_entries set sentence = '别的'`.execute(app.db)).rejects.toThrow(
      /permission denied/,
    )
    await expect(sql`delete from audit_entries`.execute(app.db)).rejects.toThrow(/permission denied/)
    await expect(sql`truncate audit_entries`.execute(app.db)).rejects.toThrow(/permission denied/)
    await expect(
      sql`insert into audit_seals values (99, ${crypto.randomUUID()}, '', '')`.execute(app.db),
    ).rejects.toThrow(/permission denied/)
    await expect(sql`update audit_entries set sentence = '别的'`.execute(owner.db)).rejects.toThrow(
      /append-only/,
    )
    await expect(sql`truncate audit_entries`.execute(owner.db)).rejects.toThrow()
  })

  it.each([
    [
      'a changed sentence',
      `update audit_entries set sentence = '第2件！' where sentence = '第2件'`,
      '第 2 条记录的内容被改动过',
    ],
    [
      'a changed time',
      `update audit_entries set at = at + interval '1 microsecond' where sentence = '第2件'`,
      '第 2 条',
    ],
    ['changed details', `update audit_entries set details = '{"a": 2}' where sentence = '第3件'`, '第 3 条'],
    ['a deleted entry', `delete from audit_entries where sentence = '第2件'`, '第 2 条记录被删除了'],
    ['a deleted seal', `delete from audit_seals where position = 2`, '第 2 条记录的封存不见了'],
    [
      'an entry put in',
      `insert into audit_entries (id, at, actor, act, sentence, outcome) values (gen_random_uuid(), now(), '某人', 'a.b', '', 'done')`,
      '有 1 条记录没有封存',
    ],
  ])('shows %s made behind the back', async (_, statement, fault) => {
    for (const number of [1, 2, 3, 4])
      await recordAct(app.db, by, act(`第${number}件`, { details: { a: 1 } }))
    expect((await verifyAuditChain(app.db)).fault).toBeNull()
    await behindTheBack(statement)
    expect((await verifyAuditChain(app.db)).fault).toContain(fault)
  })

  it('shows a cut-off end by a fingerprint noted before', async () => {
    for (const number of [1, 2, 3]) await recordAct(app.db, by, act(`第${number}件`))
    const { position, hash } = await verifyAuditChain(app.db)
    const noted = { position, hash }
    await behindTheBack(`delete from audit_entries where sentence = '第3件'`)
    await behindTheBack('delete from audit_seals where position = 3')
    expect((await verifyAuditChain(app.db)).fault).toBeNull()
    expect((await verifyAuditChain(app.db, noted)).fault).toContain('末尾的记录被删去了')
    await recordAct(app.db, by, act('换上的第3件'))
    expect((await verifyAuditChain(app.db, noted)).fault).toContain('与抄下的指纹不一致')
  })

  it('holds no personal data, whatever an act hands over (S-PII-04)', async () => {
    await recordAct(
      app.db,
      by,
      act('查看13812345678的申请', {
        details: { note: '身份证11010519491231002X，邮箱 a.b@example.org', list: ['13912345678'] },
      }),
    )
    const row = await app.db.selectFrom('auditEntries').selectAll().executeTakeFirstOrThrow()
    expect(row.sentence).toBe('查看138****5678的申请')
    expect(row.details).toEqual({
      note: '身份证110105***********X，邮箱 a***@example.org',
      list: ['139****5678'],
    })
  })
})

describe('the audit pages', () => {
  const visit = deskVisit(audit.deskRoutes)
  const desk = (actor: Actor): DeskContext =>
    ({ db: app.db, actor, clock, log, publicOrigin: '' }) as DeskContext
  let auditor: DeskContext
  beforeAll(() => {
    auditor = desk(staff('翟振', 'audit-administrator'))
  })

  it('are for the audit administrator alone (S-SEC-06)', () => {
    const others = ['system-administrator', 'security-administrator', 'leader', 'drafter']
    for (const route of audit.deskRoutes ?? []) {
      expect(route.may(auditor.actor)).toBe(true)
      for (const role of others) expect(route.may(desk(staff('某人', role)).actor)).toBe(false)
    }
  })

  it('say why they are empty, list, filter and page', async () => {
    await behindTheBack('delete from audit_seals')
    await behindTheBack('delete from audit_entries')
    now = new Date('2026-11-23T02:00:00Z')
    expect((await visit.show(auditor, 'GET', '/audit')).html).toContain('这段时间没有符合条件的记录')
    for (let number = 1; number <= 60; number++) await recordAct(app.db, by, act(`第${number}件`))
    await recordAct(
      app.db,
      { ...by, actor: staff('林嘉卉', 'drafter') },
      { act: 'requests.read', sentence: '查看申请', personalData: true, outcome: 'refused' },
    )
    const all = (await visit.show(auditor, 'GET', '/audit')).html
    expect(all).toContain('共 61 条')
    expect(all).toContain('第 1 页，共 2 页')
    const hers = (await visit.show(auditor, 'GET', '/audit', {}, { query: { person: '嘉卉' } })).html
    expect(hers).toContain('共 1 条')
    expect(hers).toContain('个人信息')
    expect(
      (await visit.show(auditor, 'GET', '/audit', {}, { query: { act: 'requests.read', personal: 'yes' } }))
        .html,
    ).toContain('共 1 条')
    expect(
      (await visit.show(auditor, 'GET', '/audit', {}, { query: { until: '2026-11-22' } })).html,
    ).toContain('没有符合条件')
    expect(
      (
        await visit.show(
          auditor,
          'GET',
          '/audit',
          {},
          { query: { from: '2026-02-30', outcome: 'x', page: '-1' } },
        )
      ).html,
    ).toContain('共 61 条')
  })

  it('export what is filtered, with the chain, and record that', async () => {
    const reply = await visit.ask(
      auditor,
      'GET',
      '/audit/export.csv',
      {},
      { query: { act: 'requests.read' } },
    )
    if (reply.kind !== 'content') throw new Error('no file')
    let text = ''
    for await (const part of reply.body as AsyncIterable<string>) text += part
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/"林嘉卉".*"被拒绝".*"是","\{\}","61","[0-9a-f]{64}"$/)
    const recorded = await app.db
      .selectFrom('auditEntries')
      .select('sentence')
      .where('act', '=', 'audit.export-entries')
      .execute()
    expect(recorded).toHaveLength(1)
  })

  it('export in batches that neither lose nor repeat an entry of the same moment', async () => {
    const seen: string[] = []
    for await (const rows of eachEntry(app.db, { act: 'publications.save-draft' }, 7))
      seen.push(...rows.map(row => row.sentence))
    expect(seen).toEqual(Array.from({ length: 60 }, (_, number) => `第${60 - number}件`))
  })

  it('check the chain, also against a noted fingerprint', async () => {
    const before = await verifyAuditChain(app.db)
    const noted = `${before.position}:${before.hash}`
    expect(await visit.ask(auditor, 'POST', '/audit/check', {}, { form: { noted } })).toMatchObject({
      kind: 'redirect',
      to: '/audit?done=checked',
    })
    expect((await visit.show(auditor, 'GET', '/audit')).html).toContain('审计链完整')
    const wrong = await visit.show(auditor, 'POST', '/audit/check', {}, { form: { noted: '12' } })
    expect(wrong.page.status).toBe(422)
    expect(wrong.html).toContain('指纹应当是')
    await behindTheBack(`update audit_entries set actor = '别人' where sentence = '第5件'`)
    now = new Date('2026-11-23T02:05:00Z')
    await checkAuditTrail({ ...auditor, actor: system('每日核对') })
    expect((await visit.show(auditor, 'GET', '/audit')).html).toContain('第 5 条记录的内容被改动过')
  })
})
