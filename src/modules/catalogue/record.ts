import { z } from 'zod'
import { listSites, sitesByKey } from '#modules/organisations'
import { publicationIdsOf, publicIdsOf } from '#modules/publications'
import type { Database } from '#platform/db/database'
import {
  type Incoming,
  lineAs,
  lineOf,
  type NumberedLine,
  type Outgoing,
  putRows,
  RecordFault,
  type RecordLine,
  type RecordPart,
  wholeRow,
} from '#platform/record'

/** The catalogue with every version of its items and what is published under them, and the negative list. */
export const record: readonly RecordPart[] = [
  {
    order: 80,
    file: 'catalogue.jsonl',
    about: '主动公开基本目录，一行一个事项。',
    fields: {
      key: '事项代码，是网址 /catalogue/{key} 的一部分',
      site: '站点代码',
      content: '事项、要素、依据、时限、主体、渠道、对象、方式、层级',
      deviation: '与标准目录不同的理由',
      versions: '历次修改，content 为当时的内容',
      publications: '归在这个事项下的发布物',
    },
    async *write(out) {
      const sites = await siteKeys(out.db)
      let query = out.db
        .selectFrom('catalogueItems as i')
        .select(['i.id', 'i.siteId', wholeRow('i').as('row')])
      if (out.siteId !== null) query = query.where('i.siteId', '=', out.siteId)
      for (const { id, siteId, row } of await query.orderBy('i.siteId').orderBy('i.key').execute())
        yield [
          {
            uuid: id,
            site: sites.get(siteId),
            ...lineOf(row, ['id', 'site_id', 'changed_by']),
            versions: await versionsOf(out.db, id),
            publications: await publicationsOf(out, id),
          },
        ]
    },
    async read({ db }, batches) {
      const sites = await sitesByKey(db)
      for await (const batch of batches) for (const one of batch) await readItem(db, sites, one)
    },
  },
  {
    order: 81,
    file: 'catalogue-withheld.jsonl',
    about: '负面清单，一行一类不予公开的信息和理由。',
    fields: { site: '站点代码', ground: '依据的条款', why: '为什么不公开', reviewOn: '下次复核的日期' },
    async *write(out) {
      const sites = await siteKeys(out.db)
      let query = out.db
        .selectFrom('catalogueWithheld as w')
        .select(['w.id', 'w.siteId', wholeRow('w').as('row')])
      if (out.siteId !== null) query = query.where('w.siteId', '=', out.siteId)
      const rows = await query.orderBy('w.id').execute()
      yield rows.map(({ id, siteId, row }) => ({
        uuid: id,
        site: sites.get(siteId),
        ...lineOf(row, ['id', 'site_id', 'changed_by']),
      }))
    },
    async read({ db }: Incoming, batches) {
      const sites = await sitesByKey(db)
      for await (const batch of batches)
        for (const one of batch) {
          const { uuid, site: key, ...row } = lineAs(withheldLine, one)
          const site = siteOf(sites, key, one.number)
          await putRows(db, 'catalogueWithheld', [
            { line: one.number, row: { ...row, id: uuid, siteId: site.id, changedBy: site.name } },
          ])
        }
    },
  },
]

const withheldLine = z.looseObject({ uuid: z.uuid(), site: z.string() })
const itemLine = z.looseObject({
  uuid: z.uuid(),
  site: z.string(),
  versions: z.array(z.looseObject({ revision: z.int() })),
  publications: z.array(z.looseObject({ publication: z.string() })),
})

type Sites = ReadonlyMap<string, { id: string; name: string }>
const siteKeys = async (db: Database) => new Map((await listSites(db)).map(site => [site.id, site.key]))

function siteOf(sites: Sites, key: string, line: number) {
  const site = sites.get(key)
  if (!site) throw new RecordFault(line, `站点“${key}”不在 sites.jsonl 里。`)
  return site
}

async function versionsOf(db: Database, itemId: string): Promise<RecordLine[]> {
  const rows = await db
    .selectFrom('catalogueItemVersions as v')
    .select(wholeRow('v').as('row'))
    .where('v.itemId', '=', itemId)
    .orderBy('v.revision')
    .execute()
  return rows.map(({ row }) => lineOf(row, ['item_id', 'changed_by', 'changed_by_id']))
}

async function publicationsOf(out: Outgoing, itemId: string): Promise<RecordLine[]> {
  const rows = await out.db
    .selectFrom('cataloguePublications as p')
    .select(['p.publicationId', wholeRow('p').as('row')])
    .where('p.itemId', '=', itemId)
    .orderBy('p.publicationId')
    .execute()
  // What stays behind cannot be pointed to
  const ids = await publicIdsOf(
    out,
    rows.map(row => row.publicationId),
  )
  return rows.flatMap(({ publicationId, row }) => {
    const publication = ids.get(publicationId)
    return publication ? [{ publication, ...lineOf(row, ['item_id', 'publication_id', 'linked_by']) }] : []
  })
}

async function readItem(db: Database, sites: Sites, one: NumberedLine): Promise<void> {
  const line = one.number
  const { uuid: itemId, site: key, versions, publications, ...row } = lineAs(itemLine, one)
  const site = siteOf(sites, key, line)
  await putRows(db, 'catalogueItems', [
    { line, row: { ...row, id: itemId, siteId: site.id, changedBy: site.name } },
  ])
  await putRows(
    db,
    'catalogueItemVersions',
    versions.map(version => ({ line, row: { ...version, itemId, changedBy: site.name } })),
  )
  const ids = await publicationIdsOf(
    db,
    publications.map(one => one.publication),
  )
  await putRows(
    db,
    'cataloguePublications',
    publications.map(({ publication, ...link }) => {
      const publicationId = ids.get(publication)
      if (!publicationId) throw new RecordFault(line, `${publication} 不在 publications.jsonl 里。`)
      return { line, row: { ...link, itemId, publicationId, linkedBy: site.name } }
    }),
  )
}
