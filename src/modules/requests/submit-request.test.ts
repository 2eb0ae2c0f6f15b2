import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#platform/context'
import { fileRequest, fileRequestInput } from './actions/file-request.ts'
import { submitRequest, submitRequestInput } from './actions/submit-request.ts'
import { confirmInput, confirmReceipt, takeBack } from './actions/take-in-request.ts'
import { listApplicants } from './queries.ts'
import { makeRequests, type RequestsHouse } from './requests-for-tests.ts'
import { unseal } from './secrets.ts'

let at: RequestsHouse
beforeAll(async () => {
  at = await makeRequests()
})
afterAll(() => at.leave())

const counted = async (query: ReturnType<typeof sql<{ n: number }>>) =>
  (await query.execute(at.db)).rows[0]?.n ?? 0
const requests = () => counted(sql<{ n: number }>`select count(*)::int as n from requests`)

describe('an application through the site (R-REQ-03, R-REQ-09)', () => {
  it('the same submission fifty times at once is one case with one number and one code', async () => {
    const before = await requests()
    const input = at.application()
    const all = await Promise.all(
      Array.from({ length: 50 }, () => submitRequest(at.applicant, at.where, input)),
    )
    expect(new Set(all.map(one => one.request.number)).size).toBe(1)
    expect(new Set(all.map(one => one.code)).size).toBe(1)
    expect(await requests()).toBe(before + 1)
  })

  it('numbers have no gap under parallel load (R-LET-02)', async () => {
    const ctx = at.applicant
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        n % 7 === 3 ? at.submit({ organId: crypto.randomUUID() }, ctx).catch(() => null) : at.submit({}, ctx),
      ),
    )
    const { rows } = await sql<{ serial: number }>`
      select split_part(number, '-', 2)::int as serial from requests order by 1`.execute(at.db)
    expect(rows.map(row => row.serial)).toEqual(rows.map((_, index) => index + 1))
  })

  it('submitted is not received: a confirmation is owed, no answer yet', async () => {
    const { request } = await at.submit({}, { ...at.applicant })
    expect(request).toMatchObject({ state: 'submitted', receivedOn: null, dueOn: null, provisional: true })
    expect(await dutiesOf(request.id)).toEqual([{ rule: 'R-REQ-11', dueOn: '2026-11-24', met: false }])
    await confirmReceipt(at.people.officer, request.id, confirmInput.parse({ how: '电话确认' }))
    const now = (await at.caseOf(request.id)).request
    expect(now).toMatchObject({ state: 'processing', receivedOn: '2026-11-23', dueOn: '2026-12-21' })
    expect(await dutiesOf(request.id)).toEqual([
      { rule: 'R-REQ-11', dueOn: '2026-11-24', met: true },
      { rule: 'R-REQ-22', dueOn: '2026-12-21', met: false },
    ])
  })

  it('is taken back within ten minutes and not later (S-ACC-06)', async () => {
    const first = await at.submit()
    await takeBack(at.applicant, first.request.id, { code: first.code })
    expect((await at.caseOf(first.request.id)).request).toMatchObject({
      state: 'taken-back',
      reportRow: null,
    })
    const second = await at.submit()
    at.house.setTime('2026-11-23 10:10')
    await expect(takeBack(at.applicant, second.request.id, { code: second.code })).rejects.toThrow(
      '请改为撤回',
    )
    at.house.setTime('2026-11-23 10:00')
  })

  it('one address cannot fill the register; the same form sent again does not count', async () => {
    await sql`update request_settings set sent_an_hour = 2`.execute(at.db)
    const where = { ...at.where, ip: '192.0.2.99' }
    const input = at.application()
    for (const _ of [1, 2, 3]) await submitRequest(at.applicant, where, input)
    await submitRequest(at.applicant, where, at.application())
    await expect(submitRequest(at.applicant, where, at.application())).rejects.toMatchObject({ status: 429 })
    await sql`update request_settings set sent_an_hour = 100000`.execute(at.db)
  })

  it('another code opens nothing', async () => {
    const [one, other] = [await at.submit(), await at.submit()]
    await expect(takeBack(at.applicant, one.request.id, { code: other.code })).rejects.toMatchObject({
      code: 'requests.no-such-case',
    })
  })

  it('takes what the law asks for and nothing more; says field by field what is missing', () => {
    const read = submitRequestInput.safeParse({
      ...at.application(),
      name: '',
      phone: '',
      idNumber: '990105199003070872',
      way: 'post',
    })
    expect(read.error?.issues.map(issue => issue.path.join())).toEqual([
      'name',
      'idNumber',
      'phone',
      'address',
    ])
    expect(Object.keys(at.application())).not.toContain('reason')
  })

  it('numbers of papers are unreadable in the database, and bound to their row (S-SEC-12)', async () => {
    const { request } = await at.submit()
    const [applicant] = await listApplicants(at.db, request.id)
    expect(JSON.stringify(applicant)).not.toContain('990105')
    expect(await unseal(applicant?.idSealed ?? '', applicant?.id ?? '')).toBe('990105199003070870')
    expect(await unseal(applicant?.idSealed ?? '', 'another row')).toBeNull()
  })

  it('says nothing of the person in duties, trail, events and notices', async () => {
    await at.submit({ name: '欧阳小寒', description: '关于欧阳小寒的补助发放记录' })
    for (const table of ['duties', 'audit_entries', 'request_events', 'requests', 'notifications'])
      expect(
        await counted(
          sql<{
            n: number
          }>`select count(*)::int as n from ${sql.table(table)} t where t::text like '%欧阳%'`,
        ),
        table,
      ).toBe(0)
  })
})

