import { dateInBeijing, momentInBeijing } from '#lib/beijing-time'
import { publicByIds } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { DateField, Form, LinkButton, SelectField, SubmitButton, TextArea, TextField } from '#ui/forms'
import { mayReportFor } from '../actions/hand-in-report.ts'
import { mayOnTask, taskActs } from '../acts.ts'
import { type Due, listDues } from '../owing-queries.ts'
import { type Extension, listExtensions } from '../reports/extension-queries.ts'
import { loadWork, type Work } from '../reports/load-work.ts'
import { periodWords } from '../reports/period.ts'
import {
  openReportActs,
  type Report,
  type ReportState,
  reportActs,
  reportedStates,
  reportState,
  reportStates,
} from '../reports/report.ts'
import { type Evidence, listEvidence } from '../reports/report-queries.ts'

export interface TaskWorkFacts {
  work: Work
  dues: Due[]
  extensions: Extension[]
  evidence: Evidence[]
  /** Public addresses and titles of what is referred to. */
  shown: Map<string, { title: string; address: string }>
}

/** What units said of a task and what became of it, for the task's page. */
export async function loadTaskWork(ctx: DeskContext, taskId: string): Promise<TaskWorkFacts> {
  const work = await loadWork(ctx.db, taskId)
  const [dues, extensions, evidence] = await Promise.all([
    listDues(ctx.db, [taskId]),
    listExtensions(ctx.db, [taskId]),
    listEvidence(
      ctx.db,
      work.reports.map(report => report.id),
    ),
  ])
  const items = await publicByIds(
    ctx.db,
    ctx.clock.now(),
    work.plan.siteId,
    evidence.flatMap(one => one.publicationId ?? []),
  )
  return { work, dues, extensions, evidence, shown: new Map(items.map(item => [item.id, item])) }
}

const tones: Record<ReportState, 'met' | 'soon' | 'late' | 'off' | 'info'> = {
  'with-head': 'info',
  waiting: 'soon',
  'sent-back': 'late',
  withdrawn: 'off',
  accepted: 'met',
  returned: 'late',
  asked: 'late',
}

/** Reports with their open acts, extensions, and the ways to begin one. */
export function TaskWork({ ctx, facts }: { ctx: DeskContext; facts: TaskWorkFacts }) {
  const { work } = facts
  const mayReport = work.units.some(unit => unit.organId !== null && mayReportFor(ctx.actor, unit.organId))
  return (
    <>
      <Sheet title="报送的进展" count={work.reports.length}>
        {mayReport && taskActs.report.in.includes(work.state) ? (
          <LinkButton tone="primary" href={`/task-reports/${work.task.id}`}>
            报送进展
          </LinkButton>
        ) : null}
        {work.reports.length === 0 ? <p class="text-soft">还没有单位报送过进展。</p> : null}
        {work.reports.map(report => (
          <OneReport key={report.id} ctx={ctx} report={report} facts={facts} />
        ))}
      </Sheet>
      <Extensions ctx={ctx} facts={facts} mayAsk={mayReport} />
    </>
  )
}

function OneReport({ ctx, report, facts }: { ctx: DeskContext; report: Report; facts: TaskWorkFacts }) {
  const state = reportState(report)
  const evidence = facts.evidence.filter(one => one.reportId === report.id)
  const acts = openReportActs(ctx.actor, report, facts.work.plan.organId)
  return (
    <section class="my-4 border-l-2 border-line pl-4" aria-label={`${report.organName}的报送`}>
      <h3>
        {report.organName} <StateTag state={tones[state]}>{reportStates[state]}</StateTag>
      </h3>
      <p>
        <b>{reportedStates[report.state]}</b>
        {report.share !== null ? ` ${report.share}%` : ''}
        {report.period ? `，${periodWords(report.period)}` : ''}
        {report.stage ? `，${report.stage}` : ''}
        <span class="text-soft">
          　{report.reportedBy}，{momentInBeijing(report.reportedAt)}
        </span>
      </p>
      <p>{report.words}</p>
      {report.reason ? <p>原因：{report.reason}</p> : null}
      {evidence.length > 0 ? (
        <ul>
          {evidence.map(one => (
            <li key={`${one.reportId}-${one.position}`}>
              <EvidenceLink ctx={ctx} one={one} shown={facts.shown} />
            </li>
          ))}
        </ul>
      ) : null}
      {report.acts.map(act => (
        <p key={act.act} class="text-sm text-soft">
          {act.act === 'approved' ? '本单位负责人同意报出' : reportStates[act.act]}：{act.actedBy}，
          {momentInBeijing(act.actedAt)}
          {act.words ? `，${act.words}` : ''}
        </p>
      ))}
      {acts.length > 0 ? (
        <Form
          action={`/report-acts/${report.id}`}
          id={`report-${report.number}-${report.organKey}`}
          label="处理报送"
        >
          <TextField name="words" label="意见" hint="退回、要求补充时要写" maxLength={500} />
          {acts.map(act => (
            <SubmitButton
              key={act}
              tone={act === 'accept' || act === 'approve' ? 'primary' : 'plain'}
              name="act"
              value={act}
            >
              {reportActs[act].label}
            </SubmitButton>
          ))}
        </Form>
      ) : null}
    </section>
  )
}

