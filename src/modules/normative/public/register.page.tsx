import { nextMidnight } from '#lib/beijing-time'
import { csvLine } from '#lib/csv'
import { pageNumber } from '#lib/paging'
import {
  addressOf,
  countPublic,
  type Listed,
  listingOf,
  listPublic,
  listsTag,
  nextBoundary,
  type Validity,
  validities,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { json, page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { FilterPanel } from '#ui/components/filter-panel'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { PublicationList } from '#ui/components/publication-list'
import { SearchForm } from '#ui/components/search-form'
import { ValidityTag } from '#ui/components/validity-tag'
import { choiceHref, filterOf, readChoice } from '../register-choice.ts'
import { filedWords, registerCells, registerColumns } from '../register-file.ts'
import { filingOf, listRegister, organsInRegister, wholeRegister } from '../register-queries.ts'
import { registerTag } from '../tags.ts'

const probe = (path: string) =>
  showsPublications(item => [
    path,
    `${path}?q=${encodeURIComponent(item.title)}`,
    `${path}?organ=${item.organKey}`,
  ])

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/normative', rule: probe('/normative'), handle: show },
  { method: 'GET', path: '/normative.csv', rule: probe('/normative.csv'), handle: csv },
  { method: 'GET', path: '/normative.json', rule: probe('/normative.json'), handle: data },
  { method: 'GET', path: '/normative-results', rule: probe('/normative-results'), handle: results },
]

async function cacheOf(ctx: PublicContext) {
  const now = ctx.clock.now()
  const boundary = await nextBoundary(ctx.db, now)
  const midnight = nextMidnight(now)
  return {
    dependsOn: [listsTag(ctx.site.id), registerTag(ctx.site.id)],
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
  }
}

const pageSize = 30

/** 规范性文件库: number, validity, term and filing of every normative document that is public on the site. */
async function show(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const today = ctx.clock.today()
  const choice = readChoice(incoming)
  const path = `${site.base}/normative`
  const [found, organs, cache, outcomes] = await Promise.all([
    listRegister(db, now, today, filterOf(site.id, choice, today), {
      page: pageNumber(queryText(incoming, 'page')),
      pageSize,
    }),
    organsInRegister(db, now, site.id),
    cacheOf(ctx),
    countPublic(db, now, { siteId: site.id, kinds: ['normative-cleanup'] }),
  ])
  const option = (name: 'organ' | 'validity', value: string, label: string, count: number) => ({
    value,
    label,
    count,
    href: choiceHref(path, choice, { [name]: choice[name] === value ? undefined : value }),
    chosen: choice[name] === value,
  })
  const isNarrowed = Object.keys(choice).length > 0
  return page({
    title: '规范性文件库',
    door: 'policies',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '政策', href: `${site.base}/policies` },
      { label: '规范性文件库' },
    ],
    column: {
      name: '规范性文件库',
      description: `${site.name}行政规范性文件的统一编号、有效性、有效期和备案情况`,
      keywords: '行政规范性文件,统一编号,有效期,备案,清理',
      type: '政策文件',
    },
    noIndex: isNarrowed,
    ...cache,
    body: (
      <>
        <PageHead
          title="规范性文件库"
          note="统一登记、编号、公布的行政规范性文件，标注今天是否有效、到哪天到期、是否备案。"
        />
        <SearchForm action={path} value={choice.q ?? ''} label="查找规范性文件" hint="标题、文号或统一编号" />
        <div class="aside-and-main">
          <FilterPanel
            action={path}
            clearHref={path}
            groups={[
              {
                name: 'validity',
                label: '有效性',
                options: found.validities.map(one =>
                  option('validity', one.value, validities[one.value as Validity], one.count),
                ),
              },
              {
                name: 'organ',
                label: '制定机关',
                options: organs.map(one => option('organ', one.key, one.name, one.count)),
              },
            ]}
          />
          <div class="min-w-0">
            <p role="status">
              {isNarrowed ? '找到' : '共'} <b>{found.total}</b> 件。下载：
              <a href={choiceHref(`${path}.csv`, choice)}>表格（CSV）</a>、
              <a href={choiceHref(`${path}.json`, choice)}>数据（JSON）</a>
              {outcomes > 0 ? (
                <>
                  。<a href={`${site.base}/normative-results`}>历次清理结果</a>
                </>
              ) : null}
            </p>
            <DataTable
              caption="规范性文件"
              captionHidden
              columns={[
                { key: 'number', head: '统一编号' },
                {
                  key: 'title',
                  head: '文件',
                  cell: row => (
                    <>
                      <a href={site.base + addressOf({ kind: 'normative-document', publicId: row.publicId })}>
                        {row.title}
                      </a>
                      <span class="block text-sm text-soft">
                        {[row.docNo, row.organName].filter(Boolean).join(' · ')}
                      </span>
                    </>
                  ),
                },
                {
                  key: 'validity',
                  head: '有效性',
                  cell: row => <ValidityTag validity={row.validity} from={row.effectiveFrom} />,
                },
                { key: 'validUntil', head: '有效期至', cell: row => row.validUntil ?? '没有写明' },
                { key: 'filing', head: '备案', cell: filedWords },
              ]}
              rows={found.rows}
              rowKey={row => row.publicationId}
              empty={
                <EmptyState title={isNarrowed ? '没有符合条件的规范性文件' : '还没有公开的规范性文件'}>
                  {isNarrowed ? <a href={path}>看全部规范性文件</a> : '文件公布后会立即出现在这里。'}
                </EmptyState>
              }
            />
            <Pager page={found} href={number => choiceHref(path, choice, { page: String(number) })} />
          </div>
        </div>
      </>
    ),
  })
}

