import { momentInBeijing } from '#lib/beijing-time'
import { findOrganByKey, listOrgans } from '#modules/organisations'
import {
  type HistoryEntry,
  kindOf,
  listHistory,
  listsTag,
  nextBoundary,
  publicActs,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { DateField, Form, SelectField, SubmitButton } from '#ui/forms'
import {
  type HistoryChoice,
  historyAddress,
  historyFilter,
  readHistoryChoice,
} from '../feeds/history-choice.ts'
import { titleIn } from '../feeds/history-entry.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/history',
    rule: showsPublications(item => [
      '/history',
      '/history?act=imported',
      '/history?act=withdrawn',
      `/history?organ=${item.organKey}`,
    ]),
    handle: showHistory,
  },
]

const linesAPage = 50

/** 公开动态: every publish, correction and leaving, so that nothing is changed or taken away unseen (S-DOM-04). */
async function showHistory(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const choice = readHistoryChoice(incoming)
  const [found, organ, organs, boundary] = await Promise.all([
    historyFilter(ctx, choice).then(filter => listHistory(db, now, filter, linesAPage + 1)),
    choice.organ === undefined ? null : findOrganByKey(db, choice.organ),
    listOrgans(db),
    nextBoundary(db, now),
  ])
  const lines = found.slice(0, linesAPage)
  const last = found.length > linesAPage ? lines.at(-1) : undefined
  const path = `${site.base}/history`
  const feed = historyAddress(`${site.base}/feeds/history.atom`, { ...choice, before: undefined })
  const isNarrowed = Object.values(choice).some(value => value !== undefined)
  return page({
    title: '公开动态',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '公开动态' }],
    column: {
      name: '公开动态',
      description: `${site.name}网站每一次发布、更正、撤下和到期的记录`,
      keywords: '公开动态,发布记录,更正,撤下',
      type: '公开动态',
    },
    noIndex: isNarrowed,
    feeds: [{ title: `${site.name}：公开动态`, href: feed }],
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead
          title="公开动态"
          note="本网站每一次发布、更正、撤下和到期都记在这里，新的在前。从旧网站导入的历史材料不在“全部”里，请单独选择查看。"
        />
        <HistoryForm
          path={path}
          choice={choice}
          organs={[...organs, ...(organ && !organs.some(one => one.key === organ.key) ? [organ] : [])]}
        />
        <History lines={lines} base={site.base} isNarrowed={isNarrowed} path={path} />
        <nav class="mt-6" aria-label="翻页">
          {choice.before ? (
            <a class="underline" href={historyAddress(path, { ...choice, before: undefined })}>
              回到最新
            </a>
          ) : null}
          {choice.before && last ? '　' : ''}
          {last ? (
            <a class="underline" rel="next" href={historyAddress(path, { ...choice, before: last.cursor })}>
              更早的 {linesAPage} 条 →
            </a>
          ) : null}
        </nav>
        <p class="mt-6 text-soft">
          <a class="underline" href={feed}>
            订阅这份记录
          </a>
          ；每一次都写在谁也改不了的
          <a class="underline" href={`${site.base}/log`}>
            公开日志
          </a>
          里 ，或者看
          <a class="underline" href={`${site.base}/feeds`}>
            全部订阅和接口
          </a>
          。
        </p>
      </>
    ),
  })
}

function HistoryForm(props: {
  path: string
  choice: HistoryChoice
  organs: readonly { key: string; name: string }[]
}) {
  const { path, choice, organs } = props
  return (
    <Form
      action={path}
      method="get"
      label="筛选公开动态"
      values={{ act: choice.act, organ: choice.organ, from: choice.from, to: choice.to }}
    >
      <SelectField
        name="act"
        label="做了什么"
        blank="全部"
        options={Object.entries(publicActs).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        name="organ"
        label="发布机构"
        blank="全部机构"
        options={organs.map(organ => ({ value: organ.key, label: organ.name }))}
      />
      <DateField name="from" label="从" />
      <DateField name="to" label="到（含当天）" />
      <SubmitButton>查看</SubmitButton>
    </Form>
  )
}

function History(props: { lines: readonly HistoryEntry[]; base: string; isNarrowed: boolean; path: string }) {
  const { lines, base, isNarrowed, path } = props
  return (
    <DataTable
      caption="公开动态"
      captionHidden
      rows={lines}
      rowKey={line => line.id}
      empty={
        isNarrowed ? (
          <EmptyState title="没有符合条件的记录">
            <a href={path}>看全部记录</a>
          </EmptyState>
        ) : (
          <EmptyState title="还没有记录">内容公开后会立即记在这里。</EmptyState>
        )
      }
      columns={[
        { key: 'at', head: '时间', cell: line => <span class="num">{momentInBeijing(line.at)}</span> },
        { key: 'act', head: '做了什么', cell: line => publicActs[line.act] },
        { key: 'title', head: '内容', cell: line => <What line={line} base={base} /> },
        {
          key: 'organ',
          head: '发布机构',
          cell: line => <a href={`${base}/organs/${line.organKey}`}>{line.organName}</a>,
        },
        { key: 'reason', head: '说明' },
      ]}
    />
  )
}

function What({ line, base }: { line: HistoryEntry; base: string }) {
  const edition = line.editionNumber && line.editionNumber > 1 ? `，第 ${line.editionNumber} 版` : ''
  return (
    <>
      {line.address ? <a href={base + line.address}>{titleIn(line)}</a> : titleIn(line)}
      {line.title === null ? null : (
        <small class="block text-soft">
          {kindOf(line.kind).label}
          {edition}
        </small>
      )}
      {line.to ? (
        <small class="block">
          <a href={base + line.to}>现在的页面</a>
        </small>
      ) : null}
    </>
  )
}
