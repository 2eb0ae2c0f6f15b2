import { z } from 'zod'
import { listSites } from '#modules/organisations'
import { publicationIdsOf, publicIdsOf } from '#modules/publications'
import type { Database } from '#platform/db/database'
import {
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
import { cleanupPart } from './cleanup-record.ts'
import { organIds, organKeys, organOf } from './record-organs.ts'

/** What the public sees of the register: numbers, filings and terms of public documents, and rounds whose result is public. */
export const record: readonly RecordPart[] = [
  {
    order: 110,
    file: 'normative-serials.jsonl',
    about: '规范性文件统一编号用到了第几号，一行一个政府一年：恢复以后接着往下编，不重号。',
    fields: { government: '政府的机构代码', year: '年份', last: '最后一个顺序号' },
    async *write(out) {
      const keys = await organKeys(out.db)
      const rows = await out.db
        .selectFrom('normativeSerials')
        .selectAll()
        .orderBy('governmentId')
        .orderBy('year')
        .execute()
      yield rows.map(({ governmentId, year, last }) => ({ government: keys.get(governmentId), year, last }))
    },
    async read({ db }, batches) {
      const ids = await organIds(db)
      for await (const batch of batches)
        for (const one of batch) {
          const { government, ...row } = lineAs(serialLine, one)
          await putRows(db, 'normativeSerials', [
            { line: one.number, row: { ...row, governmentId: organOf(ids, government, one.number) } },
          ])
        }
    },
  },
  {
    order: 111,
    file: 'normative.jsonl',
    about: '规范性文件的登记，一行一份公开的文件：统一编号和备案。',
    fields: {
      publication: '文件的网址代码，文字在 publications.jsonl 里',
      registrations: '统一编号，按先后；renews 是它接续的编号的 uuid',
      filings: '备案的登记，revision 大的为准',
    },
    async *write(out) {
      const keys = await organKeys(out.db)
      const ids = await registered(out)
      const publicIds = await publicIdsOf(out, ids)
      for (const id of ids) {
        const publication = publicIds.get(id)
        if (publication) yield [{ publication, ...(await linesOf(out.db, id, keys)) }]
      }
    },
    async read({ db }, batches) {
      const [ids, sites] = [await organIds(db), await listSites(db)]
      for await (const batch of batches) {
        for (const one of batch) await readDocument(db, ids, sites[0]?.name ?? '', one)
      }
    },
  },
  cleanupPart,
]

const serialLine = z.looseObject({ government: z.string() })
const documentLine = z.looseObject({
  publication: z.string(),
  registrations: z.array(
    z.looseObject({ uuid: z.uuid(), organ: z.string(), government: z.string(), site: z.string() }),
  ),
  filings: z.array(z.looseObject({ revision: z.int() })),
})
/** Every publication of which the register says something. */
async function registered(out: Outgoing): Promise<string[]> {
  const [numbers, filings] = await Promise.all([
    out.db.selectFrom('normativeRegistrations').select('publicationId').distinct().execute(),
    out.db.selectFrom('normativeFilings').select('publicationId').distinct().execute(),
  ])
  return [...new Set([...numbers, ...filings].map(row => row.publicationId))].sort()
}

async function linesOf(
  db: Database,
  publicationId: string,
  keys: ReadonlyMap<string, string>,
): Promise<RecordLine> {
  const sites = await listSites(db)
  const [registrations, filings] = await Promise.all([
    db
      .selectFrom('normativeRegistrations as r')
      .select(['r.id', 'r.organId', 'r.governmentId', 'r.siteId', 'r.renewsId', wholeRow('r').as('row')])
      .where('r.publicationId', '=', publicationId)
      // What continues another comes after it
      .orderBy('r.registeredAt')
      .orderBy('r.renewsId', order => order.nullsFirst())
      .execute(),
    db
      .selectFrom('normativeFilings as f')
      .select(wholeRow('f').as('row'))
      .where('f.publicationId', '=', publicationId)
      .orderBy('f.revision')
      .execute(),
  ])
  const people = [
    'recorded_by',
    'recorded_by_id',
    'registered_by',
    'registered_by_id',
    'decided_by',
    'decided_by_id',
  ]
  return {
    registrations: registrations.map(({ id, organId, governmentId, siteId, renewsId, row }) => ({
      uuid: id,
      site: sites.find(site => site.id === siteId)?.key,
      organ: keys.get(organId),
      government: keys.get(governmentId),
      renews: renewsId,
      ...lineOf(row, [
        'id',
        'publication_id',
        'site_id',
        'organ_id',
        'government_id',
        'renews_id',
        ...people,
      ]),
    })),
    filings: filings.map(({ row }) => lineOf(row, ['publication_id', ...people])),
  }
}

async function readDocument(
  db: Database,
  ids: ReadonlyMap<string, string>,
  by: string,
  one: NumberedLine,
): Promise<void> {
  const line = one.number
  const { publication, registrations, filings } = lineAs(documentLine, one)
  const publicationId = (await publicationIdsOf(db, [publication])).get(publication)
  if (!publicationId) throw new RecordFault(line, `${publication} 不在 publications.jsonl 里。`)
  const sites = await listSites(db)
  for (const { uuid, site: key, organ, government, renews, ...row } of registrations) {
    const site = sites.find(one => one.key === key)
    if (!site) throw new RecordFault(line, `站点“${key}”不在 sites.jsonl 里。`)
    await putRows(db, 'normativeRegistrations', [
      {
        line,
        row: {
          ...row,
          id: uuid,
          publicationId,
          siteId: site.id,
          organId: organOf(ids, organ, line),
          governmentId: organOf(ids, government, line),
          renewsId: renews,
          registeredBy: site.name,
        },
      },
    ])
  }
  await putRows(
    db,
    'normativeFilings',
    filings.map(row => ({ line, row: { ...row, publicationId, recordedBy: by } })),
  )
}
