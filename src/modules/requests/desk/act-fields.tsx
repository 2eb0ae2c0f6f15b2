import type { ComponentChildren } from 'preact'
import {
  CheckboxField,
  DateField,
  FieldGroup,
  type Option,
  RadioList,
  SelectField,
  TextArea,
  TextField,
} from '#ui/forms'
import type { Act } from '../acts.ts'
import { consultees, extensionMost } from '../clock.ts'
import { bases } from '../fees.ts'
import { letterKinds, letterOfAct, serviceWays } from '../letters/letter.ts'
import { letterFor } from '../letters/letter-for.ts'
import { optionsOf } from '../public/application-steps.tsx'
import type { Case } from '../queries.ts'
import { grounds, replyKindNames, ruleOf } from '../reply-kinds.ts'
import { opinions, procedures, results } from '../request.ts'

/** What the fields of an act choose from. */
export interface Choices {
  facts: Case
  officers: readonly Option[]
  units: readonly Option[]
}

/** The letter that the act needs: what is on file is said, what is missing is asked for (R-LET-30…32). */
function LetterFields({ act, facts }: { act: keyof typeof letterOfAct; facts: Case }) {
  const { kind, served } = letterOfAct[act]
  const letter = letterFor(facts, act)
  const { label } = letterKinds[kind]
  return (
    <FieldGroup
      legend={`《${label}》`}
      hint={
        letter
          ? `已经登记：${letter.number}，${letter.signedOn}签发${letter.service ? `，${letter.service.on}送达` : '，还没有登记送达'}`
          : '没有这份文书，这一步不能办理'
      }
    >
      {letter ? null : <NumberFields />}
      {served && !letter?.service ? <ServiceFields /> : null}
    </FieldGroup>
  )
}

const NumberFields = () => (
  <>
    <TextField name="letterNumber" label="文号" maxLength={60} />
    <DateField name="letterSignedOn" label="签发日期" hint="空着就是今天" />
  </>
)
const ServiceFields = () => (
  <>
    <SelectField name="serviceWay" label="送达方式" options={optionsOf(serviceWays)} />
    <DateField name="servedOn" label="送达日期" hint="签收之日、交邮之日或者发送之日" />
    <TextField
      name="serviceProof"
      label="送达凭证"
      hint="签收情况、邮件号或者发送时间"
      maxLength={200}
      width="full"
    />
  </>
)
const On = ({ label }: { label: string }) => <DateField name="on" label={label} hint="空着就是今天" />
const Reason = ({ label, required = true }: { label: string; required?: boolean }) => (
  <TextArea
    name="reason"
    label={label}
    hint="会留在记录里，不要写申请人的姓名、电话"
    required={required}
    rows={2}
    maxLength={500}
  />
)
const itemOptions = ({ items }: Case): Option[] =>
  items.map(item => ({ value: item.id, label: `事项 ${item.position}：${item.description.slice(0, 40)}` }))
const Item = ({ facts, required = true }: { facts: Case; required?: boolean }) => (
  <SelectField name="itemId" label="事项" required={required} options={itemOptions(facts)} />
)
const openConsultations = ({ consultations }: Case): Option[] =>
  consultations
    .filter(one => one.endedOn === null)
    .map(one => ({ value: one.id, label: `${consultees[one.consultee].label}：${one.name}` }))
const openTasks = ({ tasks }: Case): Option[] =>
  tasks
    .filter(one => one.endedAt === null)
    .map((one, index) => ({ value: one.id, label: `${index + 1}. ${one.task.slice(0, 40)}` }))
const decided = replyKindNames
  .filter(kind => ruleOf(kind).decided)
  .map(kind => ({ value: kind, label: `${ruleOf(kind).label}（${ruleOf(kind).article}）` }))

