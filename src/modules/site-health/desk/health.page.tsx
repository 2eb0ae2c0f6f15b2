import { momentInBeijing } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Tabs } from '#ui/components/tabs'
import { CheckboxField, Form, HiddenField, LinkButton, SubmitButton, TextField } from '#ui/forms'
import { acknowledgeFinding, acknowledgeFindingInput } from '../actions/acknowledge-finding.ts'
import { chooseOutsideCheck, chooseOutsideCheckInput } from '../actions/choose-outside-check.ts'
import { countsOf } from '../column-findings.ts'
import { type RuleId, rules } from '../finding.ts'
import { mayKeepHealth, mayReadHealth } from '../policy.ts'
import { lastRun, settingsOf } from '../queries.ts'
import { Evidence, type Failed, Place, Rule } from './finding-cells.tsx'
import { addressFor, choiceOf, type HealthChoice, loadHealth, shows, sitesFor } from './load-health.ts'

const may: DeskRoute['may'] = actor => mayReadHealth(actor)
const mayKeep: DeskRoute['may'] = actor => mayKeepHealth(actor)

/** What an inspector looks at and this page cannot: said plainly, so that silence is not taken for a good result. */
const notWatched = [
  {
    rule: 'S-CHK-02',
    words:
      '网站打不开：要从外面连续访问才知道，请用单位以外的监测，一周里每天至少 20 次，打不开的达到 5% 即单项否决',
  },
  {
    rule: 'S-CHK-05',
    words:
      '网民咨询超过 3 个月没有答复：系统还没有互动交流功能，请核对现在使用的留言平台，并确认咨询渠道能用',
  },
  { rule: 'S-UPD-06', words: '办事统计数据 3 个月没有更新：系统还没有办事服务功能，请核对公布统计的页面' },
  {
    rule: 'S-UPD-07',
    words: '留言答复 2 个月没有公开：系统还没有互动交流功能，请核对留言平台公开答复的日期',
  },
]

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/site-health', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/site-health/acknowledge', may: mayKeep, handle: acknowledge },
  { method: 'POST', path: '/site-health/outside', may: mayKeep, handle: choose },
]

const pageSize = 50
const done: Record<string, string> = {
  acknowledged: '已记下理由。',
  outside: '已保存外部链接检查的设置，今夜起生效。',
}

async function acknowledge(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(acknowledgeFindingInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, { form: incoming.form, errors: read.errors })
  await acknowledgeFinding(ctx, read.value)
  return seeOther(await backTo(ctx, incoming, 'acknowledged'))
}

async function choose(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(chooseOutsideCheckInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, { form: incoming.form, errors: read.errors })
  await chooseOutsideCheck(ctx, read.value)
  return seeOther(await backTo(ctx, incoming, 'outside'))
}

async function backTo(ctx: DeskContext, incoming: Incoming, what: string): Promise<string> {
  const choice = choiceOf(await sitesFor(ctx), incoming)
  return choice ? `${addressFor(choice)}&done=${what}` : '/site-health'
}

