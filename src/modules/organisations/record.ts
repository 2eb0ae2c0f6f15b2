import { sql } from 'kysely'
import { z } from 'zod'
import {
  byId,
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

/** Organs with what they said of themselves and what became of them, and the sites: without the staff who recorded it. */
export const record: readonly RecordPart[] = [
  {
    order: 10,
    file: 'organs.jsonl',
    about: '机构，一行一个：名称、隶属、历次机构信息和机构改革。',
    fields: {
      uuid: '内部编号，恢复时保持不变',
      key: '机构代码，是网址 /organs/{key} 的一部分，也是其他文件里指这个机构的写法',
      parent: '上级机构的代码',
      successor: '撤并以后承接职能的机构代码',
      uscc: '统一社会信用代码，索引号的开头',
      docCodes: '机关代字',
      profiles: '历次机构信息：validFrom 起适用，职能、领导、内设机构、地址、电话和政务公开机构',
      restructurings: '撤并、更名：happenedOn 当日发生，formerName 为原名称',
      corrections: '对过去机构信息的更正：before 为更正前的内容，reason 为理由',
      aliases: '文件里对这个机构的其他叫法，learnedFrom 为出自哪份文件；已经取消的不在内',
    },
    write: writeOrgans,
    read: readOrgans,
  },
  {
    order: 20,
    file: 'sites.jsonl',
    about: '网站，一行一个。',
    fields: {
      key: '站点代码；没有独立域名时网址以 /s/{key} 开头',
      organ: '主办机构的代码',
      domain: '网站域名',
      hosts: '直接显示这个站点的域名',
      isDefault: '是不是主站（网址前面没有 /s/{key}）',
      siteCode: '网站标识码',
      footer: '页脚：主办单位、联系方式、备案',
    },
    write: writeSites,
    read: readSites,
  },
]

const withoutNames = ['changed_by', 'recorded_by', 'corrected_by', 'added_by', 'added_by_id']
const ended = ['removed_at', 'removed_by', 'removed_reason']

async function* writeOrgans(out: Outgoing): AsyncGenerator<RecordLine[]> {
  const { db } = out
  const keys = await organKeys(out)
  const keyOf = (id: unknown) => (typeof id === 'string' ? (keys.get(id) ?? null) : null)
  const organs = byId(
    (after, limit) =>
      db
        .selectFrom('organs as o')
        .select(['o.id', wholeRow('o').as('row')])
        .where('o.id', '>', after)
        .orderBy('o.id')
        .limit(limit)
        .execute(),
    200,
  )
  for await (const batch of organs) {
    const ids = batch.map(organ => organ.id)
    const profiles = await rowsOf(out, 'organ_profiles', ids, 'valid_from')
    const restructurings = await rowsOf(out, 'restructurings', ids, 'happened_on')
    const corrections = await rowsOf(out, 'organ_profile_corrections', ids, 'corrected_at')
    const aliases = await rowsOf(out, 'organ_aliases', ids, 'added_at')
    const plain = (row: RecordLine) => ({
      uuid: row.id,
      ...lineOf(row, ['id', 'organ_id', 'successor_id', ...withoutNames]),
    })
    yield batch.map(({ id, row }) => ({
      uuid: id,
      key: row.key,
      parent: keyOf(row.parent_id),
      successor: keyOf(row.successor_id),
      ...lineOf(row, ['id', 'key', 'parent_id', 'successor_id', ...withoutNames]),
      profiles: profiles(id).map(plain),
      restructurings: restructurings(id).map(one => ({ ...plain(one), successor: keyOf(one.successor_id) })),
      corrections: corrections(id).map(plain),
      aliases: aliases(id)
        .filter(one => one.removed_at === null)
        .map(one => ({ uuid: one.id, ...lineOf(one, ['id', 'organ_id', ...withoutNames, ...ended]) })),
    }))
  }
}

/** What belongs to these organs, in the order of its day. */
async function rowsOf(
  { db }: Outgoing,
  table: 'organ_profiles' | 'restructurings' | 'organ_profile_corrections' | 'organ_aliases',
  organIds: readonly string[],
  day: string,
): Promise<(organId: string) => RecordLine[]> {
  const { rows } = await sql<{ row: RecordLine }>`select ${wholeRow('t')} as row from ${sql.table(table)} t
    where t.organ_id = any(${organIds}) order by t.organ_id, ${sql.id('t', day)}, t.id`.execute(db)
  const found = Map.groupBy(rows, ({ row }) => String(row.organ_id))
  return organId => (found.get(organId) ?? []).map(({ row }) => row)
}

async function organKeys({ db }: Pick<Outgoing, 'db'>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('organs').select(['id', 'key']).execute()
  return new Map(rows.map(row => [row.id, row.key]))
}

const belonging = z.array(z.looseObject({ uuid: z.uuid() }))
const organLine = z.looseObject({
  uuid: z.uuid(),
  key: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  successor: z.string().nullable(),
  profiles: belonging,
  restructurings: z.array(z.looseObject({ uuid: z.uuid(), successor: z.string().nullable() })),
  corrections: belonging,
  // An export of an earlier version has none
  aliases: belonging.default([]),
})

/** All at once: organs point at one another, and there are never many. */
async function readOrgans(into: Incoming, batches: AsyncIterable<readonly NumberedLine[]>): Promise<void> {
  const lines: { line: number; organ: z.output<typeof organLine> }[] = []
  for await (const batch of batches)
    for (const one of batch) lines.push({ line: one.number, organ: lineAs(organLine, one) })
  const ids = new Map(lines.map(({ organ }) => [organ.key, organ.uuid]))
  const idOf = (line: number, key: string | null) => {
    const id = key === null ? null : ids.get(key)
    if (id === undefined) throw new RecordFault(line, `指到的机构“${key}”不在这份文件里。`)
    return id
  }
  const organs = lines.map(({ line, organ }) => {
    const {
      uuid,
      parent,
      successor,
      profiles: _p,
      restructurings: _r,
      corrections: _c,
      aliases: _a,
      ...rest
    } = organ
    const row = { ...rest, id: uuid, parentId: idOf(line, parent), successorId: idOf(line, successor) }
    return { line, row }
  })
  await putRows(into.db, 'organs', organs)
  const belongingTo = (
    of: (organ: z.output<typeof organLine>) => readonly RecordLine[],
    more: (organ: z.output<typeof organLine>, row: RecordLine, line: number) => RecordLine,
  ): { line: number; row: RecordLine }[] =>
    lines.flatMap(({ line, organ }) =>
      of(organ).map(({ uuid, ...row }) => ({
        line,
        row: { ...row, id: uuid, organId: organ.uuid, ...more(organ, row, line) },
      })),
    )
  await putRows(
    into.db,
    'organProfiles',
    belongingTo(
      organ => organ.profiles,
      organ => ({ changedBy: organ.name }),
    ),
  )
  const restructurings = belongingTo(
    organ => organ.restructurings,
    (organ, row, line) => ({
      successorId: idOf(line, row.successor as string | null),
      recordedBy: organ.name,
    }),
  )
  await putRows(
    into.db,
    'restructurings',
    restructurings.map(({ line, row: { successor: _s, ...row } }) => ({ line, row })),
  )
  await putRows(
    into.db,
    'organProfileCorrections',
    belongingTo(
      organ => organ.corrections,
      organ => ({ correctedBy: organ.name }),
    ),
  )
  await putRows(
    into.db,
    'organAliases',
    belongingTo(
      organ => organ.aliases,
      organ => ({ addedBy: organ.name }),
    ),
  )
}

async function* writeSites(out: Outgoing): AsyncGenerator<RecordLine[]> {
  const keys = await organKeys(out)
  let sites = out.db.selectFrom('sites as s').select(['s.id', 's.organId', wholeRow('s').as('row')])
  if (out.siteId !== null) sites = sites.where('s.id', '=', out.siteId)
  const rows = await sites.orderBy('s.id').execute()
  yield rows.map(({ id, organId, row }) => ({
    uuid: id,
    key: row.key,
    organ: keys.get(organId),
    ...lineOf(row, ['id', 'key', 'organ_id', ...withoutNames]),
  }))
}

const siteLine = z.looseObject({ uuid: z.uuid(), organ: z.string() })

async function readSites(into: Incoming, batches: AsyncIterable<readonly NumberedLine[]>): Promise<void> {
  const organs = await into.db.selectFrom('organs').select(['id', 'key']).execute()
  const ids = new Map(organs.map(organ => [organ.key, organ.id]))
  for await (const batch of batches) {
    const sites = batch.map(one => {
      const { uuid, organ, ...rest } = lineAs(siteLine, one)
      const organId = ids.get(organ)
      if (!organId) throw new RecordFault(one.number, `主办机构“${organ}”不在 organs.jsonl 里。`)
      return { line: one.number, row: { ...rest, id: uuid, organId } }
    })
    await putRows(into.db, 'sites', sites)
  }
  await oneDefaultSite(into)
}

/** An export of one site may bring none that answers without `/s/{key}`: then the first one does. */
async function oneDefaultSite({ db, note }: Incoming): Promise<void> {
  const sites = await db.selectFrom('sites').select(['id', 'name', 'isDefault']).orderBy('id').execute()
  const [first] = sites
  if (!first || sites.some(site => site.isDefault)) return
  await db.updateTable('sites').set({ isDefault: true }).where('id', '=', first.id).execute()
  note(`这份文件里没有主站，已把“${first.name}”作为主站；它原来的 /s/… 网址仍然有效。`)
}