describe('what staff write down (R-REQ-06…10)', () => {
  const filed = (channel: string, more: object = {}) =>
    fileRequest(
      at.people.clerk,
      fileRequestInput.parse({ ...at.application(), channel, arrivedOn: '2026-11-20', ...more }),
    )
  it.each([
    ['counter', 'processing', '2026-11-20', 'R-REQ-22', '2026-12-18'],
    ['oral', 'processing', '2026-11-20', 'R-REQ-22', '2026-12-18'],
    ['registered-mail', 'processing', '2026-11-20', 'R-REQ-22', '2026-12-18'],
    ['ordinary-mail', 'submitted', null, 'R-REQ-08', '2026-11-20'],
    ['fax', 'submitted', null, 'R-REQ-11', '2026-11-24'],
  ])('%s: %s, received %s', async (channel, state, receivedOn, rule, dueOn) => {
    const { request } = await filed(channel)
    expect(request).toMatchObject({ state, receivedOn })
    expect(await dutiesOf(request.id)).toEqual([{ rule, dueOn, met: false }])
  })

  it('a letter without the sender’s papers is taken: what lacks is asked for afterwards (R-REQ-17)', async () => {
    const { request } = await filed('ordinary-mail', { idNumber: '', idKind: '', phone: '' })
    expect(request.state).toBe('submitted')
  })

  it('is for the organ’s own people, and for days that have been', async () => {
    const input = fileRequestInput.parse({ ...at.application(), channel: 'counter', arrivedOn: '2026-11-23' })
    await expect(fileRequest(at.people.stranger, input)).rejects.toMatchObject({
      code: 'requests.may-not-file',
    })
    await expect(filed('counter', { arrivedOn: '2026-11-24' })).rejects.toThrow('不能晚于今天')
  })
})

async function dutiesOf(requestId: string) {
  const { rows } = await sql<{ rule: string; dueOn: string; met: boolean }>`
    select rule, due_on, met_at is not null as met from duties where subject_id = ${requestId} order by id`.execute(
    at.db,
  )
  return rows
}

describe('broken after any statement', () => {
  const broken = new Error('the connection broke')
  function breakingAfter(person: Context, n: number): Context {
    let done = 0
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        if (++done >= n) throw broken
        return result
      },
    }
    return { ...person, db: at.db.withPlugin(plugin) }
  }
  const faults: Record<string, ReturnType<typeof sql>> = {
    'a request without applicant, item, event or duty': sql`select 1 from requests r
      where not exists (select from request_applicants a where a.request_id = r.id)
        or not exists (select from request_items i where i.request_id = r.id)
        or not exists (select from request_events e where e.request_id = r.id)
        or not exists (select from duties d where d.subject_id = r.id::text)
        or not exists (select from audit_entries a where a.object_id = r.id::text)`,
    'a serial that no request has': sql`select 1 from request_serials s
      where s.last <> (select count(*) from requests r where r.site_id = s.site_id and r.number like to_char(s.day, 'YYYYMMDD') || '-%')`,
    'a state that its last event does not say': sql`select 1 from requests r where r.state <>
      (select e.state_after from request_events e where e.request_id = r.id order by e.acted_at desc, e.id desc limit 1)`,
    'a received request whose answer nobody owes': sql`select 1 from requests r where r.received_on is not null
      and not exists (select from duties d where d.subject_id = r.id::text and d.rule = 'R-REQ-22')`,
  }
  async function goOnUntilDone(act: (n: number) => Promise<unknown>): Promise<number> {
    for (let n = 1; ; n++) {
      const error = await act(n).then(
        () => null,
        (reason: unknown) => reason,
      )
      for (const [fault, find] of Object.entries(faults))
        expect((await find.execute(at.db)).rows, `${fault}, broken after statement ${n}`).toEqual([])
      if (error === null) return n - 1
      expect(error).toBe(broken)
    }
  }

  it('a submission is complete or absent, and sent again it is one case', async () => {
    const before = await requests()
    const input = at.application()
    const breaks = await goOnUntilDone(n => submitRequest(breakingAfter(at.applicant, n), at.where, input))
    expect(breaks).toBeGreaterThan(10)
    expect(await requests()).toBe(before + 1)
  })

  it('an act is done with all that goes with it, or not at all', async () => {
    const { request } = await at.submit()
    const input = confirmInput.parse({ how: '电话确认' })
    const breaks = await goOnUntilDone(n =>
      confirmReceipt(breakingAfter(at.people.officer, n), request.id, input, {
        formKey: 'the same form key',
      }),
    )
    expect(breaks).toBeGreaterThan(15)
    expect((await at.caseOf(request.id)).request.state).toBe('processing')
  })
})
