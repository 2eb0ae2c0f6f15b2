import { z } from 'zod'
import { findOrganByKey } from '#modules/organisations'
import {
  filterOf,
  findColumn,
  findPublic,
  harvestPublic,
  type Listed,
  type ListFilter,
  listedJson,
  listedSchema,
  publicTexts,
} from '#modules/publications'
import { snippet } from '#modules/search'
import type { PublicContext } from '#platform/context'
import { showsPublications } from '#platform/http/route'
import { type HowRead, howRead, readings } from '../how-read.ts'
import { type Answer, apiRoot, operation } from './operation.ts'
import { addressWith, cursorParameter, filters, fromStart, pageSizeLimit, paging } from './parameters.ts'
import { badParameter } from './problem.ts'

/** Deeper pages cost the database ever more; who wants everything takes it by `after`. */
const deepest = 10_000

const pageOf = <Item extends z.ZodType>(item: Item) => ({
  items: z.array(item),
  total: z.int().optional().meta({ description: '共有多少件；逐批取（after）时没有' }),
  page: z.int().optional().meta({ description: '第几页；逐批取（after）时没有' }),
  pageSize: z.int().meta({ description: '每页几件' }),
  readAs: z
    .strictObject({
      how: z.enum(Object.keys(readings) as [HowRead]).meta({
        description: Object.entries(readings)
          .map(([name, label]) => `${name} ${label}`)
          .join('；'),
        examples: ['as-typed'],
      }),
      words: z.string().nullable().meta({ description: '换成了什么词；没有换为 null' }),
    })
    .optional()
    .meta({ description: '怎样理解 q；没有 q 时没有' }),
  next: z.url().nullable().meta({ description: '下一页；没有了为 null' }),
  previous: z.url().nullable().meta({ description: '上一页；没有为 null' }),
})

const sort = z
  .enum(['time', 'relevance'], '只能写 time（按时间）或者 relevance（按相关程度）。')
  .meta({ description: 'time 按时间，新的在前；relevance 按相关程度（有 q 时）', examples: ['time'] })
  .optional()

type Filters = z.output<z.ZodObject<typeof filters>>

/** The same filter as that of the list pages, after what has no answer was refused. */
async function filterFrom(ctx: PublicContext, query: Filters & { sort?: string | undefined }) {
  const { db, site } = ctx
  if (query.from && query.to && query.from > query.to)
    throw badParameter('to', '“to”早于“from”。', '请让结束的日期不早于开始的日期。')
  if (query.q !== undefined && !/[\p{L}\p{N}]/u.test(query.q))
    throw badParameter('q', '“q”里没有可以搜索的字词。', '请写名称、文号或者几个关键的词。')
  const [organ, column] = await Promise.all([
    query.organ === undefined ? null : findOrganByKey(db, query.organ),
    query.column === undefined ? null : findColumn(db, site.id, query.column),
  ])
  if (query.organ !== undefined && !organ)
    throw badParameter('organ', `没有代码是“${query.organ}”的机构。`, '机构代码见 /api/v1/organs。')
  if (query.column !== undefined && !column)
    throw badParameter('column', `没有路径是“${query.column}”的栏目。`, '栏目路径见 /api/v1/columns。')
  const { sort: _, ...chosen } = query
  const byTime = query.sort !== 'relevance' && (query.sort === 'time' || query.q === undefined)
  return filterOf(site.id, { ...chosen, page: 1, ...(byTime ? { sort: 'time' } : {}) })
}

/** One page of a list, with the addresses of those around it. */
async function pageFrom(
  ctx: PublicContext,
  path: string,
  query: Filters & { sort?: string | undefined; page?: number | undefined; pageSize?: number | undefined },
  filter: ListFilter,
) {
  const { page = 1, pageSize = 20 } = query
  if (page * pageSize > deepest)
    throw badParameter(
      'page',
      `一次查询最多看到第 ${deepest} 件。`,
      `请加条件缩小范围；要取得全部内容，请用 ${apiRoot}/publications?after=${fromStart} 逐批取。`,
    )
  const found = await findPublic(ctx.db, ctx.clock.now(), filter, { page, pageSize })
  const at = (number: number) => addressWith(apiRoot + path, { ...query, page: number, pageSize })
  const hasNext = page * pageSize < Math.min(found.total, deepest)
  return {
    rows: found.rows,
    next: hasNext ? at(page + 1) : undefined,
    previous: page > 1 ? at(page - 1) : undefined,
    // Any day may be asked for: whoever walks through them all must not push other pages out of memory
    once: query.on !== undefined,
    facts: {
      total: found.total,
      page,
      pageSize,
      ...(query.q === undefined ? {} : { readAs: howRead(found.understood) }),
    },
  }
}

