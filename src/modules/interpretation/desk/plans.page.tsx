import { dateInBeijing } from '#lib/beijing-time'
import { DueDay, type DutyRow, dutiesAbout, StandingTag } from '#modules/duties'
import { policyKinds } from '#modules/policies'
import { listForPlans, publicationStates } from '#modules/publications'
import type { Staff } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import type { State } from '#ui/components/state-tag'
import { StateTag } from '#ui/components/state-tag'
import { type PlanState, planStates } from '../plan.ts'
import { gatherInterpretations, type Interpretations } from '../plan-queries.ts'
import { mayReadPlans } from '../policy.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/interpretation-plans', may: mayReadPlans, handle: show },
]

const aYear = 365 * 86_400_000
const most = 200

/** 解读方案: the policies in hand and of the last year; first those of which nobody has planned anything. */
async function show(ctx: DeskContext): Promise<Reply> {
  const now = ctx.clock.now()
  const policies = await listForPlans(
    ctx.db,
    now,
    { kinds: policyKinds, organIds: reachOf(ctx.actor), since: new Date(now.getTime() - aYear) },
    most,
  )
  const all = await gatherInterpretations(ctx.db, now, policies)
  const rows = await Promise.all(all.map(async one => ({ ...one, duty: await interpretationDuty(ctx, one) })))
  const open = rows.filter(row => row.state === 'none')
  const rest = rows.filter(row => row.state !== 'none')
  const count = (state: PlanState) => rows.filter(row => row.state === state).length
  return page({
    title: '解读方案',
    crumbs: [{ label: '解读方案' }],
    body: (
      <>
        <PageHead
          title="解读方案"
          note="政策文件和解读同步组织、同步审签、同步部署：谁起草、谁解读，公布后三个工作日内解读公开（R-INT-01 至 R-INT-03）。"
        />
        <Figures
          items={(Object.keys(planStates) as PlanState[]).map(state => ({
            value: count(state),
            label: planStates[state],
            late: state === 'none' && count('none') > 0,
            href: state === 'none' ? '#without' : '#with',
          }))}
        />
        <Sheet title="还没有方案" count={open.length} tone={open.length > 0 ? 'late' : undefined}>
          <div id="without">
            {ByOrgan(open, now, '还没有方案') ?? (
              <EmptyState title="手上的政策文件都有着落">
                起草新的政策文件以后，会出现在这里；不作解读的，在文件的稿子里选明理由。
              </EmptyState>
            )}
          </div>
        </Sheet>
        <Sheet title="已有方案、已公开或者不作解读" count={rest.length}>
          <div id="with">{ByOrgan(rest, now, '已有方案、已公开或者不作解读') ?? <p>还没有。</p>}</div>
        </Sheet>
        {policies.length === most ? <p class="text-soft">只列出最近 {most} 件。</p> : null}
      </>
    ),
  })
}

interface Row extends Interpretations {
  duty: DutyRow | undefined
}

export const reachOf = (actor: Staff): string[] => [
  ...new Set([actor.organId, ...actor.posts.flatMap(post => post.reach)]),
]

/** The duty to interpret within three working days, where it has begun (R-INT-02). */
export async function interpretationDuty(
  ctx: Pick<DeskContext, 'db'>,
  { policy }: Pick<Interpretations, 'policy'>,
): Promise<DutyRow | undefined> {
  if (policy.firstPublicAt === null) return undefined
  const duties = await dutiesAbout(ctx.db, { siteId: policy.siteId, kind: 'publication', id: policy.id })
  return duties.find(duty => duty.rule === 'R-INT-02')
}

export const planTones: Record<PlanState, State> = {
  none: 'late',
  planned: 'info',
  ready: 'soon',
  public: 'met',
  exempt: 'off',
}

/** By organ, in one table; null without rows. */
function ByOrgan(rows: readonly Row[], now: Date, caption: string) {
  if (rows.length === 0) return null
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={[
        {
          key: 'title',
          head: '政策文件',
          cell: ({ policy }) => (
            <>
              <a href={`/interpretation-plans/${policy.publicId}`}>{policy.title}</a>
              <p class="text-soft">
                {policy.organName} · {publicationStates[policy.state]}
                {policy.firstPublicAt ? ` ${dateInBeijing(policy.firstPublicAt)}` : ''}
              </p>
            </>
          ),
        },
        {
          key: 'state',
          head: '解读',
          cell: row => (
            <>
              <StateTag state={planTones[row.state]}>{planStates[row.state]}</StateTag>{' '}
              {row.exempt ?? (row.plan && !row.plan.approvedAt ? '方案待审定' : '')}
            </>
          ),
        },
        {
          key: 'who',
          head: '谁解读、什么时候',
          cell: ({ plan }) =>
            plan ? [plan.interpreters.join('、'), plan.publicOn].filter(Boolean).join('；') : '—',
        },
        {
          key: 'due',
          head: '三个工作日期限',
          cell: ({ duty }) =>
            duty ? (
              <a href={`/duties/${duty.id}`}>
                <DueDay duty={duty} /> <StandingTag duty={duty} now={now} />
              </a>
            ) : (
              '—'
            ),
        },
      ]}
      rows={[...rows].sort((a, b) => a.policy.organName.localeCompare(b.policy.organName, 'zh'))}
      rowKey={row => row.policy.id}
    />
  )
}
