import { z } from 'zod'
import { lineAs, lineOf, putRows, RecordFault, type RecordPart, wholeRow } from '#platform/record'

const serialLine = z.looseObject({ organ: z.string(), month: z.string(), last: z.int().min(1) })

export const serialsPart: RecordPart = {
  order: 40,
  file: 'index-serials.jsonl',
  about: '索引号已经用到的流水号，一行是一个机构的一个月；恢复以后接着往下编，不会重号。',
  fields: { organ: '机构代码', month: '年月，如 202611', last: '已经用到的最后一个流水号' },
  async *write({ db }) {
    const rows = await db
      .selectFrom('indexSerials as n')
      .innerJoin('organNames as o', 'o.id', 'n.organId')
      .select(['o.key as organ', wholeRow('n').as('row')])
      .orderBy('n.organId')
      .orderBy('n.month')
      .execute()
    yield rows.map(({ organ, row }) => ({ organ, ...lineOf(row, ['organ_id']) }))
  },
  async read({ db }, batches) {
    const organs = await db.selectFrom('organNames').select(['id', 'key']).execute()
    const ids = new Map(organs.map(organ => [organ.key, organ.id]))
    for await (const batch of batches) {
      const serials = batch.map(one => {
        const { organ, ...rest } = lineAs(serialLine, one)
        const organId = ids.get(organ)
        if (!organId) throw new RecordFault(one.number, `机构“${organ}”不在 organs.jsonl 里。`)
        return { line: one.number, row: { ...rest, organId } }
      })
      await putRows(db, 'indexSerials', serials)
    }
  },
}
