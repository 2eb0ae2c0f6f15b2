import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayManageColumns } from '../policy.ts'
import { listsTag } from '../tags.ts'

/** ColumnType words of the 指引 (S-FUN-02); several may be joined. */
export const columnTypes = [
  '首页',
  '概况信息',
  '机构职能',
  '负责人信息',
  '工作动态',
  '政策文件',
  '信息公开指南',
  '信息公开目录',
  '信息公开年报',
  '依申请公开',
  '数据发布',
  '数据开放',
  '政策解读',
  '回应关切',
  '办事服务',
  '咨询投诉',
  '征集调查',
  '在线访谈',
] as const

export const columnInput = z.object({
  id: z.preprocess(blankAsNull, z.uuid().nullable()).default(null),
  siteId: z.uuid(),
  path: z
    .string()
    .trim()
    .regex(
      /^[a-z0-9-]+(\/[a-z0-9-]+)*$/,
      '地址只能用小写字母、数字和连字符，层级之间用 / 隔开，例如 disclosure/content/plans。',
    ),
  name: z.string().trim().min(1, '请填写栏目名称。').max(40, '栏目名称最多 40 字。'),
  description: z
    .string()
    .trim()
    .min(1, '请写明栏目发布什么：它是页面标签的必选项（ColumnDescription）。')
    .max(300),
  keywords: z
    .string()
    .trim()
    .min(1, '请填写关键词，用逗号隔开：它是页面标签的必选项（ColumnKeywords）。')
    .max(200),
  type: z.preprocess(
    value => (Array.isArray(value) ? value : value === undefined ? [] : String(value).split(/[,，、]/)),
    z
      .array(z.string().trim())
      .transform(types => types.filter(Boolean).join(','))
      .pipe(z.string().min(1, '请选择栏目类型（ColumnType）。').max(100)),
  ),
  updateLimitDays: z.preprocess(
    value => blankAsNull(value) ?? null,
    z.coerce
      .number('更新期限请填天数。')
      .int('更新期限请填整天数。')
      .min(1, '更新期限至少 1 天。')
      .max(3660, '更新期限最多 3660 天。')
      .nullable(),
  ),
  /** The revision the form began from; left out where nobody else can be editing. */
  revision: z.preprocess(blankAsNull, z.coerce.number().int().min(1).nullable()).default(null),
  sortOrder: z.preprocess(
    value => (value === '' || value === undefined ? 0 : value),
    z.coerce.number('排序请填数字。').int('排序请填整数。').min(-100_000).max(100_000),
  ),
})
export type ColumnInput = z.output<typeof columnInput>

/** Makes or changes a column. Its address stays once something is shown in it. @returns its id. */
export async function saveColumn(ctx: Context, input: ColumnInput): Promise<string> {
  const site = (await listSites(ctx.db)).find(one => one.id === input.siteId)
  permit(
    site !== undefined && mayManageColumns(ctx.actor, site.organId),
    'publications.may-not-manage-columns',
  )
  return inTransaction(ctx.db, async db => {
    const { id: given, revision, ...column } = input
    const before = given ? await lockColumn(db, given) : undefined
    if (given && before?.siteId !== input.siteId)
      throw notFound('publications.unknown-column', '这个站点没有这个栏目。请从栏目列表中重新选择。')
    if (before && revision !== null && before.revision !== revision)
      throw conflict(
        'publications.column-changed-meanwhile',
        '您打开之后，别人改过这个栏目。现在的内容列在下面，您填写的也没有丢；核对后可以再保存。',
      )
    const same = await db
      .selectFrom('columns')
      .select(['id', 'name'])
      .where('siteId', '=', input.siteId)
      .where('path', '=', input.path)
      .executeTakeFirst()
    if (same && same.id !== given)
      throw conflict('publications.column-path-taken', `这个地址已经属于栏目“${same.name}”，请换一个。`)
    const id = given ?? uuidv7()
    if (before && before.path !== input.path) await keepAddressInUse(db, before)
    await db
      .insertInto('columns')
      .values({ id, ...column })
      .onConflict(oc => oc.column('id').doUpdateSet({ ...column, revision: sql`columns.revision + 1` }))
      .execute()
    await recordAct(db, ctx, {
      act: 'publications.column-saved',
      sentence: `${given ? '修改' : '新建'}栏目“${input.name}”`,
      object: { kind: 'column', id, label: input.name },
    })
    await announceChange(db, [listsTag(input.siteId), '*'])
    return id
  })
}

interface LockedColumn {
  id: string
  siteId: string
  path: string
  revision: number
}

async function lockColumn(db: Database, id: string): Promise<LockedColumn | undefined> {
  const { rows } = await sql<LockedColumn>`
    select id, site_id, path, revision from columns where id = ${id} for update`.execute(db)
  return rows[0]
}

/** Neither the address of a column with content changes, nor that of one with columns below it. */
async function keepAddressInUse(db: Database, column: LockedColumn): Promise<void> {
  const { rows } = await sql`
    select 1 from placements where column_id = ${column.id}
    union all
    select 1 from columns where site_id = ${column.siteId} and path like ${`${column.path}/%`} limit 1`.execute(
    db,
  )
  if (rows.length > 0)
    throw conflict(
      'publications.column-in-use',
      '栏目里已经有内容，或者下面还有栏目，地址不能再改：读者收藏的地址会失效。名称和说明可以改。',
    )
}
