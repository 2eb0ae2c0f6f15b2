import { momentInBeijing } from '#lib/beijing-time'
import { textOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
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
import {
  Actions,
  CheckboxField,
  DateField,
  Form,
  LinkButton,
  SelectField,
  SubmitButton,
  TextField,
} from '#ui/forms'
import { checkAuditTrail } from '../actions/check-audit-trail.ts'
import { type Outcome, outcomes, readNotedSeal } from '../audit-entry.ts'
import { auditQuery, readAuditFilter } from '../audit-filter.ts'
import { mayReadAudit } from '../policy.ts'
import { type EntryRow, findLastCheck, listActs, listEntries } from '../queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/audit', may: mayReadAudit, handle: show },
  { method: 'POST', path: '/audit/check', may: mayReadAudit, handle: check },
]

const pageSize = 50

async function check(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const typed = textOf(incoming.form, 'noted').trim()
  const noted = typed === '' ? undefined : readNotedSeal(typed)
  if (noted === null) {
    return show(ctx, incoming, {
      noted: '指纹应当是“条数:64位字母数字”，请从导出文件或以前的页面上整行复制。',
    })
  }
  await checkAuditTrail(ctx, noted)
  return seeOther('/audit?done=checked')
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  errors: Record<string, string> = {},
): Promise<Reply> {
  const filter = readAuditFilter(incoming.query, ctx.clock.today())
  const [entries, acts, last] = await Promise.all([
    listEntries(ctx.db, filter, pageNumber(String(incoming.query.page)), pageSize),
    listActs(ctx.db),
    findLastCheck(ctx.db),
  ])
  const query = auditQuery(filter)
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '审计',
    body: (
      <>
        <PageHead
          title="审计"
          note="谁在什么时候做了什么、看过谁的个人信息。记录只增不改，保存不少于六个月；只有审计管理员能查阅。"
          actions={<LinkButton href={`/audit/export.csv?${query}`}>导出这些记录</LinkButton>}
        />
        {last === null ? (
          <Notice tone="info" title="审计链还没有核对过">
            每天凌晨自动核对一次，也可以在本页下方马上核对。
          </Notice>
        ) : last.fault === null ? (
          <Notice tone="success" title="审计链完整">
            {momentInBeijing(last.checkedAt)} 核对，{last.entries} 条记录，没有发现改动。指纹：
            <code>
              {last.position}:{last.hash}
            </code>
          </Notice>
        ) : (
          <Notice tone="error" title="审计链有问题">
            {momentInBeijing(last.checkedAt)} 核对：{last.fault}
            请保护现场，停止用数据库管理员账号登录，并报告本单位网络安全负责人。
          </Notice>
        )}
        <Form
          method="get"
          action="/audit"
          label="筛选审计记录"
          values={{
            person: filter.person ?? '',
            act: filter.act ?? '',
            object: filter.object ?? '',
            outcome: filter.outcome ?? '',
            from: filter.from ?? '',
            until: filter.until ?? '',
          }}
        >
          <TextField name="person" label="人员姓名" maxLength={50} width="short" />
          <SelectField
            name="act"
            label="行为"
            blank="全部"
            options={acts.map(({ act, example }) => ({ value: act, label: `${shorten(example)}（${act}）` }))}
          />
          <TextField name="object" label="对象名称或编号" maxLength={100} width="medium" />
          <SelectField
            name="outcome"
            label="结果"
            blank="全部"
            options={Object.entries(outcomes).map(([value, label]) => ({ value, label }))}
          />
          <DateField name="from" label="从" />
          <DateField name="until" label="到" />
          <CheckboxField
            name="personal"
            label="只看查阅个人信息的记录"
            value="yes"
            checked={filter.personalDataOnly === true}
          />
          <Actions primary="筛选" cancel={{ label: '恢复默认（近三十天）', href: '/audit' }} />
        </Form>
        <DataTable
          caption={`共 ${entries.total} 条`}
          columns={[
            { key: 'at', head: '时间', cell: row => <time>{momentInBeijing(row.at)}</time> },
            { key: 'actor', head: '人员', cell: row => row.actor },
            { key: 'sentence', head: '做了什么', cell: row => <Sentence row={row} /> },
            { key: 'object', head: '对象', cell: row => row.objectLabel ?? '—' },
            { key: 'outcome', head: '结果', cell: row => <OutcomeTag outcome={row.outcome as Outcome} /> },
            { key: 'ip', head: '来自', cell: row => row.ip ?? '—' },
          ]}
          rows={entries.rows}
          rowKey={row => row.id}
          empty={
            <EmptyState title="这段时间没有符合条件的记录">
              请放宽日期，或去掉一些条件再试。系统启用之前没有记录。
            </EmptyState>
          }
        />
        <Pager page={entries} href={number => `/audit?${auditQuery(filter, number)}`} />
        <Sheet title="核对审计链">
          <p>
            逐条重新计算指纹，看有没有记录被改动、删除或插入。把核对后的指纹抄在别处（导出文件里也有），
            以后填在下面，就能证明这之前的记录一条也没有少。
          </p>
          <Form
            action="/audit/check"
            values={incoming.form}
            errors={errors}
            labels={{ noted: '以前抄下的指纹' }}
          >
            <TextField name="noted" label="以前抄下的指纹" hint="可以不填" width="full" />
            <SubmitButton>现在核对</SubmitButton>
          </Form>
        </Sheet>
      </>
    ),
  })
}

/** An act's code says little to a reader; what was last done under it says more. */
const shorten = (sentence: string) => (sentence.length > 18 ? `${sentence.slice(0, 18)}…` : sentence)

function Sentence({ row }: { row: EntryRow }) {
  return (
    <>
      {row.sentence}
      {row.readsPersonalData && (
        <>
          {' '}
          <StateTag state="info">个人信息</StateTag>
        </>
      )}
    </>
  )
}

function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const states = { done: 'met', refused: 'soon', failed: 'late' } as const
  return <StateTag state={states[outcome]}>{outcomes[outcome]}</StateTag>
}
