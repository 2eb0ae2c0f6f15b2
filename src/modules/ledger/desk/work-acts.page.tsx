import { notFound, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { DateField, Form, HiddenField, SubmitButton, TextArea } from '#ui/forms'
import { actOnReport, actOnReportInput } from '../actions/act-on-report.ts'
import { askExtension, askExtensionInput } from '../actions/ask-extension.ts'
import { decideExtension, decideExtensionInput } from '../actions/decide-extension.ts'
import { sendKeptFile } from '../kept-file.ts'
import { mayReadLedger } from '../policy.ts'
import { listEvidence } from '../reports/report-queries.ts'

const may = mayReadLedger

/** What is done from a task's page; each leads back to it. */
export const routes = (storage: FileStorage): DeskRoute[] => [
  { method: 'POST', path: '/report-acts/:id', may, handle: handleReport },
  { method: 'POST', path: '/task-extensions/:id', may, handle: handleAsk },
  { method: 'POST', path: '/extension-decisions/:id', may, handle: handleDecision },
  {
    method: 'GET',
    path: '/report-files/:id',
    may,
    handle: (ctx, incoming) => sendEvidence(ctx, incoming, storage),
  },
]

async function handleReport(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(actOnReportInput, { ...incoming.form, reportId: incoming.params.id ?? '' })
  if (!read.ok) return again(incoming, '处理报送', read.errors)
  try {
    const { taskId } = await actOnReport(ctx, read.value)
    return seeOther(`/ledger-tasks/${taskId}?done=report-${read.value.act}`)
  } catch (error) {
    return again(incoming, '处理报送', refused(error))
  }
}

async function handleAsk(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const taskId = incoming.params.id ?? ''
  const read = readForm(askExtensionInput, { ...incoming.form, taskId })
  if (!read.ok) return again(incoming, '申请延期', read.errors)
  try {
    await askExtension(ctx, read.value)
    return seeOther(`/ledger-tasks/${taskId}?done=extension-asked`)
  } catch (error) {
    return again(incoming, '申请延期', refused(error))
  }
}

async function handleDecision(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(decideExtensionInput, { ...incoming.form, extensionId: incoming.params.id ?? '' })
  if (!read.ok) return again(incoming, '决定延期', read.errors)
  try {
    const { taskId } = await decideExtension(ctx, read.value)
    return seeOther(`/ledger-tasks/${taskId}?done=extension-${read.value.decision}`)
  } catch (error) {
    return again(incoming, '决定延期', refused(error))
  }
}

/** What could not be done because of the moment is told by the form; what is not allowed, by the page for that. */
function refused(error: unknown): FormErrors {
  if (error instanceof Refused && ['invalid', 'conflict'].includes(error.refusal))
    return { '': error.message }
  throw error
}

/** The same form again with everything that was typed: it came from among many on the task's page. */
function again(incoming: Incoming, title: string, errors: FormErrors): Reply {
  const raw: RawForm = incoming.form
  const kept = Object.keys(raw).filter(name => !['words', 'reason', 'askedFor'].includes(name))
  return page({
    status: 422,
    title,
    crumbs: [{ label: '工作台账', href: '/ledger' }, { label: title }],
    body: (
      <>
        <PageHead title={title} />
        <Sheet title="请补充或者改正">
          <Form action={incoming.url} label={title} values={raw} errors={errors}>
            {kept.map(name => (
              <HiddenField key={name} name={name} value={textOf(raw, name)} />
            ))}
            {'askedFor' in raw ? <DateField name="askedFor" label="延至" required /> : null}
            {'reason' in raw ? <TextArea name="reason" label="理由" required rows={4} /> : null}
            {'words' in raw ? <TextArea name="words" label="意见" rows={4} /> : null}
            <SubmitButton tone="primary">再次提交</SubmitButton>
          </Form>
        </Sheet>
      </>
    ),
  })
}

async function sendEvidence(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const id = incoming.params.id ?? ''
  const at = Number(queryText(incoming, 'at'))
  const found = /^[0-9a-f-]{36}$/.test(id) ? await listEvidence(ctx.db, [id]) : []
  const file = found.find(one => one.position === at)?.file
  if (!file) throw notFound('ledger.no-such-file', '没有这个文件。请从任务页里重新选择。')
  return sendKeptFile(storage, file)
}
