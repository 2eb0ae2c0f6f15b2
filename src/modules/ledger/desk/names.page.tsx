import { type FormErrors, readForm, textOf, textsOf } from '#lib/forms'
import type { Organ } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import {
  Actions,
  CheckboxField,
  CheckboxList,
  Form,
  HiddenField,
  LinkButton,
  PostButton,
  RadioList,
  SubmitButton,
} from '#ui/forms'
import {
  decideName,
  decideNameInput,
  decideNames,
  decideSureNames,
  isSureName,
  undecideName,
} from '../actions/decide-name.ts'
import { namesOf, type PrintedName } from '../names.ts'
import { listNameDecisions } from '../owing-queries.ts'
import { planState } from '../plan.ts'
import { mayKeepLedger } from '../policy.ts'
import { listTasks } from '../queries.ts'
import { asErrors, loadPlan } from './load-plan.ts'

const may: DeskRoute['may'] = actor => mayKeepLedger(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/plan-names/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/plan-names/:id', may, handle: decide },
]

async function decide(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const { form } = incoming
  const printed = textOf(form, 'printed')
  try {
    if (textOf(form, 'act') === 'sure') {
      const many = await decideSureNames(ctx, plan.id)
      return seeOther(`/plan-names/${plan.id}?done=sure&many=${many}`)
    }
    if (textOf(form, 'act') === 'many') {
      const chosen = chosenIn(form)
      if (chosen.length === 0)
        return show(ctx, incoming, { '': '还没有选。请在表里给名称选定机构，再按“认定选好的”。' })
      const inputs = chosen.map(one => decideNameInput.parse({ ...one, planId: plan.id }))
      await decideNames(ctx, inputs)
      return seeOther(`/plan-names/${plan.id}?done=many`)
    }
    if (textOf(form, 'act') === 'undo') {
      await undecideName(ctx, plan.id, printed)
      return seeOther(`/plan-names/${plan.id}?done=undone`)
    }
    const read = readForm(decideNameInput, {
      ...form,
      planId: plan.id,
      organIds: textsOf(form, 'organIds'),
    })
    if (!read.ok) return show(ctx, incoming, { '': Object.values(read.errors)[0] ?? '' })
    await decideName(ctx, read.value)
    return seeOther(`/plan-names/${plan.id}?done=decided`)
  } catch (error) {
    return show(ctx, incoming, asErrors(error))
  }
}

/** What was chosen in the table: `as-N` says whom the name `printed-N` means; ids of organs, or `outside`. */
function chosenIn(form: Incoming['form']) {
  return Object.keys(form).flatMap(field => {
    const [, at] = /^as-(\d{1,4})$/.exec(field) ?? []
    const as = textOf(form, field)
    if (at === undefined || as === '') return []
    return [
      {
        printed: textOf(form, `printed-${at}`),
        means: as === 'outside' ? 'outside' : 'organs',
        organIds: as === 'outside' ? [] : as.split(','),
        remember: textOf(form, `remember-${at}`),
      },
    ]
  })
}

