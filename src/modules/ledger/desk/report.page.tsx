import { invalid, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf, textsOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { DefinitionList } from '#ui/components/definition-list'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import {
  CheckboxList,
  FileField,
  Form,
  HiddenField,
  SelectField,
  SubmitButton,
  TextArea,
  TextField,
} from '#ui/forms'
import { handInReport, handInReportInput, mayReportFor } from '../actions/hand-in-report.ts'
import { saveReportDraft, saveReportDraftInput } from '../actions/save-report-draft.ts'
import { keepFile } from '../kept-file.ts'
import { listDues } from '../owing-queries.ts'
import { periodOn } from '../periods.ts'
import { mayReadLedger } from '../policy.ts'
import { loadWork, type Work } from '../reports/load-work.ts'
import { periodWords } from '../reports/period.ts'
import { reportedStates } from '../reports/report.ts'
import { type DraftContent, findReportDraft, wantsHeadCheck } from '../reports/report-queries.ts'
import { taskName } from '../task.ts'

const largest = 30 * 1024 * 1024

export const routes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/task-reports/:id', may: mayReadLedger, handle: ask },
  {
    method: 'POST',
    path: '/task-reports/:id',
    may: mayReadLedger,
    uploads: { largest },
    handle: (ctx, incoming) => take(ctx, incoming, storage),
  },
]

