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
import { LinkButton, PostButton } from '#ui/forms'
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
import { OneName } from './one-name.tsx'
import { WaitingNames } from './waiting-names.tsx'

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
            rest={queryText(incoming, 'rest') === 'outside' ? 'outside' : ''}
          />
        )}
        {decided.length > 0 ? (
          <DecidedNames planId={plan.id} names={decided} organs={organs} isReview={isReview} />
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

function DecidedNames(props: {
  planId: string
  names: readonly PrintedName[]
  organs: readonly Organ[]
  isReview: boolean
}) {
  const { planId, names, organs, isReview } = props
  const organName = new Map(organs.map(organ => [organ.id, organ.shortName]))
  return (
    <DataTable
      caption={`已经认定的 · ${names.length}`}
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
                action={`/plan-names/${planId}`}
                label="重新认定"
                hidden={{ act: 'undo', printed }}
                small
                tone="quiet"
              />
            ) : null,
        },
      ]}
      rows={names}
      rowKey={name => name.printed}
    />
  )
}