/** Each printed name once: whom it may mean and why, in how many tasks it stands, and what was decided. */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const [tasks, decisions] = await Promise.all([
    listTasks(ctx.db, plan.id),
    listNameDecisions(ctx.db, plan.id),
  ])
  const { names, organs } = await namesOf(ctx.db, plan, tasks, decisions)
  const waiting = names.filter(name => name.decision === null)
  const decided = names.filter(name => name.decision !== null)
  const organName = new Map(organs.map(organ => [organ.id, organ.shortName]))
  const isReview = planState(plan) === 'review'
  const sure = names.filter(isSureName).length
  const asked = queryText(incoming, 'name') ?? textOf(incoming.form, 'printed')
  const opened = waiting.find(name => name.printed === asked)
  const done = doneWords[queryText(incoming, 'done') ?? '']
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: `认定单位：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/plan-reviews/${plan.id}` },
      { label: '认定单位' },
    ],
    body: (
      <>
        <PageHead
          title="认定单位"
          note={`《${plan.title}》里出现的单位名称，一个列一次。认定以后任务才落到机构头上。`}
          actions={
            <>
              {isReview && sure > 0 ? (
                <PostButton
                  action={`/plan-names/${plan.id}`}
                  label={`采用全部确定的（${sure}）`}
                  hidden={{ act: 'sure' }}
                  tone="primary"
                />
              ) : null}
              <LinkButton href={`/plan-reviews/${plan.id}`}>回到核对</LinkButton>
            </>
          }
        />
        {done ? <Notice tone="success" title={done} /> : null}
        {errors[''] ? <Notice tone="error" title={errors['']} /> : null}
        {opened && isReview ? <OneName planId={plan.id} name={opened} organs={organs} /> : null}
        <h2>还没有认定的 · {waiting.length}</h2>
        {waiting.length === 0 ? (
          <EmptyState title={names.length === 0 ? '文件里没有写单位' : '全部认定了'}>
            {names.length === 0 ? '可以在核对页面给任务补上单位。' : '可以回到核对页面，把任务列入台账。'}
          </EmptyState>
        ) : (
          <WaitingNames
            planId={plan.id}
            names={waiting}
            organs={organs}
            isReview={isReview}
            form={incoming.form}
          />
        )}
        {decided.length > 0 ? (
          <DataTable
            caption={`已经认定的 · ${decided.length}`}
            columns={[
              { key: 'printed', head: '文件里的写法' },
              { key: 'tasks', head: '任务数', figures: true },
              {
                key: 'means',
                head: '认定为',
                cell: ({ decision }) =>
                  decision?.means === 'outside'
                    ? '不是本级政府的单位'
                    : decision?.organIds.map(id => organName.get(id) ?? '（已撤销的机构）').join('、'),
              },
              { key: 'by', head: '认定人', cell: ({ decision }) => decision?.decidedBy },
              {
                key: 'undo',
                head: '',
                cell: ({ printed }) =>
                  isReview ? (
                    <PostButton
                      action={`/plan-names/${plan.id}`}
                      label="重新认定"
                      hidden={{ act: 'undo', printed }}
                      small
                      tone="quiet"
                    />
                  ) : null,
              },
            ]}
            rows={decided}
            rowKey={name => name.printed}
          />
        ) : null}
      </>
    ),
  })
}

const doneWords: Record<string, string> = {
  sure: '确定的名称已经采用。',
  undone: '已退回，请重新认定。',
  decided: '已认定。',
  many: '选好的已经认定。',
}

const howTones = {
  name: 'met',
  'short-name': 'met',
  alias: 'met',
  group: 'soon',
  unresolved: 'late',
} as const

const howWords = {
  name: '全称',
  'short-name': '简称',
  alias: '记住的叫法',
  group: '一组单位',
  unresolved: '没有对上',
}

/** One line a name, one button for all of them; what the directory is sure of is chosen already. */
function WaitingNames(props: {
  planId: string
  names: readonly PrintedName[]
  organs: readonly Organ[]
  isReview: boolean
  form: Incoming['form']
}) {
  const { planId, names, organs, isReview, form } = props
  const rows = names.map((name, at) => ({ name, at }))
  const typed = textOf(form, 'act') === 'many'
  const asOf = ({ name, at }: (typeof rows)[number]) => {
    if (typed) return textOf(form, `as-${at}`)
    return isSureName(name) ? name.proposal.organIds.join(',') : ''
  }
  return (
    <form method="post" action={`/plan-names/${planId}`} aria-label="认定单位">
      <input type="hidden" name="act" value="many" />
      <DataTable
        caption="确定的已经选好；选一个机构用列表，选几个用“选几个”。没有选的留着以后认定。"
        columns={[
          {
            key: 'printed',
            head: '文件里的写法',
            cell: ({ name, at }) => (
              <>
                <input type="hidden" name={`printed-${at}`} value={name.printed} />
                <b>{name.printed}</b> <span class="text-soft">{name.tasks} 项任务</span>
              </>
            ),
          },
          {
            key: 'proposal',
            head: '目录里',
            cell: ({ name: { proposal } }) => (
              <>
                <StateTag state={howTones[proposal.how]}>{howWords[proposal.how]}</StateTag>{' '}
                <span class="text-sm text-soft">{proposal.why}</span>
              </>
            ),
          },
          ...(isReview
            ? [
                {
                  key: 'as',
                  head: '认定为',
                  cell: (row: (typeof rows)[number]) => (
                    <MeansSelect row={row} organs={organs} chosen={asOf(row)} planId={planId} />
                  ),
                },
                {
                  key: 'remember',
                  head: '以后',
                  cell: ({ name, at }: (typeof rows)[number]) =>
                    ['name', 'alias', 'group'].includes(name.proposal.how) ? null : (
                      <label class="choice whitespace-nowrap">
                        <input
                          class="checkbox"
                          type="checkbox"
                          name={`remember-${at}`}
                          value="yes"
                          checked={typed && textOf(form, `remember-${at}`) === 'yes'}
                        />
                        <span>
                          记住<span class="sr-only">“{name.printed}”这个叫法</span>
                        </span>
                      </label>
                    ),
                },
              ]
            : []),
        ]}
        rows={rows}
        rowKey={({ name }) => name.printed}
      />
      {isReview ? (
        <div class="actions my-4">
          <SubmitButton>认定选好的</SubmitButton>
        </div>
      ) : null}
    </form>
  )
}