function EvidenceLink(props: { ctx: DeskContext; one: Evidence; shown: TaskWorkFacts['shown'] }) {
  const { ctx, one, shown } = props
  if (one.file)
    return (
      <a href={`/report-files/${one.reportId}?at=${one.position}`}>{`${one.file.name}（文件，不公开）`}</a>
    )
  const item = shown.get(one.publicationId ?? '')
  return item ? (
    <a href={`${ctx.publicOrigin}${item.address}`}>{item.title}</a>
  ) : (
    <span class="text-soft">一件已经停止公开的内容</span>
  )
}

function Extensions(props: { ctx: DeskContext; facts: TaskWorkFacts; mayAsk: boolean }) {
  const { ctx, facts, mayAsk } = props
  const { work, dues, extensions } = facts
  const days = dues.filter(due => due.dueOn !== null && due.endedOn === null)
  const concerned = { organId: work.plan.organId, owing: work.owing }
  const mayDecide = mayOnTask(ctx.actor, 'grant-extension', work.state, concerned)
  const asks = mayAsk && days.length > 0 && taskActs['ask-extension'].in.includes(work.state)
  if (extensions.length === 0 && !asks) return null
  return (
    <Sheet title="延期">
      {extensions.map(one => (
        <section key={one.id} class="my-3">
          <p>
            {one.organName}申请由 {one.dueBefore} 延至 {one.askedFor}：{one.reason}
            <span class="text-soft">
              　{one.askedBy}，{dateInBeijing(one.askedAt)}
            </span>
          </p>
          {one.decision ? (
            <p>
              {one.decision === 'granted' ? '同意' : '不同意'}：{one.decidedBy}
              {one.decidedWords ? `，${one.decidedWords}` : ''}
            </p>
          ) : mayDecide ? (
            <Form
              action={`/extension-decisions/${one.id}`}
              id={`extension-${one.id.slice(-8)}`}
              label="决定延期"
            >
              <TextField name="words" label="意见" hint="不同意时要写理由" maxLength={500} />
              <SubmitButton tone="primary" name="decision" value="granted">
                同意
              </SubmitButton>
              <SubmitButton tone="plain" name="decision" value="refused">
                不同意
              </SubmitButton>
            </Form>
          ) : (
            <p class="text-soft">等待政务公开办决定。</p>
          )}
        </section>
      ))}
      {asks ? (
        <details>
          <summary>申请延期</summary>
          <Form action={`/task-extensions/${work.task.id}`} id="ask-extension" label="申请延期">
            <SelectField
              name="organId"
              label="以哪个单位的名义"
              blank={null}
              options={work.units
                .filter(unit => unit.organId !== null && mayReportFor(ctx.actor, unit.organId))
                .map(unit => ({ value: unit.organId ?? '', label: unit.organName ?? unit.printed }))}
            />
            <SelectField
              name="position"
              label="哪个期限"
              blank={null}
              options={days.map(due => ({
                value: String(due.position),
                label: `${due.text}（${due.dueOn}）`,
              }))}
            />
            <DateField name="askedFor" label="延至" required />
            <TextArea
              name="reason"
              label="理由"
              required
              rows={3}
              maxLength={500}
              hint="同意以后公众会看到"
            />
            <SubmitButton>提出申请</SubmitButton>
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}
