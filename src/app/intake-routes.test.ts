import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clockAt } from '#platform/clock'
import { readConfig } from '#platform/config'
import {
  makeGovernment,
  quietLog,
  staffWith,
  systemContext,
  type TestGovernment,
} from '../../test/make/government.ts'
import { testDatabase } from '../../test/make/test-database.ts'
import { makeTestFolder } from '../../test/make/test-folder.ts'
import { makeToken } from '../modules/intake/actions/make-token.ts'
import { revokeToken } from '../modules/intake/actions/revoke-token.ts'
import { deskServer } from './desk-server.tsx'
import { type House, openHouse } from './house.ts'

let house: House
let server: FastifyInstance
let government: TestGovernment
let drop: () => Promise<void>
let key = ''
let now = new Date('2026-11-23T02:00:00Z')

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  const config = { ...readConfig({}), dataDir: await makeTestFolder() }
  house = await openHouse({ config, databaseUrl: database.url, log: quietLog, clock: clockAt(() => now) })
  server = await deskServer(house)
  government = await makeGovernment(systemContext(house.connection.db, house.clock))
  key = (await tokenOf()).key
})
afterAll(async () => {
  await server.close()
  await house.close()
  await drop()
})

const administrator = () => ({
  ...systemContext(house.connection.db, house.clock),
  actor: staffWith(government.department, ['security-administrator'], '安管'),
})
const tokenOf = (expiresOn = '2027-11-22') =>
  makeToken(administrator(), { organId: government.department.id, name: '协同办公系统', expiresOn })

const document = (more: object = {}) => ({
  originKey: 'OA-2026-0001',
  kind: 'policy',
  column: 'policies',
  title: '云溪县城乡供水管护办法',
  docNo: '云水〔2026〕61号',
  signedOn: '2026-11-20',
  signedBy: '罗建平',
  effectiveFrom: '2026-12-01',
  theme: '农业、林业、水利',
  text: '为了管好供水设施，制定本办法。\n一、县水利局负责。',
  openness: 'proactive',
  opennessReason: '涉及群众用水，应当主动公开',
  secrecy: { opinion: '不涉密，可以公开', by: '何敏', on: '2026-11-19' },
  interpretationExempt: '内容简单，没有需要解释的',
  ...more,
})

const post = (body: object, idempotencyKey = 'oa-2026-0001', more: Record<string, string> = {}) =>
  server.inject({
    method: 'POST',
    url: '/api/v1/documents',
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey, ...more },
    payload: body,
  })

