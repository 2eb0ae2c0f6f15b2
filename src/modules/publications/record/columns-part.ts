import { z } from 'zod'
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

export const columnsPart: RecordPart = {
  order: 30,
  file: 'columns.jsonl',
  about: '栏目，一行一个。',
  fields: {
    site: '站点代码',
    path: '栏目路径，是网址 /columns/{path} 的一部分；其他文件里写作“站点代码:路径”',
    name: '栏目名称',
    type: '栏目类型',
    updateLimitDays: '应在多少天内更新，null 为不限',
    sortOrder: '同级中的先后',
  },
  async *write({ db, siteId }: Outgoing): AsyncGenerator<RecordLine[]> {
    let columns = db
      .selectFrom('columns as c')
      .innerJoin('siteNames as s', 's.id', 'c.siteId')
      .select(['c.id', 's.key as site', wholeRow('c').as('row')])
    if (siteId !== null) columns = columns.where('c.siteId', '=', siteId)
    const rows = await columns.orderBy('c.id').execute()
    yield rows.map(({ id, site, row }) => ({ uuid: id, site, ...lineOf(row, ['id', 'site_id']) }))
  },
  async read(into: Incoming, batches: AsyncIterable<readonly NumberedLine[]>): Promise<void> {
    const sites = await into.db.selectFrom('siteNames').select(['id', 'key']).execute()
    const ids = new Map(sites.map(site => [site.key, site.id]))
    for await (const batch of batches) {
      const columns = batch.map(one => {
        const { uuid, site, ...rest } = lineAs(columnLine, one)
        const siteId = ids.get(site)
        if (!siteId) throw new RecordFault(one.number, `站点“${site}”不在 sites.jsonl 里。`)
        return { line: one.number, row: { ...rest, id: uuid, siteId } }
      })
      await putRows(into.db, 'columns', columns)
    }
  },
}

const columnLine = z.looseObject({ uuid: z.uuid(), site: z.string() })
