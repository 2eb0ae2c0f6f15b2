import type { VNode } from 'preact'
import type { DeskContext } from '#platform/context'
import { DataTable } from '#ui/components/data-table'
import { Sheet } from '#ui/components/sheet'
import { LinkButton } from '#ui/forms'
import { selectDuties } from '../duty-queries.ts'
import { dutyReach } from '../policy.ts'
import { DueDay, StandingTag } from '../standing-tag.tsx'

const shown = 8

/** What the organs of this person owe now: late, or due within seven days, by the clock. Null: nothing presses. */
export async function dutiesAtHand(ctx: DeskContext): Promise<VNode | null> {
  const now = ctx.clock.now()
  const own = new Set([ctx.actor.organId, ...ctx.actor.posts.map(post => post.organId)])
  const organIds = dutyReach(ctx.actor).filter(id => own.has(id))
  if (organIds.length === 0) return null
  const found = await selectDuties(ctx.db, now, { organIds, show: 'week' }, { page: 1, pageSize: shown })
  if (found.total === 0) return null
  return (
    <Sheet
      title="逾期和七天内到期的义务"
      count={found.total}
      actions={
        found.total > shown && (
          <LinkButton small href="/duties">
            全部
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="逾期和七天内到期的义务"
        captionHidden
        columns={[
          {
            key: 'title',
            head: '义务',
            cell: duty => (
              <>
                <a href={`/duties/${duty.id}`}>{duty.title}</a>
                <div class="field-hint">
                  {duty.subjectLabel} · {duty.article}
                </div>
              </>
            ),
          },
          { key: 'due', head: '到期', cell: duty => <DueDay duty={duty} /> },
          { key: 'standing', head: '状态', cell: duty => <StandingTag duty={duty} now={now} /> },
        ]}
        rows={found.rows}
        rowKey={duty => duty.id}
      />
    </Sheet>
  )
}