async function show(ctx: DeskContext, incoming: Incoming, failed?: Failed): Promise<Reply> {
  const sites = await sitesFor(ctx)
  const choice = choiceOf(sites, incoming)
  permit(choice !== null || sites.length === 0, 'site-health.may-not-read')
  if (!choice)
    return page({
      title: '网站健康',
      body: <EmptyState title="没有您负责的站点">网站健康由站点所属机关的政务公开办查看。</EmptyState>,
    })
  const { site } = choice
  const [health, run, settings] = await Promise.all([
    loadHealth(ctx, choice, { limit: pageSize, offset: (choice.page - 1) * pageSize }),
    lastRun(ctx.db, site.id),
    settingsOf(ctx.db, site.id),
  ])
  const mayKeep = mayKeepHealth(ctx.actor, site.organId)
  const coming = health.columns.filter(one => one.stage !== 'finding').length
  const open = [...health.counts.values()].reduce((sum, count) => sum + count, 0)
  const said = done[String(incoming.query.done ?? '')]
  return page({
    status: failed ? 422 : 200,
    title: '网站健康',
    body: (
      <>
        <PageHead
          title="网站健康"
          note="按《政府网站与政务新媒体检查指标》每天自查：栏目更新、空白和重复栏目、打不开的链接、错别字和植入内容。"
          actions={
            <>
              <LinkButton href="/site-health/words">词表</LinkButton>
              <LinkButton href={addressFor(choice, '/site-health/findings.csv')}>导出这些记录</LinkButton>
            </>
          }
        />
        {said ? <Notice tone="success" title={said} /> : null}
        {failed ? <Notice tone="error" title={Object.values(failed.errors)[0] ?? '没有保存'} /> : null}
        {sites.length > 1 ? (
          <Tabs
            label="站点"
            items={sites.map(one => ({
              label: one.shortName,
              href: addressFor({ site: one, show: choice.show }),
              current: one.id === site.id,
            }))}
          />
        ) : null}
        <Notice
          tone="info"
          title={run ? `文字最近一次检查：${momentInBeijing(run.finishedAt)}` : '文字和链接还没有检查过'}
        >
          {run ? `共 ${run.texts} 件公开内容。` : ''}
          栏目情况是此刻算出的；文字和站内链接每天凌晨检查一次，词表更改后几分钟内重新检查。
        </Notice>
        <Sheet title="单项否决的栏目指标（S-CHK-04）">
          <ul class="plain-list">
            {countsOf(health.columns).map(one => (
              <li key={one.words}>
                {one.words}：<strong>{one.count}</strong> 个，达到 {one.veto} 个即单项否决{' '}
                {one.count >= one.veto ? (
                  <StateTag state="late">已达到</StateTag>
                ) : (
                  <StateTag state="met">未达到</StateTag>
                )}
              </li>
            ))}
          </ul>
        </Sheet>
        <Sheet title="各项检查的结果">
          <ul class="plain-list">
            {(Object.keys(rules) as RuleId[]).map(rule => (
              <li key={rule}>
                <a href={addressFor({ site, show: 'open', rule })}>
                  {rules[rule]}（{rule}）
                </a>
                ：{health.counts.get(rule) ?? 0}
              </li>
            ))}
          </ul>
        </Sheet>
        <Tabs
          label="范围"
          items={Object.entries(shows).map(([value, label]) => ({
            label:
              value === 'open' ? `${label}（${open}）` : value === 'coming' ? `${label}（${coming}）` : label,
            href: addressFor({ site, show: value as HealthChoice['show'] }),
            current: value === choice.show,
          }))}
        />
        {choice.rule ? (
          <p>
            只看“{rules[choice.rule]}”。<a href={addressFor({ site, show: choice.show })}>看全部</a>
          </p>
        ) : null}
        <DataTable
          caption={`共 ${health.total} 条`}
          columns={[
            { key: 'rule', head: '问题', cell: row => <Rule row={row} /> },
            {
              key: 'place',
              head: '位置',
              cell: row => <Place row={row} origin={ctx.publicOrigin} base={baseOf(site)} />,
            },
            {
              key: 'evidence',
              head: '依据和处理',
              cell: row => <Evidence row={row} choice={choice} may={mayKeep} failed={failed} />,
            },
            { key: 'since', head: '从哪天起', cell: row => row.since ?? '—' },
            { key: 'who', head: '负责', cell: row => row.who },
          ]}
          rows={health.rows}
          rowKey={row => row.key}
          empty={
            <EmptyState title={choice.show === 'open' ? '没有发现问题' : '没有这样的记录'}>
              {run ? '每天凌晨会再查一次。' : '文字和链接要等下一次凌晨检查。'}
            </EmptyState>
          }
        />
        <Pager
          page={{ total: health.total, page: choice.page, pageSize }}
          href={number => addressFor({ ...choice, page: number })}
        />
        <Sheet title="系统查不到、要人工核对的">
          <p>检查指标里还有这几项，请定期人工核对：</p>
          <ul class="plain-list">
            {notWatched.map(({ rule, words }) => (
              <li key={rule}>
                {words}（{rule}）
              </li>
            ))}
          </ul>
        </Sheet>
        {mayKeep ? (
          <Sheet title="外部链接检查">
            <p>
              开启后，系统每夜检查我们引用的外部网址是否还打得开。同一网站一次只查一个，对方不允许程序访问的不查，也不访问内部网络。三个不同的日子都打不开，才列为问题。
              {settings.changedBy ? `最近由${settings.changedBy}设置。` : '现在没有开启。'}
            </p>
            <Form
              action={addressFor(choice, '/site-health/outside')}
              id="outside"
              label="外部链接检查"
              values={{
                nightlyLimit: String(settings.nightlyLimit),
                ...(failed?.form.nightlyLimit ? failed.form : {}),
              }}
              errors={failed?.form.nightlyLimit === undefined ? {} : failed.errors}
              labels={{ nightlyLimit: '每夜最多检查' }}
            >
              <HiddenField name="siteId" value={site.id} />
              <CheckboxField name="outside" label="每夜检查外部链接" checked={settings.outside} />
              <TextField
                name="nightlyLimit"
                label="每夜最多检查"
                hint="多少个网址"
                inputMode="numeric"
                width="short"
                required
              />
              <SubmitButton>保存</SubmitButton>
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}

const baseOf = (site: { isDefault: boolean; key: string }) => (site.isDefault ? '' : `/s/${site.key}`)
