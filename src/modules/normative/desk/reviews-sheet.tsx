import { dateInBeijing } from '#lib/beijing-time'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Actions, CheckboxList, Form, RadioList, SubmitButton, TextArea, TextField } from '#ui/forms'
import type { Facts } from '../missing.ts'
import type { Review } from '../review-queries.ts'
import { materials, neededMaterials, opinionWords, reviewKindNames, reviewKinds } from '../reviews.ts'
import { errorsOf, type SheetProps, typedIn } from './sheet-props.ts'

export function OpinionTag({ review }: { review: Pick<Review, 'kind' | 'opinion'> }) {
  if (!review.opinion) return <StateTag state="soon">等待意见</StateTag>
  const state = { lawful: 'met', 'to-amend': 'soon', unlawful: 'late', withdrawn: 'off' } as const
  return <StateTag state={state[review.opinion]}>{opinionWords(review.kind, review.opinion)}</StateTag>
}

const labels = { kind: '审核', materials: '附上的材料', days: '时限（工作日）', urgentReason: '紧急的理由' }

/** Reviews of the draft, and the form that hands it in (R-NOR-06, R-NOR-07, R-NOR-09, R-DEC-24). */
export function ReviewsSheet(props: SheetProps & { facts: Facts }) {
  const { facts, action, may, fault } = props
  const { reviews, forGovernment, settings, document } = facts
  return (
    <Sheet title="审核" count={reviews.length}>
      <DataTable
        caption="历次审核"
        captionHidden
        columns={[
          {
            key: 'kind',
            head: '审核',
            cell: row => <a href={`/normative-reviews/${row.id}`}>{reviewKinds[row.kind].label}</a>,
          },
          { key: 'organName', head: '审核单位' },
          { key: 'askedAt', head: '送审', cell: row => `${dateInBeijing(row.askedAt)} ${row.askedBy}` },
          {
            key: 'days',
            head: '时限',
            cell: row => `${row.days} 个工作日${row.urgentReason ? '（紧急）' : ''}`,
          },
          { key: 'opinion', head: '意见', cell: row => <OpinionTag review={row} /> },
          {
            key: 'text',
            head: '针对的稿子',
            cell: row => (row.textMark === document.textMark ? '现在的稿子' : '以前的稿子'),
          },
          {
            key: 'act',
            head: '',
            cell: row =>
              may && !row.opinion ? (
                <Form action={action('take-back')} layout="row" id={`back-${row.id}`} label="取回">
                  <input type="hidden" name="reviewId" value={row.id} />
                  <TextField name="reason" label="取回的理由" required width="short" />
                  <SubmitButton tone="plain" small>
                    取回
                  </SubmitButton>
                </Form>
              ) : null,
          },
        ]}
        rows={reviews}
        rowKey={row => row.id}
        empty={<EmptyState title="还没有送审">征求意见、会签、参加会议都不能代替合法性审核。</EmptyState>}
      />
      {may ? (
        <details open={fault.form === 'reviews'}>
          <summary>送审</summary>
          <Form
            action={action('reviews')}
            values={{ kind: forGovernment ? 'own-legality' : 'legality', ...typedIn(props, 'reviews') }}
            errors={errorsOf(props, 'reviews')}
            labels={labels}
            id="reviews"
          >
            <RadioList
              name="kind"
              label={labels.kind}
              required
              options={reviewKindNames
                .filter(name => forGovernment || name !== 'own-legality')
                .map(name => ({
                  value: name,
                  label: reviewKinds[name].label,
                  hint: `要附：${neededMaterials(name, forGovernment)
                    .map(one => materials[one])
                    .join('、')}`,
                }))}
            />
            <CheckboxList
              name="materials"
              label={labels.materials}
              options={Object.entries(materials).map(([value, label]) => ({ value, label }))}
            />
            <TextField
              name="days"
              label={labels.days}
              width="short"
              inputMode="numeric"
              hint={`合法性审核 ${settings.legalityLeast} 至 ${settings.legalityMost} 个工作日；空着给足时间`}
            />
            <TextField
              name="urgentReason"
              label={labels.urgentReason}
              width="full"
              hint="少于最短时限的才填：应对突发事件，或者上级要求立即实施"
            />
            <TextArea name="note" label="说明" rows={2} maxLength={1000} />
            <Actions primary="送审" />
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}