function MeansSelect(props: {
  row: { name: PrintedName; at: number }
  organs: readonly Organ[]
  chosen: string
  planId: string
}) {
  const { row, organs, chosen, planId } = props
  const { printed, proposal } = row.name
  const nameOf = new Map(organs.map(organ => [organ.id, organ.shortName]))
  const likely = [
    ...new Set([
      ...(proposal.organIds.length === 1 ? proposal.organIds : []),
      ...proposal.candidates.map(one => one.organId),
    ]),
  ]
  const option = (id: string) => (
    <option key={id} value={id} selected={id === chosen}>
      {nameOf.get(id) ?? ''}
    </option>
  )
  const many = proposal.organIds.length > 1 ? proposal.organIds.join(',') : null
  return (
    <div class="name-choice">
      <select class="select" name={`as-${row.at}`} aria-label={`“${printed}”认定为`}>
        <option value="">先不认定</option>
        {many ? (
          <option value={many} selected={many === chosen}>
            目录里的 {proposal.organIds.length} 个机构
          </option>
        ) : null}
        {likely.length > 0 ? <optgroup label="可能是">{likely.map(option)}</optgroup> : null}
        <option value="outside" selected={chosen === 'outside'}>
          不是本级政府的单位
        </option>
        <optgroup label="本级机构">
          {organs.filter(organ => !likely.includes(organ.id)).map(organ => option(organ.id))}
        </optgroup>
      </select>
      <a href={`/plan-names/${planId}?name=${encodeURIComponent(printed)}`}>
        选几个<span class="sr-only">：{printed}</span>
      </a>
    </div>
  )
}

/** One name that means several organs, or whose proposal is to be looked at closely. */
function OneName(props: { planId: string; name: PrintedName; organs: readonly Organ[] }) {
  const { name, organs } = props
  const { proposal } = name
  const proposed = new Set(proposal.organIds)
  const first = new Set([...proposal.organIds, ...proposal.candidates.map(one => one.organId)])
  const why = new Map(proposal.candidates.map(one => [one.organId, one.why]))
  const ordered = [...organs.filter(one => first.has(one.id)), ...organs.filter(one => !first.has(one.id))]
  return (
    <Sheet title={`“${name.printed}”指哪些机构`}>
      <p class="text-soft">{proposal.why}</p>
      <Form
        action={`/plan-names/${props.planId}`}
        id="one-name"
        label={`认定“${name.printed}”`}
        values={{ means: 'organs' }}
      >
        <HiddenField name="printed" value={name.printed} />
        <RadioList
          name="means"
          label="它指"
          options={[
            { value: 'organs', label: '下面选中的机构（可以选几个）' },
            { value: 'outside', label: '不是本级政府的单位（例如上级部门、垂直管理单位）' },
          ]}
        />
        <CheckboxList
          name="organIds"
          label="机构"
          values={[...proposed]}
          options={ordered.map(organ => ({
            value: organ.id,
            label: organ.shortName === organ.name ? organ.name : `${organ.shortName}（${organ.name}）`,
            hint: why.get(organ.id),
          }))}
        />
        {proposal.how === 'name' || proposal.how === 'alias' ? null : (
          <CheckboxField name="remember" label="记住这个叫法：以后读到它就认作这个机构（只选了一个机构时）" />
        )}
        <Actions primary="认定" cancel={{ label: '返回', href: `/plan-names/${props.planId}` }} />
      </Form>
    </Sheet>
  )
}
