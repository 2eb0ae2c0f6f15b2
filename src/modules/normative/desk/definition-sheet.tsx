import { dateInBeijing } from '#lib/beijing-time'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  CheckboxField,
  DateField,
  FieldGroup,
  Form,
  HiddenField,
  RadioList,
  SelectField,
  TextArea,
  TextField,
} from '#ui/forms'
import { answerWords, elementNames, elements, exclusions, outcomes, suggestAnswers } from '../definition.ts'
import type { Facts } from '../missing.ts'
import { errorsOf, type SheetProps, typedIn } from './sheet-props.ts'

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** R-NOR-01, R-NOR-02: the questions, first answered as title and genre suggest. */
export function DefinitionSheet(props: SheetProps & { facts: Facts; mayDecide: boolean }) {
  const { facts, action, may, mayDecide } = props
  const { document, determination } = facts
  const suggested = suggestAnswers(document.title, document.genre)
  const values = { ...(determination?.answers ?? suggested.answers), ...typedIn(props, 'determine') }
  return (
    <Sheet title="是不是规范性文件">
      {determination ? (
        <DefinitionList
          items={[
            { term: '结论', value: outcomes[determination.outcome] },
            { term: '理由', value: determination.reason },
            {
              term: determination.decided ? '决定' : '认定',
              value: `${dateInBeijing(determination.recordedAt)} ${determination.recordedBy}`,
            },
          ]}
        />
      ) : null}
      {!determination && suggested.why ? (
        <Notice tone="info" title={suggested.why}>
          下面先按标题和体裁填了答案，请对照内容核对。
        </Notice>
      ) : null}
      {may ? (
        <details open={!determination || props.fault.form === 'determine'}>
          <summary>{determination ? '重新回答' : '回答问题'}</summary>
          <Form
            action={action('determine')}
            values={values}
            errors={errorsOf(props, 'determine')}
            id="determine"
          >
            <HiddenField name="seen" value={String(determination?.revision ?? 0)} />
            {elementNames.map(name => (
              <RadioList
                key={name}
                name={name}
                label={`${elements[name].label}：${elements[name].question}`}
                required
                options={optionsOf(answerWords)}
              />
            ))}
            <SelectField
              name="exclusion"
              label="属于下面哪一种不作规范性文件的？"
              required
              options={optionsOf(exclusions)}
              hint="R-NOR-02 列明的。名称是方案、内容却给社会设定义务的，照内容回答，由合法性审核员决定。"
            />
            <RadioList
              name="market"
              label="涉及经营者的经济活动吗？（要公平竞争审查）"
              required
              options={[
                { value: 'yes', label: '涉及' },
                { value: 'no', label: '不涉及' },
              ]}
            />
            <Actions primary="记录认定" />
          </Form>
        </details>
      ) : null}
      {determination && mayDecide ? (
        <details open={determination.outcome === 'needs-decision' || props.fault.form === 'decide'}>
          <summary>合法性审核员决定</summary>
          <Form
            action={action('decide')}
            values={typedIn(props, 'decide')}
            errors={errorsOf(props, 'decide')}
            id="decide"
          >
            <HiddenField name="seen" value={String(determination.revision)} />
            <RadioList
              name="outcome"
              label="是不是规范性文件"
              required
              options={[
                { value: 'normative', label: '是' },
                { value: 'not-normative', label: '不是' },
              ]}
            />
            <TextArea name="reason" label="理由" required rows={2} maxLength={500} />
            <Actions primary="记录决定" />
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}

const labels = {
  fromOn: '开始日期',
  untilOn: '截止日期',
  place: '在哪里征求',
  received: '收到几条',
  adopted: '采纳几条',
  feedback: '采纳情况和理由',
  feedbackOn: '反馈公布日期',
  exemptReason: '不征求意见的理由',
}

/** R-NOR-05: how the public was asked and what became of it. */
export function ConsultationSheet(props: SheetProps & { facts: Facts }) {
  const { facts, action, may } = props
  const { consultation, settings, determination } = facts
  const stored = consultation
    ? Object.fromEntries(
        Object.entries(consultation).flatMap(([name, value]) =>
          typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
        ),
      )
    : {}
  const market = consultation?.market ?? determination?.answers.market === 'yes'
  const typed = typedIn(props, 'consultation')
  return (
    <Sheet title="公开征求意见">
      {consultation ? (
        <DefinitionList
          items={[
            {
              term: '时间',
              value: consultation.exemptReason ? null : `${consultation.fromOn} 至 ${consultation.untilOn}`,
            },
            { term: '不征求的理由', value: consultation.exemptReason },
            { term: '渠道', value: consultation.place || null },
            {
              term: '意见',
              value:
                consultation.received === null
                  ? null
                  : `收到 ${consultation.received} 条，采纳 ${consultation.adopted ?? 0} 条`,
            },
            { term: '采纳情况', value: consultation.feedback || null },
            {
              term: '登记',
              value: `${dateInBeijing(consultation.recordedAt)} ${consultation.recordedBy}`,
            },
          ]}
        />
      ) : null}
      {may ? (
        <details open={!consultation || props.fault.form === 'consultation'}>
          <summary>{consultation ? '更正、补充' : '登记'}</summary>
          <Form
            action={action('consultation')}
            values={{ ...stored, ...typed }}
            errors={errorsOf(props, 'consultation')}
            labels={labels}
            id="consultation"
          >
            <HiddenField name="seen" value={String(consultation?.revision ?? 0)} />
            <CheckboxField
              name="market"
              label="与市场主体生产经营密切相关"
              checked={'market' in typed || market}
              hint={`密切相关的不少于 ${settings.marketOpinionDays} 天，并反馈采纳情况；其他的不少于 ${settings.opinionDays} 天`}
            />
            <DateField name="fromOn" label={labels.fromOn} />
            <DateField name="untilOn" label={labels.untilOn} />
            <TextField name="place" label={labels.place} hint="网址，或者听证会、座谈会" />
            <FieldGroup legend="结果">
              <TextField name="received" label={labels.received} width="short" inputMode="numeric" />
              <TextField name="adopted" label={labels.adopted} width="short" inputMode="numeric" />
              <TextArea name="feedback" label={labels.feedback} rows={3} maxLength={3000} />
              <DateField name="feedbackOn" label={labels.feedbackOn} />
            </FieldGroup>
            <TextField
              name="exemptReason"
              label={labels.exemptReason}
              width="full"
              hint="依法不公开征求意见的才填，例如：涉及国家秘密、应对突发事件"
            />
            <Actions primary="登记征求意见" />
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}
