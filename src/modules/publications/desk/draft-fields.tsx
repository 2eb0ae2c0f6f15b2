import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import { CheckboxField, DateField, FieldGroup, SelectField, TextArea, TextField } from '#ui/forms'
import { relationLabels } from '../draft-facts.ts'
import type { FilingChoice } from '../filing.ts'
import { type CommonField, commonFields, type Kind } from '../kind.ts'
import { type KindField, kindFields } from '../kind-fields.ts'
import { AttachmentFields } from './attachment-fields.tsx'
import { BodyField } from './body-field.tsx'
import { type ColumnChoice, ColumnFields } from './column-fields.tsx'
import { FilingFields } from './filing-fields.tsx'

export interface DraftFieldsProps {
  kind: Kind
  raw: RawForm
  errors: FormErrors
  siteId: string
  columns: ColumnChoice
  /** Readers have seen an earlier edition: they are told why this one differs. */
  isCorrection: boolean
  filing: readonly FilingChoice[]
}

/** The form of a draft by its kind: what the kind uses, then what it says of its own, the text, and where it is shown. */
export function DraftFields({ kind, raw, errors, siteId, columns, isCorrection, filing }: DraftFieldsProps) {
  const facts = kind.uses.filter(field => !describing.has(field))
  const descriptions = kind.uses.filter(field => describing.has(field))
  return (
    <>
      <TextField name="title" label="标题" required maxLength={200} width="full" />
      {isCorrection && (
        <TextField
          name="changeNote"
          label="修改说明"
          required
          maxLength={300}
          width="full"
          hint="读者在“历次版本”里会看到，例如“更正第三条的联系电话”。"
        />
      )}
      {facts.includes('issuers') && <Common field="issuers" kind={kind} raw={raw} />}
      <div class="grid items-end gap-6 sm:grid-cols-2">
        {facts
          .filter(field => field !== 'issuers')
          .map(field => (
            <Common key={field} field={field} kind={kind} raw={raw} />
          ))}
      </div>
      {grouped(kindFields(kind)).map(([group, fields]) =>
        group === undefined ? (
          fields.map(field => <Own key={field.name} field={field} current={textOf(raw, field.formName)} />)
        ) : (
          <FieldGroup key={group} legend={group}>
            {fields.map(field => (
              <Own key={field.name} field={field} current={textOf(raw, field.formName)} />
            ))}
          </FieldGroup>
        ),
      )}
      <BodyField value={textOf(raw, 'bodyHtml')} error={errors.bodyHtml} siteId={siteId} />
      <AttachmentFields raw={raw} />
      <FieldGroup legend="显示在哪里">
        <ColumnFields choice={columns} raw={raw} />
        {kind.hasValidity || (
          <DateField
            name="shownUntil"
            label="公示截止日"
            hint="只有到期要下线的（例如公示）才填写。这一天过完就停止公开，地址保留，写明期限已满。"
          />
        )}
      </FieldGroup>
      <FilingFields choices={filing} />
      <LinkFields links={linksOf(kind, raw)} />
      {descriptions.length > 0 && (
        <FieldGroup legend="描述和来源">
          {descriptions.map(field => (
            <Common key={field} field={field} kind={kind} raw={raw} />
          ))}
        </FieldGroup>
      )}
    </>
  )
}

const describing = new Set<CommonField>(['summary', 'keywords', 'source', 'author'])
const dates = new Set<CommonField>(['signedOn', 'effectiveFrom', 'validUntil'])

const hints: Partial<Record<CommonField, string>> = {
  docNo: '例如“云政发〔2026〕12号”：用六角括号，不写“第”。',
  issuers: '多个机关用顿号隔开，主办机关在前。',
  validUntil: '有有效期的填写最后一天；没有就不填。',
  summary: '一两句话说清这是什么，列表和搜索里会用到。',
  keywords: '用逗号隔开。',
  source: '文字从哪里来，一般是起草的机关。',
}