const rootOf = ({ site }: PublicContext) => site.origin + site.base
const orNull = (root: string, path: string | undefined) => (path === undefined ? null : root + path)

const publicationsQuery = z.strictObject({
  ...filters,
  sort,
  ...paging,
  after: cursorParameter(
    text => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
    `逐批取得全部内容（包括历史存量），顺序不变：第一次写 ${fromStart}，以后用 next 的地址。只能与 kind、pageSize 同用`,
  ).optional(),
})

const publicationsAnswer = z
  .strictObject(pageOf(listedSchema))
  .meta({ id: 'PublicationList', description: '一页公开的信息' })

export const listPublications = operation({
  path: '/publications',
  name: 'listPublications',
  summary: '公开的信息：按条件查，或者逐批取得全部',
  description:
    '不写条件就是全部，新的在前。属于其他站点、在本站展示的也在内；同一件信息以 url 中的公开编号为准。取得全部之后，用 /changes 跟上以后的变化。',
  params: z.strictObject({}),
  query: publicationsQuery,
  answer: publicationsAnswer,
  rule: showsPublications(item => [
    `${apiRoot}/publications`,
    `${apiRoot}/publications?q=${encodeURIComponent(item.title)}`,
    `${apiRoot}/publications?organ=${item.organKey}&pageSize=100`,
    `${apiRoot}/publications?column=${encodeURIComponent(item.columnPath)}`,
    `${apiRoot}/publications?after=${fromStart}&pageSize=100`,
  ]),
  async answers(ctx, _params, query) {
    if (query.after !== undefined) return harvest(ctx, { ...query, after: query.after })
    const { after: _, ...asked } = query
    const found = await pageFrom(ctx, '/publications', asked, await filterFrom(ctx, asked))
    return listAnswer(ctx, found, item => listedJson(item, rootOf(ctx)))
  },
})

/** The body and the addresses around it, for a page of whatever the items are made into. */
function listAnswer<Item>(
  ctx: PublicContext,
  found: Awaited<ReturnType<typeof pageFrom>>,
  itemOf: (item: Listed) => Item,
) {
  const root = rootOf(ctx)
  const { next, previous, once } = found
  return {
    next,
    previous,
    once,
    body: {
      items: found.rows.map(itemOf),
      ...found.facts,
      next: orNull(root, next),
      previous: orNull(root, previous),
    },
  }
}

async function harvest(
  ctx: PublicContext,
  query: z.output<typeof publicationsQuery> & { after: string },
): Promise<Answer<z.output<typeof publicationsAnswer>>> {
  const { after, kind, pageSize = pageSizeLimit, ...others } = query
  const [other] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (other !== undefined)
    throw badParameter(other, `逐批取（after）时不能用“${other}”。`, '只能与 kind、pageSize 同用。')
  const where = { siteId: ctx.site.id, after: after === fromStart ? null : after, kind }
  const rows = await harvestPublic(ctx.db, ctx.clock.now(), where, pageSize + 1)
  const items = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? items.at(-1) : undefined
  const root = rootOf(ctx)
  const next = last && addressWith(`${apiRoot}/publications`, { after: last.id, kind, pageSize })
  return {
    next,
    once: true,
    body: {
      items: items.map(item => listedJson(item, root)),
      pageSize,
      next: orNull(root, next),
      previous: null,
    },
  }
}

const foundSchema = z
  .strictObject({
    ...listedSchema.shape,
    excerpt: z.string().meta({ description: '正文里找到这些词的一段' }),
  })
  .meta({ id: 'FoundPublication', description: '找到的一件' })

export const search = operation({
  path: '/search',
  name: 'search',
  summary: '全站搜索',
  description: '标题或者文号完全相同的在最前，标题里有的其次，正文里有的再次。条件与 /publications 相同。',
  params: z.strictObject({}),
  query: z.strictObject({
    ...filters,
    q: filters.q.unwrap(),
    sort,
    ...paging,
  }),
  answer: z.strictObject(pageOf(foundSchema)).meta({ id: 'SearchAnswer', description: '一页搜索结果' }),
  rule: showsPublications(item => [`${apiRoot}/search?q=${encodeURIComponent(item.title)}`]),
  async answers(ctx, _params, query) {
    const found = await pageFrom(ctx, '/search', query, await filterFrom(ctx, query))
    const texts = await publicTexts(
      ctx.db,
      ctx.clock.now(),
      found.rows.map(item => item.id),
    )
    return listAnswer(ctx, found, item => ({
      ...listedJson(item, rootOf(ctx)),
      excerpt: snippet((texts.get(item.id) ?? '').replace(/\s+/g, ' '), query.q)
        .map(part => part.text)
        .join(''),
    }))
  },
})
