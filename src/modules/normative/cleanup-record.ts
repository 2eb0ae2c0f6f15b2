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
import { organIds, organKeys, organOf } from './record-organs.ts'

/** Rounds whose result is public, with what was decided about each document. */
export const cleanupPart: RecordPart = {
  order: 112,
  file: 'normative-cleanups.jsonl',
  about: '规范性文件清理，一行一次结果已经公布的清理，连同每份文件的意见。',
  fields: {
    site: '站点代码',
    organ: '主持清理的机构代码',
    publication: '清理结果的网址代码',
    items: '列入的文件：keep 继续有效，amend 修改，repeal 废止，lapse 宣布失效',
  },
  async *write(out) {
    const [keys, sites] = [await organKeys(out.db), await listSites(out.db)]
    let query = out.db
      .selectFrom('normativeCleanups as c')
      .select(['c.id', 'c.siteId', 'c.organId', 'c.publicationId', wholeRow('c').as('row')])
      .where('c.closedAt', 'is not', null)
    if (out.siteId !== null) query = query.where('c.siteId', '=', out.siteId)
    for (const { id, siteId, organId, publicationId, row } of await query.orderBy('c.id').execute()) {
      const publication = (await publicIdsOf(out, [publicationId ?? ''])).get(publicationId ?? '')
      if (!publication) continue
      yield [
        {
          uuid: id,
          site: sites.find(site => site.id === siteId)?.key,
          organ: keys.get(organId),
          publication,
          ...lineOf(row, ['id', 'site_id', 'organ_id', 'publication_id', 'form_key', 'created_by', 'scope']),
          items: await itemLines(out, id, keys),
        },
      ]
    }
  },
  async read({ db }, batches) {
    const [ids, sites] = [await organIds(db), await listSites(db)]
    for await (const batch of batches) for (const one of batch) await readCleanup(db, ids, sites, one)
  },
}

const cleanupLine = z.looseObject({
  uuid: z.uuid(),
  site: z.string(),
  organ: z.string(),
  publication: z.string(),
  items: z.array(z.looseObject({ publication: z.string(), organ: z.string() })),
})

async function itemLines(
  out: Outgoing,
  cleanupId: string,
  keys: ReadonlyMap<string, string>,
): Promise<RecordLine[]> {
  const rows = await out.db
    .selectFrom('normativeCleanupItems as i')
    .select(['i.publicationId', 'i.organId', wholeRow('i').as('row')])
    .where('i.cleanupId', '=', cleanupId)
    .orderBy('i.position')
    .execute()
  const ids = await publicIdsOf(
    out,
    rows.map(row => row.publicationId),
  )
  // What has left the public since cannot be pointed to
  return rows.flatMap(({ publicationId, organId, row }) => {
    const publication = ids.get(publicationId)
    const without = [
      'cleanup_id',
      'publication_id',
      'organ_id',
      'decided_by',
      'decided_by_id',
      'confirmed_by',
    ]
    if (!publication) return []
    const line = lineOf(row, without)
    // The published result gives reasons for what ends or is to change, for nothing else
    return [
      { publication, organ: keys.get(organId), ...line, reason: line.decision === 'keep' ? '' : line.reason },
    ]
  })
}

async function readCleanup(
  db: Database,
  ids: ReadonlyMap<string, string>,
  sites: readonly { id: string; key: string; name: string }[],
  one: NumberedLine,
): Promise<void> {
  const line = one.number
  const { uuid, site: key, organ, publication, items, ...row } = lineAs(cleanupLine, one)
  const site = sites.find(one => one.key === key)
  if (!site) throw new RecordFault(line, `站点“${key}”不在 sites.jsonl 里。`)
  const known = await publicationIdsOf(db, [publication, ...items.map(item => item.publication)])
  const idOf = (publicId: string) => {
    const id = known.get(publicId)
    if (!id) throw new RecordFault(line, `${publicId} 不在 publications.jsonl 里。`)
    return id
  }
  await putRows(db, 'normativeCleanups', [
    {
      line,
      row: {
        ...row,
        id: uuid,
        siteId: site.id,
        organId: organOf(ids, organ, line),
        publicationId: idOf(publication),
        scope: { organIds: [], signedFrom: null, signedTo: null },
        createdBy: site.name,
      },
    },
  ])
  await putRows(
    db,
    'normativeCleanupItems',
    items.map(({ publication: publicId, organ: organKey, ...item }) => ({
      line,
      row: {
        ...item,
        cleanupId: uuid,
        publicationId: idOf(publicId),
        organId: organOf(ids, organKey, line),
        decidedBy: site.name,
        confirmedBy: item.confirmedAt ? site.name : null,
      },
    })),
  )
}