function Common({ field, kind, raw }: { field: CommonField; kind: Kind; raw: RawForm }) {
  const props = {
    name: field,
    label: commonFields[field],
    required: kind.requires.includes(field),
    hint: hints[field],
  }
  const choices = kind.choices?.[field]
  if (dates.has(field)) return <DateField {...props} />
  if (choices) return <SelectField {...props} options={withCurrent(choices, textOf(raw, field))} />
  if (field === 'summary') return <TextArea {...props} rows={3} maxLength={500} />
  return <TextField {...props} width={field === 'issuers' || field === 'keywords' ? 'full' : 'medium'} />
}

/** A word that an import brought stays possible. */
const withCurrent = (choices: readonly string[], current: string) =>
  [...new Set([...choices, current])].filter(word => word !== '').map(word => ({ value: word, label: word }))

/** Neighbours of one group together, in their order. */
function grouped(fields: readonly KindField[]): [group: string | undefined, fields: KindField[]][] {
  const groups: [string | undefined, KindField[]][] = []
  for (const field of fields) {
    const last = groups.at(-1)
    if (last && last[0] === field.group) last[1].push(field)
    else groups.push([field.group, [field]])
  }
  return groups
}

function Own({ field, current }: { field: KindField; current: string }) {
  const { formName: name, label, hint, required, input } = field
  const props = { name, label, hint, required }
  switch (input) {
    case 'select':
      return (
        <SelectField
          {...props}
          // What was typed before there was a choice stays possible
          options={Object.entries({ ...(current ? { [current]: current } : {}), ...field.options }).map(
            ([value, word]) => ({ value, label: word }),
          )}
        />
      )
    case 'date':
      return <DateField {...props} />
    case 'textarea':
      return <TextArea {...props} rows={4} />
    case 'lines':
      return <TextArea {...props} rows={4} hint={[hint, '一行一项。'].filter(Boolean).join(' ')} />
    case 'checkbox':
      return <CheckboxField {...props} />
    default:
      return <TextField {...props} width="full" />
  }
}

const typed = ['interprets', 'cites', 'replaces', 'repeals', 'amends', 'partly-repeals']
const effects = new Set(['repeals', 'amends', 'partly-repeals'])

/** What the kind offers, and what an edition already says beyond that: saving must not lose it. */
const linksOf = (kind: Kind, raw: RawForm): Record<string, string> => ({
  ...kind.links,
  ...Object.fromEntries(
    typed
      .filter(type => !kind.links?.[type] && textOf(raw, type) !== '')
      .map(type => [type, relationLabels[type] ?? type]),
  ),
})

function LinkFields({ links }: { links: Readonly<Record<string, string>> }) {
  if (Object.keys(links).length === 0) return null
  return (
    <FieldGroup
      legend="和其他文件的关系"
      hint="一行一件。写文号和标题，例如“云政办发〔2021〕18号 《云溪县农村饮水工程管护办法》”，也可以贴本网站的地址。库里还没有的文件也能写，以后收进来会自动连上。"
    >
      {Object.entries(links).map(([type, label]) => (
        <TextArea
          key={type}
          name={type}
          label={label}
          rows={2}
          hint={
            effects.has(type)
              ? '从另一天起生效的，在行末写 @ 和日期，例如“@ 2026-12-01”；不写就从本文件施行之日起。'
              : undefined
          }
        />
      ))}
    </FieldGroup>
  )
}

/** Names for the links of the error summary. */
export function draftLabels(kind: Kind): Record<string, string> {
  return {
    ...relationLabels,
    ...kind.links,
    ...commonFields,
    ...Object.fromEntries(kindFields(kind).map(field => [field.formName, field.label])),
    title: '标题',
    bodyHtml: '正文',
    changeNote: '修改说明',
    mainColumn: '栏目',
    filedUnder: '目录事项',
    shownUntil: '公示截止日',
    newFiles: '附件',
  }
}