async function rowsOf(ctx: PublicContext, incoming: Incoming) {
  const today = ctx.clock.today()
  return wholeRegister(ctx.db, ctx.clock.now(), today, filterOf(ctx.site.id, readChoice(incoming), today))
}

async function csv(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const rows = await rowsOf(ctx, incoming)
  const lines = [registerColumns.map(column => column.head), ...rows.map(registerCells)]
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: `\uFEFF${lines.map(csvLine).join('')}`,
    headers: { 'Content-Disposition': 'attachment; filename="normative.csv"' },
    ...(await cacheOf(ctx)),
  }
}

async function data(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { site } = ctx
  const rows = await rowsOf(ctx, incoming)
  const documents = rows.map(row => ({
    unifiedNo: row.number,
    title: row.title,
    docNo: row.docNo,
    organ: row.organKey,
    organName: row.organName,
    signedOn: row.signedOn,
    effectiveFrom: row.effectiveFrom,
    validUntil: row.validUntil,
    validity: row.validity,
    filing: { state: filingOf(row), filedOn: row.filedOn, filedTo: row.filedTo, receiptNo: row.receiptNo },
    address: `${site.origin}${site.base}${addressOf({ kind: 'normative-document', publicId: row.publicId })}`,
  }))
  return json({ validOn: ctx.clock.today(), total: documents.length, documents }, await cacheOf(ctx))
}

/** Results of clean-up rounds, the newest first. */
async function results(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const found = await listPublic(
    db,
    ctx.clock.now(),
    { siteId: site.id, kinds: ['normative-cleanup'], order: 'newest' },
    { page: pageNumber(queryText(incoming, 'page')), pageSize },
  )
  return page({
    title: '规范性文件清理结果',
    door: 'policies',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '规范性文件库', href: `${site.base}/normative` },
      { label: '清理结果' },
    ],
    column: {
      name: '规范性文件清理结果',
      description: `${site.name}历次规范性文件清理：继续有效、修改、废止和失效的目录`,
      keywords: '规范性文件清理,废止,失效,继续有效',
      type: '政策文件',
    },
    ...(await cacheOf(ctx)),
    body: (
      <>
        <PageHead
          title="规范性文件清理结果"
          note="每次清理都公布继续有效、修改、废止和失效的目录；没有列入继续有效目录的，不作为行政管理的依据。"
        />
        {found.rows.length > 0 ? (
          <PublicationList items={found.rows.map((item: Listed) => listingOf(item, site.base))} />
        ) : (
          <EmptyState title="还没有公布过清理结果">
            <a href={`${site.base}/normative`}>看规范性文件库</a>
          </EmptyState>
        )}
        <Pager page={found} href={number => `${site.base}/normative-results?page=${number}`} />
      </>
    ),
  })
}