/** A form with the JSON and files, as `curl -F` sends it. */
function multipart(body: object, files: readonly [name: string, content: string][]) {
  const boundary = 'a-line-between'
  const parts = [
    `--${boundary}\r\nContent-Disposition: form-data; name="document"\r\n\r\n${JSON.stringify(body)}\r\n`,
    ...files.map(
      ([name, content]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n`,
    ),
  ]
  return {
    payload: `${parts.join('')}--${boundary}--\r\n`,
    type: `multipart/form-data; boundary=${boundary}`,
  }
}

const countOf = async (table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    house.connection.db,
  )
  return rows[0]?.n ?? 0
}

describe('POST /api/v1/documents (B3, R-SRC-01)', () => {
  it('the same call fifty times at once: one document, one number, one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(document())))
    expect(new Set(answers.map(one => one.statusCode))).toEqual(new Set([200, 201]))
    expect(answers.filter(one => one.statusCode === 201)).toHaveLength(1)
    expect(new Set(answers.map(one => one.json().id)).size).toBe(1)
    expect(await countOf('documents')).toBe(1)
    expect(await countOf('intake_calls')).toBe(1)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from publications`.execute(
      house.connection.db,
    )
    expect(rows[0]?.n).toBe(1)
    const told = await server.inject({
      method: 'GET',
      url: answers[0]?.headers.location?.toString() ?? '',
      headers: { authorization: `Bearer ${key}` },
    })
    expect(told.json()).toMatchObject({
      docNo: '云水〔2026〕61号',
      signedOn: '2026-11-20',
      stateLabel: expect.any(String),
    })
  })

  it('is signed and sealed, and not public: the office lets it out (R-EXC-09)', async () => {
    const { rows } = await sql<{ state: string; editions: number }>`select state,
      (select count(*)::int from editions where sealed_at is not null) as editions from documents`.execute(
      house.connection.db,
    )
    expect(rows).toEqual([{ state: 'signed', editions: 0 }])
  })

  it('other content under a used key is a conflict; the same document under another key is the same document', async () => {
    const other = await post(document({ title: '另一份办法' }))
    expect(other.statusCode).toBe(409)
    expect(other.headers['content-type']).toContain('application/problem+json')
    expect(other.json()).toMatchObject({
      code: 'intake.key-used',
      detail: expect.stringContaining('Idempotency-Key'),
    })
    const again = await post(document(), 'oa-2026-0001-resent')
    expect(again.statusCode).toBe(200)
    expect(await countOf('documents')).toBe(1)
  })

  it('takes files with it, in their order, under their titles', async () => {
    const { payload, type } = multipart(
      document({ originKey: 'OA-2', docNo: '云水〔2026〕62号', attachments: ['管护名录'] }),
      [
        ['名录.txt', '一号渠、二号渠'],
        ['说明.txt', '说明'],
      ],
    )
    const taken = await server.inject({
      method: 'POST',
      url: '/api/v1/documents',
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'oa-2026-0002', 'content-type': type },
      payload,
    })
    expect(taken.statusCode).toBe(201)
    const { rows } = await sql<{
      title: string
      name: string
    }>`select u.title, f.name from file_uses u join files f on f.id = u.file_id
      order by u.position`.execute(house.connection.db)
    expect(rows).toEqual([
      { title: '管护名录', name: '名录.txt' },
      { title: expect.stringContaining('说明'), name: '说明.txt' },
    ])
  })

  it('tells every fault at once, with its field and the remedy, and keeps the refusal', async () => {
    const before = await countOf('documents')
    const bad = await post(
      document({
        originKey: '',
        docNo: '云水2026-63',
        signedOn: '2026-02-30',
        secrecy: undefined,
        colour: 'red',
      }),
      'oa-2026-0003',
    )
    expect(bad.statusCode).toBe(422)
    const fields = bad.json().errors.map((one: { field: string }) => one.field)
    expect(fields).toEqual(expect.arrayContaining(['originKey', 'signedOn', 'secrecy', 'colour']))
    const number = await post(document({ originKey: 'OA-3', docNo: '云水2026-63' }), 'oa-2026-0003')
    expect(number.json().errors).toEqual([{ field: 'docNo', message: expect.stringContaining('六角括号') }])
    const column = await post(document({ originKey: 'OA-3', column: 'nowhere' }), 'oa-2026-0003')
    expect(column.json().errors[0].message).toContain('policies')
    expect(await countOf('documents')).toBe(before)
    const { rows } = await sql<{
      refusal: string
      title: string
    }>`select refusal, title from intake_calls where refusal is not null`.execute(house.connection.db)
    expect(rows.length).toBeGreaterThanOrEqual(4)
    // The key is free again once the fault is mended
    expect(
      (await post(document({ originKey: 'OA-3', docNo: '云水〔2026〕63号' }), 'oa-2026-0003')).statusCode,
    ).toBe(201)
  })

  it('refuses what the acts of the page refuse: a withheld document without ground, a taken number, a date to come', async () => {
    const tries = [
      { more: { openness: 'withheld' }, status: 422 },
      { more: { docNo: '云水〔2026〕61号' }, status: 409 },
      { more: { signedOn: '2026-12-30' }, status: 400 },
      { more: { kind: 'notice' }, status: 400 },
    ]
    for (const [at, { more, status }] of tries.entries()) {
      const answer = await post(
        document({ originKey: `OA-9${at}`, docNo: `云水〔2026〕9${at}号`, ...more }),
        `oa-refused-${at}`,
      )
      expect([answer.statusCode, answer.json().detail], JSON.stringify(more)).toEqual([
        status,
        expect.any(String),
      ])
    }
  })

  it('a named moment of publishing is refused and audited (S-META-04)', async () => {
    const answer = await post(document({ originKey: 'OA-4', publishedAt: '2020-01-01' }), 'oa-2026-0004')
    expect(answer.statusCode).toBe(400)
    expect(answer.json().detail).toContain('publishedAt')
    const { rows } = await sql<{
      actor: string
    }>`select actor from audit_entries where act = 'publications.backdating-refused'`.execute(
      house.connection.db,
    )
    expect(rows).toEqual([{ actor: '办公系统（协同办公系统）' }])
  })

  it('knows nobody without a key, by a wrong, a revoked or an expired one; and only its own organ’s documents', async () => {
    const as = (authorization: string) =>
      post(document({ originKey: 'OA-5' }), 'oa-2026-0005', { authorization })
    expect((await as('')).statusCode).toBe(401)
    expect((await as('Bearer mtk_wrongwrongwrongwrongwrong')).statusCode).toBe(401)
    const short = await tokenOf('2026-11-24')
    const gone = await tokenOf()
    await revokeToken(administrator(), { id: gone.id })
    expect((await as(`Bearer ${gone.key}`)).json().detail).toContain('停用')
    now = new Date('2026-11-25T02:00:00Z')
    expect((await as(`Bearer ${short.key}`)).json().detail).toContain('到期')
    const stranger = await makeToken(
      { ...administrator(), actor: staffWith(government.government, ['security-administrator']) },
      { organId: government.government.id, name: '另一套系统', expiresOn: '2027-01-01' },
    )
    const { rows } = await sql<{ id: string }>`select id from documents limit 1`.execute(house.connection.db)
    const told = await server.inject({
      method: 'GET',
      url: `/api/v1/documents/${rows[0]?.id}`,
      headers: { authorization: `Bearer ${stranger.key}` },
    })
    expect(told.statusCode).toBe(404)
  })

  it('what is no JSON is told as such, without a page around it', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/documents',
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': 'oa-broken-1',
        'content-type': 'application/json',
      },
      payload: '{"title":',
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('json')
    const none = await post(document({ originKey: 'OA-6' }), '')
    expect(none.json().detail).toContain('Idempotency-Key')
  })
})
