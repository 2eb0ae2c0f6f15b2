import { dateInBeijing } from '#lib/beijing-time'
import { readForm } from '#lib/forms'
import { listSites, organTypes } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { PostButton } from '#ui/forms'
import { choosePeriodic, choosePeriodicInput } from '../actions/choose-periodic.ts'
import { type PeriodicRule, periodicRules } from '../periodic.ts'
import { mayReadCalendar, mayWaive } from '../policy.ts'
import { listPeriodicChoices } from '../queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/periodic-duties', may: mayReadCalendar, handle: show },
  { method: 'POST', path: '/periodic-duties', may: actor => mayWaive(actor), handle: choose },
]

async function choose(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(choosePeriodicInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, Object.values(read.errors)[0])
  await choosePeriodic(ctx, read.value)
  return seeOther('/periodic-duties?done=chosen')
}

/** 定期义务: what comes round every year or quarter, and whether it is owed here. */
async function show(ctx: DeskContext, incoming: Incoming, error?: string): Promise<Reply> {
  const [sites, choices] = await Promise.all([listSites(ctx.db), listPeriodicChoices(ctx.db)])
  const chosenFor = (siteId: string, rule: PeriodicRule) =>
    choices.find(choice => choice.siteId === siteId && choice.rule === rule.rule)
  return page({
    status: error ? 422 : 200,
    title: '定期义务',
    crumbs: [{ label: '公开义务', href: '/duties' }, { label: '定期义务' }],
    body: (
      <>
        <PageHead
          title="定期义务"
          note="每年、每季度都要做的事。开启的每到期间自动给各单位生成义务；停用的不再生成，已经生成的照旧。"
        />
        {error ? <Notice tone="error" title={error} /> : null}
        {incoming.query.done === 'chosen' ? (
          <Notice tone="success" title="已保存，今晚起按新的设置生成。" />
        ) : null}
        {sites.map(site => (
          <Sheet key={site.id} title={site.name}>
            <DataTable
              caption={`${site.name}的定期义务`}
              captionHidden
              columns={[
                { key: 'article', head: '义务' },
                { key: 'every', head: '周期', cell: rule => (rule.every === 'year' ? '每年' : '每季度') },
                {
                  key: 'owedBy',
                  head: '谁来做',
                  cell: rule => rule.owedBy.map(type => organTypes[type]).join('、'),
                },
                {
                  key: 'owed',
                  head: '状态',
                  cell: rule => <Owed rule={rule} choice={chosenFor(site.id, rule)} />,
                },
                {
                  key: 'act',
                  head: '',
                  cell: rule => {
                    const owed = chosenFor(site.id, rule)?.owed ?? rule.usual
                    return mayWaive(ctx.actor, site.organId) ? (
                      <PostButton
                        action="/periodic-duties"
                        label={owed ? '停用' : '开启'}
                        hidden={{ siteId: site.id, rule: rule.rule, owed: owed ? 'no' : 'yes' }}
                        small
                      />
                    ) : null
                  },
                },
              ]}
              rows={periodicRules}
              rowKey={rule => rule.rule}
            />
          </Sheet>
        ))}
      </>
    ),
  })
}

function Owed(props: {
  rule: PeriodicRule
  choice: { owed: boolean; changedBy: string; changedAt: Date } | undefined
}) {
  const { rule, choice } = props
  return (
    <>
      <StateTag state={(choice?.owed ?? rule.usual) ? 'met' : 'off'}>
        {(choice?.owed ?? rule.usual) ? '开启' : '停用'}
      </StateTag>
      {choice ? (
        <p class="text-soft">
          {choice.changedBy} {dateInBeijing(choice.changedAt)}
        </p>
      ) : null}
    </>
  )
}
