import { type RawForm, textOf, textsOf } from '#lib/forms'
import type { Context } from '#platform/context'
import { CheckboxList, FieldGroup, HiddenField, SelectField } from '#ui/forms'
import type { EditionRow } from '../draft-queries.ts'
import { type FilingChoice, type FilingFacts, filing } from '../filing.ts'

/** What is offered for an edition; what a form said that was given back goes before what is stored. */
export async function loadFiling(
  ctx: Pick<Context, 'db' | 'clock'>,
  facts: FilingFacts,
  raw: RawForm,
): Promise<FilingChoice[]> {
  const choices = await filing().offer(ctx, facts)
  if (textOf(raw, 'filingAsked') === '') return choices
  const typed = new Set(textsOf(raw, 'filedUnder'))
  return choices.map(choice => ({ ...choice, chosen: typed.has(choice.value) }))
}

/** 公开目录: what the edition is published under; the likely ones to be ticked, all others to be picked one at a time. */
export function FilingFields({ choices }: { choices: readonly FilingChoice[] }) {
  if (choices.length === 0) return null
  const first = choices.filter(one => one.chosen || one.suggested !== null)
  const rest = choices.filter(one => !first.includes(one) && !one.retired)
  return (
    <FieldGroup
      legend="公开目录"
      hint="公开以后，它按公开的时间完成本单位在这个事项下最早到期的一项公开义务。对不上的可以都不选。"
    >
      <HiddenField name="filingAsked" value="yes" />
      {first.length > 0 && (
        <CheckboxList
          name="filedUnder"
          label="归入哪些目录事项"
          options={first.map(one => ({
            value: one.value,
            label: `${one.group}：${one.label}`,
            hint: one.retired
              ? '这个事项已经停用，发布前请去掉它'
              : (one.suggested && `建议：${one.suggested}`) || undefined,
          }))}
          values={first.filter(one => one.chosen).map(one => one.value)}
        />
      )}
      {rest.length > 0 && (
        <SelectField
          name="filedUnderMore"
          label={first.length > 0 ? '再加一个目录事项' : '归入哪个目录事项'}
          blank="不加"
          options={rest.map(one => ({ value: one.value, label: one.label, group: one.group }))}
        />
      )}
    </FieldGroup>
  )
}

export const filingFacts = (
  item: { id: string; siteId: string; organId: string },
  draft: Pick<EditionRow, 'id' | 'title' | 'keywords' | 'theme' | 'columnIds'>,
): FilingFacts => ({
  publicationId: item.id,
  editionId: draft.id,
  siteId: item.siteId,
  organId: item.organId,
  title: draft.title,
  keywords: draft.keywords,
  theme: draft.theme,
  columnIds: draft.columnIds,
})
