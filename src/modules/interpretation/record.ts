import { sql } from 'kysely'
import { z } from 'zod'
import { listOrgans, listSites } from '#modules/organisations'
import { publicationIdsOf, publicIdsOf } from '#modules/publications'
import type { Database } from '#platform/db/database'
import { lineAs, lineOf, putRows, RecordFault, type RecordPart, wholeRow } from '#platform/record'
import { ratingMinimum } from './rating-queries.ts'

/** Selections whose result is published, and the ratings that readers see. Plans, words and jurors' names stay inside. */
export const record: readonly RecordPart[] = [
  {
    order: 90,
    file: 'interpretation-selections.jsonl',
    about: '优秀解读评选，一行一届：结果已经公布的。',
    fields: {
      site: '站点代码',
      year: '年度',
      juryWeight: '评委权重',
      readerWeight: '读者权重',
      chosen: '评出几篇',
      nominations: '提名的解读：理由、评委评分、每天的票数和结果',
    },
    async *write(out) {
      const sites = new Map((await listSites(out.db)).map(site => [site.id, site.key]))
      const organs = new Map((await listOrgans(out.db)).map(organ => [organ.id, organ.key]))
      let query = out.db
        .selectFrom('selectionRounds as r')
        .select(['r.id', 'r.siteId', wholeRow('r').as('row')])
        .where('r.publishedAt', 'is not', null)
      if (out.siteId !== null) query = query.where('r.siteId', '=', out.siteId)
      for (const { id, siteId, row } of await query.orderBy('r.siteId').orderBy('r.year').execute()) {
        const nominations = await out.db
          .selectFrom('selectionNominations as n')
          .select(['n.id', 'n.publicationId', 'n.organId', 'n.reason', 'n.nominatedAt'])
          .where('n.roundId', '=', id)
          .orderBy('n.id')
          .execute()
        const ids = nominations.map(one => one.id)
        const named = await publicIdsOf(
          out,
          nominations.map(one => one.publicationId),
        )
        const [scores, votes, results] = await Promise.all([
          rowsOf(out.db, 'selection_scores', ids),
          rowsOf(out.db, 'selection_votes', ids),
          rowsOf(out.db, 'selection_results', ids),
        ])
        yield [
          {
            uuid: id,
            site: sites.get(siteId),
            ...lineOf(row, ['id', 'site_id', 'changed_by', 'changed_by_id', 'revision']),
            // What stays behind cannot be pointed to
            nominations: nominations.flatMap(one => {
              const publication = named.get(one.publicationId)
              const of = (rows: Rows, without: string[]) =>
                rows
                  .filter(row => row.nominationId === one.id)
                  .map(row => lineOf(row.row, ['nomination_id', ...without]))
              return publication
                ? [
                    {
                      uuid: one.id,
                      publication,
                      organ: organs.get(one.organId),
                      reason: one.reason,
                      nominatedAt: one.nominatedAt.toISOString(),
                      scores: of(scores, ['juror', 'juror_id']),
                      votes: of(votes, []),
                      results: of(results, []),
                    },
                  ]
                : []
            }),
          },
        ]
      }
    },
    async read({ db }, batches) {
      const sites = new Map((await listSites(db)).map(site => [site.key, site]))
      const organs = new Map((await listOrgans(db)).map(organ => [organ.key, organ.id]))
      for await (const batch of batches)
        for (const one of batch) {
          const { uuid, site: key, nominations, ...round } = lineAs(roundLine, one)
          const line = one.number
          const site = sites.get(key)
          if (!site) throw new RecordFault(line, `站点“${key}”不在 sites.jsonl 里。`)
          await putRows(db, 'selectionRounds', [
            {
              line,
              row: {
                ...round,
                id: uuid,
                siteId: site.id,
                changedBy: site.name,
              },
            },
          ])
          const ids = await publicationIdsOf(
            db,
            nominations.map(nomination => nomination.publication),
          )
          for (const nomination of nominations) {
            const publicationId = ids.get(nomination.publication)
            const organId = organs.get(nomination.organ)
            if (!publicationId || !organId)
              throw new RecordFault(line, `提名的 ${nomination.publication} 或者它的单位不在导出的文件里。`)
            const { reason, nominatedAt } = nomination
            await putRows(db, 'selectionNominations', [
              {
                line,
                row: {
                  id: nomination.uuid,
                  roundId: uuid,
                  publicationId,
                  organId,
                  reason,
                  nominatedBy: site.name,
                  nominatedAt,
                },
              },
            ])
            const rows = (lines: readonly Record<string, unknown>[]) =>
              lines.map(row => ({ line, row: { ...row, nominationId: nomination.uuid } }))
            await putRows(
              db,
              'selectionScores',
              rows(
                nomination.scores.map(score => ({ ...score, juror: '评委', jurorId: crypto.randomUUID() })),
              ),
            )
            await putRows(db, 'selectionVotes', rows(nomination.votes))
            await putRows(db, 'selectionResults', rows(nomination.results))
          }
        }
    },
  },
  {
    order: 91,
    file: 'interpretation-ratings.jsonl',
    about: '读者对解读的评价，一行一篇：人数够了、已经公布的。',
    fields: { publication: '解读的公开编号', counts: '各分的人数，5 分最高' },
    async *write(out) {
      const sites = await listSites(out.db)
      const rows = await out.db
        .selectFrom('ratingCounts')
        .selectAll()
        .where('count', '>', 0)
        .orderBy('publicationId')
        .orderBy('grade', 'desc')
        .execute()
      const least = Math.max(...(await Promise.all(sites.map(site => ratingMinimum(out.db, site.id)))), 1)
      const named = await publicIdsOf(
        out,
        rows.map(row => row.publicationId),
      )
      yield [...Map.groupBy(rows, row => row.publicationId)].flatMap(([id, own]) => {
        const publication = named.get(id)
        const total = own.reduce((sum, row) => sum + row.count, 0)
        return publication && total >= least
          ? [{ publication, counts: own.map(({ grade, count }) => ({ grade, count })) }]
          : []
      })
    },
    async read({ db }, batches) {
      for await (const batch of batches) {
        const lines = batch.map(one => ({ line: one.number, ...lineAs(ratingLine, one) }))
        const ids = await publicationIdsOf(
          db,
          lines.map(one => one.publication),
        )
        await putRows(
          db,
          'ratingCounts',
          lines.flatMap(({ line, publication, counts }) => {
            const publicationId = ids.get(publication)
            if (!publicationId) throw new RecordFault(line, `${publication} 不在 publications.jsonl 里。`)
            return counts.map(count => ({ line, row: { ...count, publicationId } }))
          }),
        )
      }
    },
  },
]

const lines = z.array(z.looseObject({}))
const roundLine = z.looseObject({
  uuid: z.uuid(),
  site: z.string(),
  publishedAt: z.string(),
  nominations: z.array(
    z.object({
      uuid: z.uuid(),
      publication: z.string(),
      organ: z.string(),
      reason: z.string(),
      nominatedAt: z.string(),
      scores: lines,
      votes: lines,
      results: lines,
    }),
  ),
})
const ratingLine = z.object({
  publication: z.string(),
  counts: z.array(z.object({ grade: z.number(), count: z.number() })),
})

type Rows = { nominationId: string; row: Record<string, unknown> }[]

async function rowsOf(
  db: Database,
  table: 'selection_scores' | 'selection_votes' | 'selection_results',
  nominationIds: readonly string[],
): Promise<Rows> {
  if (nominationIds.length === 0) return []
  const { rows } = await sql<Rows[number]>`select x.nomination_id, ${wholeRow('x')} as row
    from ${sql.table(table)} x where x.nomination_id = any(${[...nominationIds]}::uuid[])
    order by x.nomination_id, (to_jsonb(x) - 'juror' - 'juror_id')::text`.execute(db)
  return rows
}