const empty: DraftContent = {
  period: '',
  state: '',
  share: '',
  stage: '',
  words: '',
  reason: '',
  publications: [],
  files: [],
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const work = await workOf(ctx, incoming)
  const organId = organOf(ctx, work, queryText(incoming, 'organ'))
  const draft = organId ? await findReportDraft(ctx.db, work.task.id, organId) : null
  return show(ctx, incoming, work, {
    organId,
    content: draft?.content ?? empty,
    revision: draft?.revision ?? 0,
  })
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const workOf = (ctx: DeskContext, incoming: Incoming): Promise<Work> =>
  loadWork(
    ctx.db,
    uuid.test(incoming.params.id ?? '') ? (incoming.params.id ?? '') : '00000000-0000-0000-0000-000000000000',
  )

/** Units of the task in whose name this person may speak. */
const ownUnits = (ctx: DeskContext, work: Work) => [
  ...new Map(
    work.units.flatMap(unit =>
      unit.organId !== null && mayReportFor(ctx.actor, unit.organId) ? [[unit.organId, unit] as const] : [],
    ),
  ).values(),
]

function organOf(ctx: DeskContext, work: Work, asked: string | undefined): string | null {
  const units = ownUnits(ctx, work)
  return (units.find(unit => unit.organId === asked) ?? units[0])?.organId ?? null
}

/** Whatever is wrong, what was written and handed over is kept as a draft first. */
async function take(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const work = await workOf(ctx, incoming)
  const raw = incoming.form
  const organId = organOf(ctx, work, textOf(raw, 'organId'))
  if (organId === null)
    throw invalid('ledger.not-your-task', '这项任务的责任单位里没有您可以代为报送的单位。')
  const draft = await findReportDraft(ctx.db, work.task.id, organId)
  const dropped = new Set(textsOf(raw, 'drop'))
  const tooLarge = incoming.uploads.filter(upload => upload.tooLarge)
  const fresh = await Promise.all(
    incoming.uploads
      .filter(upload => !upload.tooLarge && upload.size > 0)
      .map(upload => keepFile(storage, upload)),
  )
  const content: DraftContent = {
    ...contentOf(raw),
    files: [...(draft?.content.files ?? []).filter(file => !dropped.has(file.sha256)), ...fresh],
  }
  const revision = Number(textOf(raw, 'revision')) || 0
  try {
    const saved = await saveReportDraft(
      ctx,
      saveReportDraftInput.parse({ taskId: work.task.id, organId, revision, content }),
    )
    if (tooLarge.length > 0)
      return await show(ctx, incoming, work, {
        organId,
        content,
        revision: saved,
        errors: { files: `${tooLarge.map(upload => upload.name).join('、')}超过 30 MB，没有收下。` },
      })
    if (textOf(raw, 'do') !== 'hand-in')
      return seeOther(`/task-reports/${work.task.id}?organ=${organId}&done=saved`)
    const read = readForm(handInReportInput, {
      ...(content as unknown as RawForm),
      taskId: work.task.id,
      organId,
    })
    if (!read.ok)
      return await show(ctx, incoming, work, { organId, content, revision: saved, errors: read.errors })
    try {
      await handInReport(ctx, read.value)
    } catch (error) {
      return await show(ctx, incoming, work, {
        organId,
        content,
        revision: saved,
        errors: asErrors(error),
        status: 409,
      })
    }
    return seeOther(`/ledger-tasks/${work.task.id}?done=reported`)
  } catch (error) {
    return show(ctx, incoming, work, {
      organId,
      content,
      revision: draft?.revision ?? 0,
      errors: asErrors(error),
      status: 409,
    })
  }
}

function asErrors(error: unknown): FormErrors {
  if (!(error instanceof Refused)) throw error
  return { [error.code === 'ledger.evidence-not-public' ? 'publications' : '']: error.message }
}

const contentOf = (raw: RawForm): Omit<DraftContent, 'files'> => ({
  period: textOf(raw, 'period'),
  state: textOf(raw, 'state'),
  share: textOf(raw, 'share').trim(),
  stage: textOf(raw, 'stage'),
  words: textOf(raw, 'words'),
  reason: textOf(raw, 'reason'),
  publications: textOf(raw, 'publications')
    .split(/\s+/)
    .filter(line => line !== '')
    .slice(0, 50),
})

const formValues = ({ files: _, publications, ...texts }: DraftContent, organId: string) => ({
  ...texts,
  publications: publications.join('\n'),
  organId,
})

interface Shown {
  organId: string | null
  content: DraftContent
  revision: number
  errors?: FormErrors
  status?: number
}

async function show(ctx: DeskContext, incoming: Incoming, work: Work, shown: Shown): Promise<Reply> {
  const { task, plan } = work
  const { organId, content, errors = {} } = shown
  const name = taskName(task)
  const [dues, headFirst] = await Promise.all([
    listDues(ctx.db, [task.id]),
    organId ? wantsHeadCheck(ctx.db, organId) : false,
  ])
  const periods = dues.flatMap(due => (due.every ? [periodOn(due.every, ctx.clock.today())] : []))
  return page({
    status: shown.status ?? (Object.keys(errors).length > 0 ? 422 : 200),
    title: `报送进展：${name}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: name, href: `/ledger-tasks/${task.id}` },
      { label: '报送进展' },
    ],
    body: (
      <>
        <PageHead title="报送进展" note={name} />
        {incoming.query.done === 'saved' ? <Notice tone="success" title="草稿已保存，还没有报送。" /> : null}
        <Sheet title="任务">
          <DefinitionList
            items={[
              { term: '内容', value: task.text, wide: true },
              { term: '要求', value: task.requirement || null, wide: true },
              { term: '期限', value: task.due.map(due => due.text).join('；') || '文件未写明' },
            ]}
          />
        </Sheet>
        {organId === null ? (
          <EmptyState title="您不能报送这项任务的进展">
            进展由牵头、责任、配合单位的起草人、负责人或者政务公开机构报送。
          </EmptyState>
        ) : (
          <Sheet title="这次报送">
            <Form
              action={`/task-reports/${task.id}`}
              uploads
              label="报送进展"
              values={formValues(content, organId)}
              errors={errors}
            >
              <HiddenField name="revision" value={String(shown.revision)} />
              <SelectField
                name="organId"
                label="以哪个单位的名义"
                blank={null}
                options={ownUnits(ctx, work).map(unit => ({
                  value: unit.organId ?? '',
                  label: unit.organName ?? unit.printed,
                }))}
              />
              {periods.length > 0 ? (
                <SelectField
                  name="period"
                  label="哪一期"
                  blank="整项任务"
                  options={periods.map(period => ({ value: period.name, label: periodWords(period.name) }))}
                />
              ) : (
                <HiddenField name="period" value="" />
              )}
              <SelectField
                name="state"
                label="进展"
                required
                options={Object.entries(reportedStates).map(([value, label]) => ({ value, label }))}
              />
              <TextField
                name="share"
                label="完成比例（%）"
                inputMode="numeric"
                width="short"
                hint="可以空着"
              />
              <TextField name="stage" label="所到阶段" hint="例如：方案已印发、已开工" maxLength={60} />
              <TextArea
                name="words"
                label="完成情况"
                required
                rows={6}
                maxLength={2000}
                hint="做了什么、做到哪一步、有什么结果。核定之后公众会看到。"
              />
              <TextArea
                name="reason"
                label="没有完成的原因"
                rows={3}
                hint="部分完成、不能完成时要写"
                maxLength={500}
              />
              <TextArea
                name="publications"
                label="佐证：已经公开的内容"
                rows={3}
                hint="粘贴公开页面的地址，一行一个；只能是本站已经公开的"
              />
              {content.files.length > 0 ? (
                <CheckboxList
                  name="drop"
                  label="已经附上的文件，勾选的去掉"
                  options={content.files.map(file => ({ value: file.sha256, label: file.name }))}
                  values={[]}
                />
              ) : null}
              <FileField
                name="files"
                label="佐证：文件"
                multiple
                maxBytes={largest}
                hint="只供核定的人看，不对外公开"
              />
              <p class="text-sm text-soft">
                {headFirst
                  ? '报送以后先由本单位负责人审核，再到政务公开办核定。'
                  : '报送以后由政务公开办核定。是否按时，按报到政务公开办的时间算。'}
              </p>
              <SubmitButton tone="primary" name="do" value="hand-in">
                报送
              </SubmitButton>
              <SubmitButton tone="plain" name="do" value="save">
                存草稿
              </SubmitButton>
            </Form>
          </Sheet>
        )}
      </>
    ),
  })
}
