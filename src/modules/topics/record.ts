import { z } from 'zod'
import { listSites, sitesByKey } from '#modules/organisations'
import { publicationIdsOf, publicIdsOf } from '#modules/publications'
import type { Database } from '#platform/db/database'
import {
  lineAs,
  lineOf,
  putRows,
  RecordFault,
  type RecordLine,
  type RecordPart,
  wholeRow,
} from '#platform/record'
import { ruleSchema } from './topic.ts'

/** Topics that are or were public, with what they gather. */
export const record: readonly RecordPart[] = [
  {
    order: 70,
    file: 'topics.jsonl',
    about: '专题，一行一个：公开过的专题和它们的板块。',
    fields: {
      key: '专题代码，是网址 /topics/{key} 的一部分',
      site: '站点代码',
      summary: '概述',
      audience: '适用人群',
      state: 'public 已公开，closed 已结束',
      sections: '板块，按先后',
      'sections.rule':
        '收入规则：与搜索网址里的条件相同（q 词语、kind 种类、organ 机构、theme 主题、column 栏目、year 年份、validity 有效性）',
      'sections.picks': '编辑指定的发布物：excluded 为 true 的不收入，其余按先后排在最前',
    },
    async *write(out) {
      let query = out.db
        .selectFrom('topics as t')
        .select(['t.id', 't.siteId', wholeRow('t').as('row')])
        .where('t.state', '!=', 'draft')
      if (out.siteId !== null) query = query.where('t.siteId', '=', out.siteId)
      const topics = await query.orderBy('t.id').execute()
      const sites = new Map((await listSites(out.db)).map(site => [site.id, site.key]))
      for (const { id, siteId, row } of topics)
        yield [
          {
            uuid: id,
            key: row.key,
            site: sites.get(siteId),
            ...lineOf(row, ['id', 'key', 'site_id', 'form_key', 'changed_by']),
            sections: await sectionLines(out.db, id, ids => publicIdsOf(out, ids)),
          },
        ]
    },
    async read({ db }, batches) {
      const sites = await sitesByKey(db)
      for await (const batch of batches)
        for (const one of batch) {
          const { uuid, site: siteKey, sections, ...rest } = lineAs(topicLine, one)
          const line = one.number
          const site = sites.get(siteKey)
          if (!site) throw new RecordFault(line, `站点“${siteKey}”不在 sites.jsonl 里。`)
          await putRows(db, 'topics', [
            { line, row: { ...rest, id: uuid, siteId: site.id, changedBy: site.name } },
          ])
          await putSections(db, line, uuid, sections)
        }
    },
  },
]

const topicLine = z.looseObject({
  uuid: z.uuid(),
  site: z.string(),
  sections: z.array(
    z.looseObject({
      uuid: z.uuid(),
      rule: ruleSchema.nullable(),
      picks: z.array(z.looseObject({ publication: z.string() })),
    }),
  ),
})

async function sectionLines(
  db: Database,
  topicId: string,
  publicIds: (ids: readonly string[]) => Promise<Map<string, string>>,
): Promise<RecordLine[]> {
  const sections = await db
    .selectFrom('topicSections as s')
    .select(['s.id', wholeRow('s').as('row')])
    .where('s.topicId', '=', topicId)
    .orderBy('s.position')
    .orderBy('s.id')
    .execute()
  const picks = await db
    .selectFrom('topicPicks as p')
    .innerJoin('topicSections as s', 's.id', 'p.sectionId')
    .select(['p.sectionId', 'p.publicationId', wholeRow('p').as('row')])
    .where('s.topicId', '=', topicId)
    .orderBy('p.excluded')
    .orderBy('p.position')
    .orderBy('p.publicationId')
    .execute()
  // What stays behind cannot be pointed to
  const ids = await publicIds(picks.map(pick => pick.publicationId))
  return sections.map(({ id, row }) => ({
    uuid: id,
    ...lineOf(row, ['id', 'topic_id']),
    picks: picks.flatMap(pick => {
      const publication = ids.get(pick.publicationId)
      return pick.sectionId === id && publication
        ? [{ publication, ...lineOf(pick.row, ['section_id', 'publication_id']) }]
        : []
    }),
  }))
}

async function putSections(
  db: Database,
  line: number,
  topicId: string,
  sections: z.output<typeof topicLine>['sections'],
): Promise<void> {
  await putRows(
    db,
    'topicSections',
    sections.map(({ uuid, picks: _, ...row }) => ({ line, row: { ...row, id: uuid, topicId } })),
  )
  const ids = await publicationIdsOf(
    db,
    sections.flatMap(section => section.picks.map(pick => pick.publication)),
  )
  const picks = sections.flatMap(({ uuid, picks }) =>
    picks.map(({ publication, ...row }) => {
      const publicationId = ids.get(publication)
      if (!publicationId) throw new RecordFault(line, `收入的 ${publication} 不在 publications.jsonl 里。`)
      return { line, row: { ...row, sectionId: uuid, publicationId } }
    }),
  )
  await putRows(db, 'topicPicks', picks)
}
