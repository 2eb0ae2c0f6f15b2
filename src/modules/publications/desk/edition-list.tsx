import { momentInBeijing } from '#lib/beijing-time'
import { DataTable } from '#ui/components/data-table'
import { Sheet } from '#ui/components/sheet'
import { Form, SelectField, SubmitButton } from '#ui/forms'
import type { Said } from '../draft-facts.ts'
import { type EditionRow, hasInterval } from '../draft-queries.ts'
import { EditionChanges } from '../public/edition-changes.tsx'
import { deskAddress } from './desk-address.ts'
import type { LoadedItem } from './load-item.ts'

/** Two editions, the earlier first. */
export interface ChosenEditions {
  before: EditionRow
  after: EditionRow
}
export interface NamedEditions extends ChosenEditions {
  said: { before: Said; after: Said }
}

/** Any two by their numbers; without numbers none. */
export function chosenEditions(
  editions: readonly EditionRow[],
  from: string | undefined,
  to: string | undefined,
): ChosenEditions | null {
  const find = (text: string | undefined) => editions.find(edition => String(edition.number) === text)
  const [one, other] = [find(from), find(to)]
  if (!one || !other || one === other) return null
  return one.number < other.number ? { before: one, after: other } : { before: other, after: one }
}

const nameOf = (edition: EditionRow) =>
  edition.sealedAt ? `第 ${edition.number} 版` : `第 ${edition.number} 版（稿子）`

/** All editions, and what changed between any two of them. */
export function EditionList(props: {
  loaded: LoadedItem
  chosen: NamedEditions | null
  now: Date
  view: 'inline' | 'sides'
}) {
  const { loaded, chosen, now, view } = props
  const { editions, kind, item } = loaded
  const [newest, earlier] = editions
  const options = editions.map(edition => ({ value: String(edition.number), label: nameOf(edition) }))
  return (
    <Sheet title="版本" count={editions.length}>
      <DataTable
        caption="历次版本"
        captionHidden
        columns={[
          { key: 'number', head: '版本', cell: edition => nameOf(edition) },
          { key: 'shown', head: '公开时间', cell: edition => intervalOf(edition, now) },
          { key: 'changeNote', head: '修改说明' },
          { key: 'editedBy', head: '修改人' },
        ]}
        rows={editions}
        rowKey={edition => edition.id}
      />
      <Form
        method="get"
        action={`${deskAddress(item)}#compare`}
        label="比较版本"
        values={{
          from: String(chosen?.before.number ?? earlier?.number ?? ''),
          to: String(chosen?.after.number ?? newest?.number ?? ''),
          view,
        }}
      >
        <SelectField name="from" label="比较" blank={null} options={options} />
        <SelectField name="to" label="和" blank={null} options={options} />
        <SelectField
          name="view"
          label="方式"
          blank={null}
          options={[
            { value: 'inline', label: '合在一起看' },
            { value: 'sides', label: '左右对照' },
          ]}
        />
        <SubmitButton tone="plain">看不同</SubmitButton>
      </Form>
      <div id="compare">
        {chosen && (
          <EditionChanges
            kind={kind}
            before={chosen.said.before}
            after={chosen.said.after}
            names={{ before: nameOf(chosen.before), after: nameOf(chosen.after) }}
            view={view}
          />
        )}
      </div>
    </Sheet>
  )
}

function intervalOf(edition: EditionRow, now: Date): string {
  if (!edition.publicFrom) return edition.submittedAt ? '待审查' : '起草中'
  if (!hasInterval(edition)) return '没有公开过（定时已取消）'
  const from = momentInBeijing(edition.publicFrom)
  if (edition.publicFrom > now) return `定于 ${from}`
  return edition.publicUntil ? `${from} 至 ${momentInBeijing(edition.publicUntil)}` : `${from} 起`
}
