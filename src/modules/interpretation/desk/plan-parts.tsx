import { inChinese, momentInBeijing } from '#lib/beijing-time'
import { type FormErrors, type RawForm, textsOf } from '#lib/forms'
import { publicationStates } from '#modules/publications'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  CheckboxField,
  CheckboxList,
  DateField,
  Form,
  HiddenField,
  TextArea,
  TextField,
} from '#ui/forms'
import { formWord, interpretationForms } from '../forms.ts'
import { type Channel, channels, type Plan } from '../plan.ts'
import type { Interpretations } from '../plan-queries.ts'

const labels = {
  draftedBy: '起草单位、科室',
  interpreters: '解读人',
  forms: '解读形式',
  channels: '发布渠道',
  publicOn: '计划公开日期',
  note: '备注',
}

export function PlanFacts({ plan }: { plan: Plan }) {
  return (
    <Sheet title="方案">
      <DefinitionList
        items={[
          { term: '起草单位、科室', value: plan.draftedBy },
          { term: '解读人', value: plan.interpreters.join('；'), wide: true },
          { term: '领导解读', value: plan.leaderSpeaks ? '由单位主要负责人亲自解读' : null },
          { term: '形式', value: plan.forms.map(form => formWord(form) ?? form).join('、') },
          { term: '渠道', value: plan.channels.map(one => channels[one as Channel] ?? one).join('、') },
          { term: '计划公开', value: plan.publicOn ? inChinese(plan.publicOn) : '和文件同时' },
          { term: '备注', value: plan.note || null, wide: true },
          {
            term: '审定',
            value: plan.approvedAt ? `${plan.approvedBy} ${momentInBeijing(plan.approvedAt)}` : '还没有审定',
          },
          { term: '最后修改', value: `${plan.changedBy} ${momentInBeijing(plan.changedAt)}` },
        ]}
      />
    </Sheet>
  )
}

export function Materials({ found }: { found: Interpretations }) {
  return (
    <Sheet title="解读材料" count={found.materials.length}>
      <DataTable
        caption="解读材料"
        captionHidden
        columns={[
          {
            key: 'title',
            head: '标题',
            cell: item => <a href={`/publications/${item.publicId}`}>{item.title}</a>,
          },
          { key: 'form', head: '形式', cell: item => formWord(item.fields.form) ?? '—' },
          { key: 'state', head: '状态', cell: item => publicationStates[item.state] },
        ]}
        rows={found.materials}
        rowKey={item => item.id}
        empty={<p>还没有解读材料。编制方案以后，从这里起草，解读稿会自动连到文件。</p>}
      />
    </Sheet>
  )
}

export function PlanForm(props: { address: string; raw: RawForm; errors: FormErrors; hasPlan: boolean }) {
  const { raw } = props
  return (
    <Form action={props.address} values={raw} errors={props.errors} labels={labels} label="解读方案">
      <HiddenField name="revision" value={textsOf(raw, 'revision')[0] ?? '0'} />
      <TextField name="draftedBy" label={labels.draftedBy} required maxLength={80} hint="谁起草、谁解读。" />
      <TextArea
        name="interpreters"
        label={labels.interpreters}
        required
        rows={3}
        hint="姓名和职务，用空格隔开，一行一人，例如“罗建平 局长”。重要政策由主要负责人作第一解读人。"
      />
      <CheckboxField name="leaderSpeaks" label="由单位主要负责人亲自解读" />
      <CheckboxList
        name="forms"
        label={labels.forms}
        required
        options={Object.entries(interpretationForms).map(([value, label]) => ({ value, label }))}
      />
      <CheckboxList
        name="channels"
        label={labels.channels}
        required
        options={Object.entries(channels).map(([value, label]) => ({ value, label }))}
      />
      <DateField name="publicOn" label={labels.publicOn} hint="不填：和文件同时公开。" />
      <TextArea name="note" label={labels.note} rows={2} maxLength={500} />
      <Actions
        primary={props.hasPlan ? '保存修改' : '保存方案'}
        cancel={{ label: '返回', href: '/interpretation-plans' }}
      />
    </Form>
  )
}
