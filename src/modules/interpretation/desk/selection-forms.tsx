import type { FormErrors, RawForm } from '#lib/forms'
import type { PlannedItem } from '#modules/publications'
import { DataTable } from '#ui/components/data-table'
import { Sheet } from '#ui/components/sheet'
import { Actions, DangerAct, Form, HiddenField, SelectField, TextArea, TextField } from '#ui/forms'
import type { Round } from '../selection.ts'
import type { Nomination } from '../selection-queries.ts'

/** What went wrong with one of the forms of a round's page. */
export type Fault = {
  errors: FormErrors
  raw: RawForm
  status: number
  form: 'nominate' | 'take-back' | 'score' | 'publish'
}

export function Nominations(props: { nominations: readonly Nomination[]; items: readonly PlannedItem[] }) {
  const named = new Map(props.items.map(item => [item.id, item]))
  return (
    <Sheet title="提名的解读" count={props.nominations.length}>
      <DataTable
        caption="提名的解读"
        captionHidden
        columns={[
          {
            key: 'title',
            head: '解读',
            cell: one => {
              const item = named.get(one.publicationId)
              return item ? <a href={`/publications/${item.publicId}`}>{item.title}</a> : '（已停止公开）'
            },
          },
          { key: 'reason', head: '理由', cell: one => `${one.reason} —— ${one.nominatedBy}` },
          {
            key: 'jury',
            head: '评委分',
            cell: one =>
              one.judged.length === 0 ? (
                '还没有'
              ) : (
                <details>
                  <summary>{one.judged.length} 位评委</summary>
                  <ul>
                    {one.judged.map(score => (
                      <li key={score.jurorId}>
                        {score.juror}：{score.score}
                        {score.comment ? `，${score.comment}` : ''}
                      </li>
                    ))}
                  </ul>
                </details>
              ),
          },
          {
            key: 'votes',
            head: '读者票',
            cell: one =>
              one.votes === 0 ? (
                '0'
              ) : (
                <details>
                  <summary>{one.votes}</summary>
                  {one.votesByDay.map(({ day, count }) => `${day}：${count}`).join('；')}
                </details>
              ),
          },
          { key: 'place', head: '名次', figures: true, cell: one => one.result?.place ?? '—' },
        ]}
        rows={props.nominations}
        rowKey={one => one.id}
        empty={<p>还没有提名。</p>}
      />
    </Sheet>
  )
}

export function NominationForm(props: {
  round: Round
  items: readonly PlannedItem[]
  fault: Fault | undefined
}) {
  const { round, fault } = props
  const isMine = fault?.form === 'nominate'
  return (
    <Form
      id="nominate"
      action={`/selections/${round.id}/nominate`}
      values={isMine ? fault.raw : {}}
      errors={isMine ? fault.errors : {}}
      labels={{ publication: '解读', reason: '推荐理由' }}
    >
      <SelectField
        name="publication"
        label="解读"
        required
        hint={`${round.year}年公开的。`}
        options={props.items.map(item => ({
          value: item.publicId,
          label: `${item.title}（${item.organName}）`,
        }))}
      />
      <TextArea name="reason" label="推荐理由" required rows={2} maxLength={300} hint="读者投票时会看到。" />
      <Actions primary="提名" />
    </Form>
  )
}

export function ScoreForm(props: {
  round: Round
  nominations: readonly Nomination[]
  items: readonly PlannedItem[]
  fault: Fault | undefined
}) {
  const { round, fault, items } = props
  const isMine = fault?.form === 'score'
  if (props.nominations.length === 0) return <p>没有可以由您评分的解读：不评本单位的。</p>
  return (
    <Form
      id="score"
      action={`/selections/${round.id}/score`}
      values={isMine ? fault.raw : {}}
      errors={isMine ? fault.errors : {}}
      labels={{ nominationId: '解读', score: '分数', comment: '评语' }}
    >
      <HiddenField name="round" value={round.id} />
      <SelectField
        name="nominationId"
        label="解读"
        required
        options={props.nominations.map(one => ({
          value: one.id,
          label: items.find(item => item.id === one.publicationId)?.title ?? '（已停止公开）',
        }))}
      />
      <TextField name="score" label="分数" required inputMode="numeric" width="short" hint="0 至 100。" />
      <TextArea name="comment" label="评语" rows={2} maxLength={300} hint="公布结果时不写名字，一起公布。" />
      <Actions primary="提交评分" />
    </Form>
  )
}

/** Taking back asks why: somebody had recommended it. */
export function TakeBackForm(props: {
  round: Round
  nominations: readonly Nomination[]
  items: readonly PlannedItem[]
  fault: Fault | undefined
}) {
  const { round, fault, items } = props
  const isMine = fault?.form === 'take-back'
  return (
    <DangerAct
      label="撤回提名"
      warning="撤回以后，这篇解读不参加这一届评选；投票开始以前还可以重新提名。"
      action={`/selections/${round.id}/take-back`}
      confirm="撤回"
      values={isMine ? fault.raw : {}}
      errors={isMine ? fault.errors : {}}
      labels={{ nominationId: '解读', reason: '撤回的理由' }}
    >
      <SelectField
        name="nominationId"
        label="撤回哪一篇"
        required
        options={props.nominations.map(one => ({
          value: one.id,
          label: items.find(item => item.id === one.publicationId)?.title ?? '（已停止公开）',
        }))}
      />
      <TextField name="reason" label="撤回的理由" required width="full" />
    </DangerAct>
  )
}
