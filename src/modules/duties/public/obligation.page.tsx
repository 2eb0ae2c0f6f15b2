import { momentInBeijing, nextMidnight, weekday } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { PageHead } from '#ui/components/page-head'
import { calendarsFor } from '../calendar.ts'
import { domains, dutiesTag, reckon } from '../duty.ts'
import { dutyActs, findDuty, listActs } from '../duty-queries.ts'
import { listRecords } from '../duty-record.ts'
import { groundWords } from '../ground-words.ts'
import { RecordList } from '../record-list.tsx'
import { DueDay, StandingTag } from '../standing-tag.tsx'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/obligations/:duty', rule: showsNoPublications, handle: showDuty },
]

/** One duty as everybody may see it: by when, day by day why, and what happened. Names of staff stay inside. */
async function showDuty(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const duty = await findDuty(db, incoming.params.duty ?? '')
  if (!duty || duty.siteId !== site.id || duty.startedAt > now)
    throw notFound('duties.unknown', '没有这项义务。请从公开义务看板重新选择。')
  const [history, calendars, records] = await Promise.all([
    listActs(db, duty.id),
    calendarsFor(db),
    listRecords(db, duty.id),
  ])
  const { explanation } = reckon(duty, await calendars(duty.organId))
  return page({
    title: duty.title,
    door: 'supervision',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '公开义务看板', href: `${site.base}/obligations` },
      { label: duty.title },
    ],
    noIndex: true,
    dependsOn: [dutiesTag(site.id)],
    freshUntil: nextMidnight(now),
    body: (
      <>
        <PageHead title={duty.title} note={`${duty.organName} · ${domains[duty.domain]}`} />
        <DefinitionList
          items={[
            { term: '状态', value: <StandingTag duty={duty} now={now} /> },
            { term: '到期', value: <DueDay duty={duty} /> },
            { term: '依据', value: duty.article },
            { term: '事项', value: duty.subjectLabel },
            {
              term: '完成',
              value: duty.metAt ? `${momentInBeijing(duty.metAt)}，${duty.metFact?.label ?? ''}` : null,
            },
            {
              term: '免除',
              value: duty.waivedAt ? `${momentInBeijing(duty.waivedAt)}，理由：${duty.waivedReason}` : null,
            },
          ]}
        />
        <RecordList rule={duty.rule} records={records} />
        <DataTable
          caption="为什么是这一天"
          columns={[
            { key: 'date', head: '日期', cell: day => `${day.date} ${weekday(day.date)}` },
            { key: 'counts', head: '计入', cell: day => (day.counts ? '计入' : '不计') },
            { key: 'why', head: '为什么' },
            {
              key: 'rule',
              head: '依据',
              cell: day => (day.rule === duty.rule ? duty.article : groundWords(day.rule)),
            },
          ]}
          rows={explanation.map((day, index) => ({ ...day, index }))}
          rowKey={day => day.index}
        />
        <DataTable
          caption="经过"
          columns={[
            { key: 'actedAt', head: '时间', cell: act => momentInBeijing(act.actedAt) },
            { key: 'act', head: '事项', cell: act => dutyActs[act.act] },
            { key: 'reason', head: '说明' },
          ]}
          rows={history.map((act, index) => ({ ...act, index }))}
          rowKey={act => act.index}
        />
      </>
    ),
  })
}