/** What the form of an act asks for. */
export function fieldsOf(act: Act, { facts, officers, units }: Choices): ComponentChildren {
  switch (act) {
    case 'confirm-receipt':
      return (
        <>
          <On label="双方确认之日" />
          <TextField name="how" label="怎样确认的" required maxLength={200} width="full" />
        </>
      )
    case 'note-contact':
      return <TextArea name="how" label="联系情况" required rows={2} maxLength={300} />
    case 'assign':
      return <SelectField name="officerId" label="承办人" required options={officers} />
    case 'ask-correction':
      return (
        <>
          <TextArea
            name="missing"
            label="要补正什么"
            hint="只能告知一次，请写全"
            required
            rows={4}
            maxLength={1000}
          />
          <TextField
            name="days"
            label="补正期限（工作日）"
            type="number"
            min={7}
            max={30}
            required
            width="short"
          />
          <LetterFields act={act} facts={facts} />
        </>
      )
    case 'ask-reasons':
      return (
        <>
          <TextArea name="facts" label="数量、频次的事实" required rows={3} maxLength={1000} />
          <TextField
            name="days"
            label="说明期限（工作日）"
            type="number"
            min={7}
            max={30}
            required
            width="short"
          />
          <LetterFields act={act} facts={facts} />
        </>
      )
    case 'receive-correction':
    case 'receive-reasons':
      return (
        <>
          <TextArea name="words" label="申请人写的内容" required rows={4} maxLength={5000} />
          <On label="收到的日期" />
        </>
      )
    case 'notify-fee':
      return (
        <>
          <RadioList name="basis" label="计收方式" required options={optionsOf(bases)} />
          <TextField name="pages" label="页数" hint="按量计收的填写" type="number" min={1} width="short" />
          <TextArea name="howToPay" label="缴纳方式" required rows={2} maxLength={300} />
          <LetterFields act={act} facts={facts} />
        </>
      )
    case 'record-payment':
      return (
        <>
          <On label="缴费完成之日" />
          <TextField name="receipt" label="票据号" maxLength={100} />
        </>
      )
    case 'revive':
      return (
        <>
          <On label="收到补正或者缴费的日期" />
          <Reason label="理由" />
        </>
      )
    case 'consult':
      return (
        <>
          <RadioList
            name="consultee"
            label="征求谁的意见"
            required
            options={Object.entries(consultees).map(([value, one]) => ({
              value,
              label: one.label,
              hint: one.silence,
            }))}
          />
          <TextField name="name" label="对象" required maxLength={100} />
          <TextArea name="about" label="就什么内容" required rows={3} maxLength={1000} />
          <DateField name="sentOn" label="发出日期" hint="空着就是今天" />
          <FieldGroup legend="《征求意见书》" hint="送达以后再登记的，送达三项可以空着">
            <NumberFields />
            <ServiceFields />
          </FieldGroup>
        </>
      )
    case 'record-delivery':
      return (
        <>
          <SelectField
            name="consultationId"
            label="征求意见"
            required
            options={openConsultations(facts).filter(option =>
              facts.consultations.some(one => one.id === option.value && !one.receivedOn),
            )}
          />
          <On label="送达日期" />
        </>
      )
    case 'end-consultation':
      return (
        <>
          <SelectField name="consultationId" label="征求意见" required options={openConsultations(facts)} />
          <RadioList name="answer" label="意见" required options={optionsOf(opinions)} />
          <TextArea name="reasons" label="理由" rows={3} maxLength={1000} />
          <RadioList
            name="reasonable"
            label="理由是否合理"
            options={[
              { value: 'yes', label: '合理' },
              { value: 'no', label: '不合理' },
            ]}
          />
          <On label="收到意见的日期" />
        </>
      )
    case 'split':
      return (
        <>
          <Item facts={facts} />
          <TextArea name="parts" label="拆成哪些事项" hint="一行一个" required rows={5} />
        </>
      )
    case 'give-task':
      return (
        <>
          <Item facts={facts} required={false} />
          <SelectField name="organId" label="交给哪个单位" required options={units} />
          <TextArea name="task" label="要做什么" required rows={3} maxLength={1000} />
          <DateField name="dueOn" label="期限" hint={`空着就是${facts.settings.taskDays}个工作日`} />
        </>
      )
    case 'answer-task':
      return (
        <>
          <SelectField name="taskId" label="子任务" required options={openTasks(facts)} />
          <TextArea name="answer" label="答复" required rows={5} maxLength={5000} />
        </>
      )
    case 'cancel-task':
      return (
        <>
          <SelectField name="taskId" label="子任务" required options={openTasks(facts)} />
          <Reason label="理由" />
        </>
      )
    case 'record-search':
      return (
        <>
          <Item facts={facts} />
          <TextField name="searchedIn" label="在哪里检索" required maxLength={300} width="full" />
          <TextField name="words" label="检索词" required maxLength={300} width="full" />
          <DateField name="searchedOn" label="检索日期" required />
          <TextField name="searchedBy" label="检索人" required maxLength={50} />
          <TextArea name="found" label="结果" required rows={2} maxLength={1000} />
        </>
      )
    case 'ask-extension':
      return (
        <>
          <TextField
            name="days"
            label="延长多少个工作日"
            type="number"
            min={1}
            max={extensionMost}
            required
            width="short"
          />
          <Reason label="理由" />
        </>
      )
    case 'grant-extension':
      return (
        <>
          <Reason label="审批意见" />
          <LetterFields act={act} facts={facts} />
        </>
      )
    case 'refuse-extension':
      return <Reason label="理由" />
    case 'decide':
      return (
        <>
          <Item facts={facts} />
          <SelectField name="kind" label="怎样答复" required options={decided} />
          <SelectField
            name="ground"
            label="不予公开的依据"
            blank="没有"
            options={Object.entries(grounds).map(([value, one]) => ({
              value,
              label: `${one.article}：${one.label}`,
            }))}
          />
          <TextArea name="reasons" label="事实和理由" rows={4} maxLength={3000} />
          <TextArea name="channel" label="获取的方式、途径和时间" rows={2} maxLength={500} />
          <TextArea name="withheld" label="哪一部分不公开" rows={2} maxLength={2000} />
          <TextField name="rightOrgan" label="负责的机关及其联系方式" maxLength={300} width="full" />
          <TextField name="formerRequest" label="以前那件申请的登记编号" maxLength={60} />
        </>
      )
    case 'submit-reply':
      return <Reason label="说明" required={false} />
    case 'return-reply':
      return <Reason label="要改什么" />
    case 'sign':
      return (
        <>
          <Reason label="签发意见" required={false} />
          <LetterFields act={act} facts={facts} />
        </>
      )
    case 'serve':
      return <LetterFields act={act} facts={facts} />
    case 'withdraw':
      return <TextArea name="words" label="申请人的说明" rows={2} maxLength={500} />
    case 'record-outcome':
      return (
        <>
          <RadioList name="procedure" label="程序" required options={optionsOf(procedures)} />
          <TextField name="body" label="复议机关或者法院" required maxLength={100} />
          <TextField name="caseNumber" label="案号" maxLength={60} />
          <DateField name="filedOn" label="受理日期" required />
        </>
      )
    case 'end-outcome':
      return (
        <>
          <SelectField
            name="outcomeId"
            label="哪一件"
            required
            options={facts.outcomes
              .filter(one => one.result === 'pending')
              .map(one => ({ value: one.id, label: `${procedures[one.procedure]} ${one.body}` }))}
          />
          <RadioList
            name="result"
            label="结果"
            required
            options={optionsOf(results).filter(one => one.value !== 'pending')}
          />
          <DateField name="decidedOn" label="审结日期" hint="空着就是今天" />
          <TextArea name="note" label="说明" rows={2} maxLength={500} />
        </>
      )
    case 'renew-code':
      return (
        <>
          <CheckboxField name="checked" label="已经核对申请人的身份证件，与登记的一致" required />
          <Reason label="说明" required={false} />
        </>
      )
    default:
      return null
  }
}
