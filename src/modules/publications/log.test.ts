import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64 } from '#lib/tlog/bytes'
import { newestHead, signHead } from '#modules/transparency-log'
import { connect } from '#platform/db/database'
import { correctPublic } from '../../../test/make/corrected.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { cancelSchedule } from './actions/cancel-schedule.ts'
import { takeDown } from './actions/take-down.ts'
import { checkRecord } from './check-leaves.ts'
import { fillLog } from './jobs/fill-log.job.ts'

let house: Publishing
beforeAll(async () => {
  process.env.LOG_KEY = toBase64(randomBytes(32))
  house = await makePublishing()
  const repealed = await makeReviewed(house, documentFacts('云溪县取水办法', { docNo: '云政发〔2020〕3号' }))
  await makeReviewed(
    house,
    documentFacts('云溪县节约用水办法', {
      docNo: '云政发〔2026〕12号',
      effects: '',
      repeals: '云溪县取水办法 云政发〔2020〕3号',
    }),
  )
  await makeReviewed(house, { title: '定时的通知' }, '2026-11-25T09:00')
  await signHead(house.system)
  await takeDown(house.as(['openness-office'], '何敏'), {
    publicationId: repealed.id,
    how: 'withdrawn',
    reason: '内容有误',
    to: '',
  })
  await signHead(house.system)
})
afterAll(() => house.leave())

const db = () => house.connection.db

/** Somebody with all rights changes the tables, and the triggers do not hold him. */
async function behindTheBack(statement: string): Promise<void> {
  const owner = connect(house.url)
  try {
    await owner.db.transaction().execute(async tx => {
      await sql`set local session_replication_role = replica`.execute(tx)
      for (const one of statement.split(';')) await sql.raw(one).execute(tx)
    })
  } finally {
    await owner.close()
  }
}

async function changedAndBack(there: string, back: string) {
  await behindTheBack(there)
  const { faults } = await checkRecord(db())
  await behindTheBack(back)
  expect((await checkRecord(db())).faults).toEqual([])
  return faults
}

describe('the log of publishing acts', () => {
  it('has a leaf of every act, and everything fits', async () => {
    const checked = await checkRecord(db())
    expect(checked.faults).toEqual([])
    expect(checked).toMatchObject({ size: 4, acts: 4, heads: 2, editions: 3 })
  })

  it('tells neither names, reasons nor text', async () => {
    const { rows } = await sql<{
      text: string
    }>`select convert_from(entry, 'UTF8') as text from log_entries order by index`.execute(db())
    const all = rows.map(row => row.text).join('\n')
    for (const hidden of ['何敏', '林晓', '内容有误', '取水', '定时的']) expect(all).not.toContain(hidden)
    expect(JSON.parse(rows[0]?.text ?? '')).toMatchObject({
      v: 1,
      act: 'published',
      site: 'yunxi',
      edition: 1,
    })
  })

  it('names the edition and the field of which one byte was changed', async () => {
    const faults = await changedAndBack(
      `update editions set title = '云溪县节约用水办法。' where title = '云溪县节约用水办法'`,
      `update editions set title = '云溪县节约用水办法' where title = '云溪县节约用水办法。'`,
    )
    expect(faults).toHaveLength(1)
    expect(faults[0]?.text).toMatch(/^\/policies\/\w{10}\/editions\/1 的“标题”与日志的承诺不符$/)
  })

  it('names the effect that was changed or removed', async () => {
    const faults = await changedAndBack(
      `update effects set effective_from = effective_from - 1`,
      `update effects set effective_from = effective_from + 1`,
    )
    expect(faults.map(fault => fault.item)).toEqual(['relation', 'relation'])
    expect(faults[0]?.text).toContain('效力关系')
  })

  it('names the tile, the entry, the head and the act that were changed', async () => {
    const flip = (column: string, at: number, table: string, where: string) => {
      const change = `update ${table} set ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1) where ${where}`
      return [change, change] as const
    }
    const tile = await changedAndBack(...flip('hashes', 40, 'log_tiles', 'level = 0'))
    expect(tile).toMatchObject([{ item: 'tile', place: '0/000.p/4' }])
    expect(tile[0]?.text).toContain('第 2 个')
    const entry = await changedAndBack(...flip('entry', 30, 'log_entries', 'index = 1'))
    expect(entry.map(fault => fault.item)).toEqual(['tile', 'entry', 'checkpoint', 'checkpoint', 'act'])
    expect(entry[1]?.place).toBe('1')
    const head = await changedAndBack(...flip('root', 3, 'log_checkpoints', 'size = 3'))
    expect(head.map(fault => fault.place)).toEqual(['3', '3'])
    const act = await changedAndBack(
      `update publishing_acts set public_at = public_at - interval '1 day' where act = 'scheduled'`,
      `update publishing_acts set public_at = public_at + interval '1 day' where act = 'scheduled'`,
    )
    expect(act).toMatchObject([{ item: 'act' }])
    expect(act[0]?.text).toContain('publicAt')
  })

  it('does not sign over tiles that were changed', async () => {
    const change =
      'update log_tiles set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0'
    await behindTheBack(change)
    await makeReviewed(house, { title: '又一个通知' })
    await expect(signHead(house.system)).rejects.toThrow('log fsck')
    await behindTheBack(change)
    expect((await signHead(house.system))?.size).toBe(5)
    expect(await signHead(house.system)).toBeNull()
    expect((await newestHead(db()))?.size).toBe(5)
  })

  it('commits to a correction and to a schedule that was cancelled', async () => {
    const item = await makeReviewed(house, { title: '要改的通知' })
    await correctPublic(house, item.id, { title: '改过的通知' })
    const waiting = await makeReviewed(house, { title: '不定时了' }, '2026-11-26T09:00')
    await cancelSchedule(house.as(['openness-office'], '何敏'), waiting.id)
    const checked = await checkRecord(db())
    expect(checked.faults).toEqual([])
    expect(checked.size).toBe(9)
  })

  it('takes in what was published before there was a log, once and in order', async () => {
    await behindTheBack(`delete from logged_acts; delete from edition_commitments; delete from log_tiles; delete from log_entries;
      delete from log_cosignatures; delete from log_checkpoints; update log_head set size = 0`)
    expect(await Promise.all([fillLog(house.system), fillLog(house.system)]).then(all => all.sort())).toEqual(
      [0, 9],
    )
    const checked = await checkRecord(db())
    expect(checked.faults).toEqual([])
    expect(checked.size).toBe(9)
    const { rows } = await sql<{
      at: string
    }>`select convert_from(entry, 'UTF8')::json ->> 'at' as at from log_entries order by index`.execute(db())
    expect(rows.map(row => row.at)).toEqual(rows.map(row => row.at).toSorted())
    expect(await fillLog(house.system)).toBe(0)
  })
})
