import { dateInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { listForPlans, publicationStates, type Validity, validities } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { ValidityTag } from '#ui/components/validity-tag'
import { Form, LinkButton, SelectField, SubmitButton, TextField } from '#ui/forms'
import { findDocument } from '../document-queries.ts'
import { mayReadNormative } from '../policy.ts'
import { choiceHref, filterOf, readChoice } from '../register-choice.ts'
import { filedWords, registerCells, registerColumns } from '../register-file.ts'
import { filingStates, listRegister, organsInRegister, wholeRegister } from '../register-queries.ts'
import { type Review, waitingReviews } from '../review-queries.ts'
import { reviewKinds } from '../reviews.ts'
import { tableFile } from '../write-xlsx.ts'
import { chosenSite, workbookReply } from './load-document.ts'
import { NormativeTabs } from './normative-tabs.tsx'

const may: DeskRoute['may'] = actor => mayReadNormative(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/normative', may, handle: show },
  { method: 'GET', path: '/normative/drafts', may, handle: showDrafts },
  { method: 'GET', path: '/normative/register.xlsx', may, handle: workbook },
]

const pageSize = 50

/** 规范性文件登记簿: every public normative document with number, term and filing. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { db } = ctx
  const { site } = await chosenSite(ctx, incoming)
  const now = ctx.clock.now()
  const today = ctx.clock.today()
  const choice = readChoice(incoming)
  const paging = { page: pageNumber(queryText(incoming, 'page')), pageSize }
  const [found, organs] = await Promise.all([
    listRegister(db, now, today, filterOf(site.id, choice, today), paging),
    organsInRegister(db, now, site.id),
  ])
  const kept = { site: site.isDefault ? undefined : site.key }
  return page({
    title: '规范性文件',
    crumbs: [{ label: '规范性文件' }],
    body: (
      <>
        <PageHead
          title="规范性文件"
          note="统一登记、编号、公布的行政规范性文件：有效期、备案和清理都在这里办理。"
          actions={
            <LinkButton href={choiceHref('/normative/register.xlsx', choice, kept)}>
              下载表格（Excel）
            </LinkButton>
          }
        />
        <NormativeTabs current="register" />
        <Form action="/normative" method="get" values={choice} label="筛选登记簿">
          <TextField name="q" label="标题、文号或编号" type="search" />
          <SelectField
            name="organ"
            label="制定机关"
            blank="全部"
            options={organs.map(one => ({ value: one.key, label: `${one.name}（${one.count}）` }))}
          />
          <SelectField
            name="validity"
            label="有效性"
            blank="全部"
            options={Object.entries(validities).map(([value, label]) => ({
              value,
              label: `${label}（${found.validities.find(one => one.value === (value as Validity))?.count ?? 0}）`,
            }))}
          />
          <SelectField
            name="filing"
            label="备案"
            blank="全部"
            options={Object.entries(filingStates).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            name="number"
            label="统一编号"
            blank="全部"
            options={[
              { value: 'yes', label: '有编号' },
              { value: 'no', label: '没有编号' },
            ]}
          />
          <SelectField
            name="expires"
            label="到期"
            blank="不限"
            options={['3', '6', '12', '24'].map(months => ({ value: months, label: `${months} 个月内` }))}
          />
          <TextField name="year" label="年份" width="short" inputMode="numeric" />
          <SubmitButton>筛选</SubmitButton>
        </Form>
        <DataTable
          caption={`找到 ${found.total} 件`}
          columns={[
            { key: 'number', head: '统一编号' },
            {
              key: 'title',
              head: '文件',
              cell: row => (
                <>
                  <a href={`/normative/${row.publicId}`}>{row.title}</a>
                  {row.docNo ? <span class="block text-sm text-soft">{row.docNo}</span> : null}
                </>
              ),
            },
            { key: 'organName', head: '制定机关' },
            { key: 'validUntil', head: '有效期至' },
            {
              key: 'validity',
              head: '有效性',
              cell: row => <ValidityTag validity={row.validity} from={row.effectiveFrom} />,
            },
            { key: 'filing', head: '备案', cell: filedWords },
          ]}
          rows={found.rows}
          rowKey={row => row.publicationId}
          empty={
            <EmptyState title="没有符合条件的规范性文件">
              请放宽筛选条件；文件公布以后会出现在这里。
            </EmptyState>
          }
        />
        <Pager
          page={found}
          href={number => choiceHref('/normative', choice, { ...kept, page: String(number) })}
        />
      </>
    ),
  })
}

async function workbook(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const today = ctx.clock.today()
  const filter = filterOf(site.id, readChoice(incoming), today)
  const rows = await wholeRegister(ctx.db, ctx.clock.now(), today, filter)
  return workbookReply(
    await tableFile('规范性文件', registerColumns, rows.map(registerCells)),
    `normative-${today}.xlsx`,
  )
}

/** What is being drafted in the organs of this person, and what waits for an opinion. */
async function showDrafts(ctx: DeskContext): Promise<Reply> {
  const now = ctx.clock.now()
  const reach = (roles?: readonly string[]) => [
    ...new Set(
      ctx.actor.posts.filter(post => !roles || roles.includes(post.role)).flatMap(post => post.reach),
    ),
  ]
  const since = new Date(now.getTime() - 30 * 86_400_000)
  const kinds = ['normative-document', 'policy']
  const [drafts, waiting] = await Promise.all([
    listForPlans(ctx.db, now, { kinds, organIds: reach(), since }, 100),
    waitingReviews(ctx.db, reach(['legality-reviewer'])),
  ])
  return page({
    title: '起草和审核',
    crumbs: [{ label: '规范性文件', href: '/normative' }, { label: '起草和审核' }],
    body: (
      <>
        <PageHead title="起草和审核" note="认定、公开征求意见、合法性审核、公平竞争审查。" />
        <NormativeTabs current="drafts" />
        <Sheet title="等我单位出具意见" count={waiting.length}>
          <DataTable
            caption="等待意见的审核"
            captionHidden
            columns={[
              {
                key: 'document',
                head: '文件',
                cell: row => <a href={`/normative-reviews/${row.id}`}>{row.title}</a>,
              },
              { key: 'kind', head: '审核', cell: row => reviewKinds[row.kind].label },
              { key: 'organName', head: '审核单位' },
              { key: 'askedAt', head: '送审', cell: row => `${dateInBeijing(row.askedAt)} ${row.askedBy}` },
              { key: 'days', head: '时限', cell: row => `${row.days} 个工作日` },
            ]}
            rows={await withTitles(ctx, waiting)}
            rowKey={row => row.id}
            empty={<EmptyState title="没有等待意见的审核">送审以后会出现在这里。</EmptyState>}
          />
        </Sheet>
        <Sheet title="起草中和最近公布的" count={drafts.length}>
          <DataTable
            caption="起草中和最近三十天公布的"
            captionHidden
            columns={[
              {
                key: 'title',
                head: '文件',
                cell: row => <a href={`/normative/${row.publicId}`}>{row.title}</a>,
              },
              { key: 'organName', head: '机关' },
              { key: 'kind', head: '种类', cell: row => (row.kind === 'policy' ? '政策文件' : '规范性文件') },
              { key: 'state', head: '状态', cell: row => publicationStates[row.state] },
            ]}
            rows={drafts}
            rowKey={row => row.id}
            empty={<EmptyState title="没有起草中的文件">在“发布物”里新建，或者从公文办理开始。</EmptyState>}
          />
        </Sheet>
      </>
    ),
  })
}

const withTitles = (ctx: DeskContext, reviews: readonly Review[]) =>
  Promise.all(
    reviews.map(async review => ({
      ...review,
      title:
        (await findDocument(ctx.db, ctx.clock.now(), { id: review.publicationId }))?.title ?? '（已撤下）',
    })),
  )
