import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPublic, type Listed, registerKinds } from '#modules/publications'
import { system } from '#platform/actor'
import { systemClock } from '#platform/clock'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { kinds } from '../src/app/kinds.ts'
import { loadSample } from '../src/app/sample/load-sample.ts'
import { learnWords } from '../src/modules/search/vocabulary.ts'
import { ndcg } from './judgements/ndcg.ts'
import { type Judged, judgedQueries } from './judgements/queries.ts'
import recorded from './judgements/recorded.json' with { type: 'json' }
import { testDatabase } from './make/test-database.ts'

/** The day on which the questions are asked. */
const now = new Date('2026-11-23T02:00:00Z')

let connection: Connection
let drop: () => Promise<void>
let siteId: string

beforeAll(async () => {
  registerKinds(kinds)
  const database = await testDatabase()
  drop = database.drop
  connection = connect(database.url, { role: applicationRole })
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  await loadSample({ db: connection.db, actor: system('装入样例'), clock: systemClock, log }, () => {})
  await learnWords(connection.db, now)
  const site = await connection.db
    .selectFrom('sites')
    .select('id')
    .where('isDefault', '=', true)
    .executeTakeFirstOrThrow()
  siteId = site.id
}, 180_000)
afterAll(async () => {
  await connection.close()
  await drop()
})

const gradeOf = (row: Listed, { wanted }: Judged) =>
  (row.docNo && wanted[row.docNo]) || wanted[row.title] || 0

async function scoreOf(judged: Judged): Promise<{ score: number; found: Listed[] }> {
  const filter = { siteId, words: [judged.asked], order: 'relevance' as const }
  const { rows } = await findPublic(connection.db, now, filter, { page: 1, pageSize: 10 })
  const grades = rows.map(row => gradeOf(row, judged))
  return { score: ndcg(grades, Object.values(judged.wanted)), found: rows }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('judged questions (S-FUN-08)', () => {
  it('name documents that are there', async () => {
    const all = await findPublic(connection.db, now, { siteId }, { page: 1, pageSize: 500 })
    const known = new Set(all.rows.flatMap(row => [row.title, row.docNo]))
    const named = Object.values(judgedQueries)
      .flat()
      .flatMap(one => Object.keys(one.wanted))
    expect(named.filter(name => !known.has(name))).toEqual([])
  })

  it('are answered no worse than recorded, class by class (nDCG@10)', async () => {
    const scores: Record<string, number> = {}
    const lines: string[] = []
    const everything: number[] = []
    for (const [name, questions] of Object.entries(judgedQueries)) {
      const of: number[] = []
      for (const judged of questions) {
        const { score, found } = await scoreOf(judged)
        of.push(score)
        if (process.env.SHOW_HITS && score < 0.9)
          lines.push(
            `    ${score.toFixed(2)} ${judged.asked}`,
            ...found.map(row => `         ${gradeOf(row, judged)} ${row.docNo ?? ''} ${row.title}`),
          )
      }
      everything.push(...of)
      scores[name] = Number(mean(of).toFixed(3))
      lines.push(`  ${name}（${of.length} 问）${scores[name]?.toFixed(3)}`)
    }
    scores.全部 = Number(mean(everything).toFixed(3))
    console.log(
      `搜索质量 nDCG@10\n${lines.join('\n')}\n  全部（${everything.length} 问）${scores.全部.toFixed(3)}`,
    )
    const before = recorded as Record<string, number>
    for (const [name, score] of Object.entries(scores))
      expect(score, `${name}：记录是 ${before[name]}`).toBeGreaterThanOrEqual((before[name] ?? 0) - 0.001)
  }, 120_000)
})
