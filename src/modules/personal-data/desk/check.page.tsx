import { momentInBeijing } from '#lib/beijing-time'
import { notFound, permit, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, CheckboxList, Form, LinkButton, RadioList, SubmitButton, TextArea } from '#ui/forms'
import { decideFindings, decideFindingsInput, findingKey } from '../actions/decide-findings.ts'
import { type CheckRow, type FindingRow, findCheck, findingsOf, isUndecided } from '../check-queries.ts'
import { certainties } from '../finding.ts'
import { decisionLabels, kindLabel } from '../kind-label.ts'
import { listOriginals } from '../original-queries.ts'
import { mayDecideFindings, mayReadOriginal } from '../policy.ts'

const may: DeskRoute['may'] = actor => mayDecideFindings(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/personal-data/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/personal-data/:id', may, handle: decide },
]

async function load(ctx: DeskContext, incoming: Incoming): Promise<CheckRow> {
  const id = incoming.params.id ?? ''
  const check = /^[0-9a-f-]{36}$/.test(id) ? await findCheck(ctx.db, id) : null
  if (!check) throw notFound('personal-data.unknown', '没有找到这次检查。稿子送审的时候会检查。')
  permit(mayDecideFindings(ctx.actor, check.organId), 'personal-data.may-not-decide')
  return check
}

async function decide(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const check = await load(ctx, incoming)
  const { form } = incoming
  const read = readForm(decideFindingsInput, { ...form, editionId: check.editionId })
  if (!read.ok) return show(ctx, incoming, { form, errors: read.errors, status: 422 })
  try {
    await decideFindings(ctx, read.value)
    return seeOther(`/personal-data/${check.editionId}?done=decided`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, incoming, { form, errors: { '': error.message }, status: error.status })
  }
}

const done: Record<string, string> = {
  decided: '决定已经记下，会和发布记录一起保存。',
  masked: '已遮盖，并且重新检查过：遮盖的号码不在公开的稿子里了。原文已封存。',
  blocked: '有的地方还没有决定，稿子没有送审。请在下面逐处决定。',
}

interface Tried {
  form: RawForm
  errors: FormErrors
  status: number
}

async function show(ctx: DeskContext, incoming: Incoming, tried?: Tried): Promise<Reply> {
  const check = await load(ctx, incoming)
  const findings = await findingsOf(ctx.db, check.editionId)
  const open = findings.filter(isUndecided)
  const isDraft = check.standing === 'draft'
  const said = done[queryText(incoming, 'done') ?? '']
  const originals = mayReadOriginal(ctx.actor, check.organId)
    ? await listOriginals(ctx.db, check.publicationId)
    : []
  return page({
    title: `个人信息检查：${check.title}`,
    status: tried?.status ?? 200,
    crumbs: [{ label: '个人信息检查', href: '/personal-data' }, { label: check.title }],
    body: (
      <>
        <PageHead
          title="个人信息检查"
          note={`《${check.title}》，${momentInBeijing(check.checkedAt)}检查${
            isDraft ? `，稿子第 ${check.revision} 次保存` : '，已经公开'
          }。`}
          actions={
            <LinkButton href={check.deskAddress}>{isDraft ? '回到稿子' : '打开，写更正稿'}</LinkButton>
          }
        />
        {said && <Notice tone={said === done.blocked ? 'warning' : 'success'} title={said} />}
        {check.waiting > 0 && (
          <Notice tone="warning" title={`有 ${check.waiting} 个附件还在检查，请过一两分钟再送审。`} />
        )}
        {findings.length === 0 && <Notice tone="success" title="没有发现个人信息，也没有错敏词。" />}
        <Found findings={findings} />
        {open.length > 0 && (
          <Sheet title="决定">
            <DecisionForm check={check} open={open} tried={tried} />
          </Sheet>
        )}
        {originals.length > 0 && (
          <Sheet title="封存的原文">
            <ul>
              {originals.map(one => (
                <li key={one.id}>
                  <a class="underline" href={`/personal-data-originals/${one.id}`}>
                    第 {one.revision} 次保存的原文
                  </a>
                  ，{one.keptBy}在 {momentInBeijing(one.keptAt)} 遮盖。打开会记入审计。
                </li>
              ))}
            </ul>
          </Sheet>
        )}
      </>
    ),
  })
}

function Found({ findings }: { findings: readonly FindingRow[] }) {
  if (findings.length === 0) return null
  const words: Readonly<Record<string, string>> = { ...certainties, block: '拦截', warn: '提醒' }
  return (
    <Sheet title="发现" count={findings.length}>
      <DataTable
        caption="发现"
        captionHidden
        columns={[
          { key: 'kind', head: '种类', cell: one => kindLabel(one.kind) },
          { key: 'masked', head: '遮盖后的样子' },
          { key: 'place', head: '位置', cell: one => `${one.place}${one.note ? `（${one.note}）` : ''}` },
          { key: 'certainty', head: '把握', cell: one => words[one.certainty] ?? one.certainty },
          {
            key: 'decision',
            head: '决定',
            cell: one =>
              one.decision && !isUndecided(one)
                ? `${decisionLabels[one.decision as keyof typeof decisionLabels] ?? one.decision}：${one.reason}（${one.decidedBy}${
                    one.decidedAt ? `，${momentInBeijing(one.decidedAt)}` : ''
                  }）`
                : isUndecided(one)
                  ? '等待决定'
                  : '只提醒',
          },
        ]}
        rows={findings}
        rowKey={one => one.number}
      />
    </Sheet>
  )
}

function DecisionForm({
  check,
  open,
  tried,
}: {
  check: CheckRow
  open: readonly FindingRow[]
  tried: Tried | undefined
}) {
  const unique = new Map(open.map(one => [findingKey(one), one]))
  const isDraft = check.standing === 'draft'
  return (
    <Form
      action={`/personal-data/${check.editionId}`}
      values={tried?.form ?? {}}
      errors={tried?.errors ?? {}}
      labels={{ findings: '哪几处', decision: '怎么处理', reason: '理由' }}
      label="决定"
    >
      <CheckboxList
        name="findings"
        label="哪几处"
        hint="同一个号码在同一类位置出现几次，只决定一次。"
        options={[...unique].map(([value, one]) => ({
          value,
          label: `${kindLabel(one.kind)} ${one.masked}：${one.place}`,
        }))}
      />
      <RadioList
        name="decision"
        label="怎么处理"
        options={[
          { value: 'not-personal', label: '不属于个人信息', hint: '例如单位对外的电话、项目编号' },
          {
            value: 'must-be-public',
            label: '依法应当公开',
            hint: '例如行政处罚公示；理由里要写明法规和条款',
          },
          { value: 'looked-at', label: '已人工核对，没有不该公开的', hint: '只用于机器读不了的文件' },
          { value: 'keep-word', label: '用词正确，保留', hint: '只用于错敏词，由审查人员决定' },
        ]}
      />
      <TextArea
        name="reason"
        label="理由"
        rows={3}
        maxLength={500}
        hint="会和发布记录一起长期保存。请不要在这里写出号码。"
      />
      <Actions primary="记下决定" cancel={{ label: '先不办', href: check.deskAddress }}>
        {isDraft && (
          <SubmitButton tone="plain" formAction={`${check.deskAddress}/mask`}>
            遮盖勾选的
          </SubmitButton>
        )}
      </Actions>
    </Form>
  )
}
