import type { RawForm } from '#lib/forms'
import { textOf } from '#lib/forms'
import { DefinitionList } from '#ui/components/definition-list'
import { FieldGroup, HiddenField, type Option, RadioList, SelectField, TextArea, TextField } from '#ui/forms'
import { applicantKinds, carriers, idKinds, purposes, ways } from '../request.ts'

export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** What each step asks for; the rest goes along hidden. */
export const stepFields = {
  what: ['organId', 'purpose', 'description', 'way', 'carrier', 'help'],
  who: [
    'kind',
    'name',
    'idKind',
    'idNumber',
    'representative',
    'contact',
    'phone',
    'email',
    'address',
    'postcode',
    'agentName',
    'agentIdKind',
    'agentIdNumber',
    'agentPhone',
  ],
} as const
export type StepName = keyof typeof stepFields

export const labels: Record<string, string> = {
  organId: '向哪个机关申请',
  purpose: '申请事项',
  description: '需要的信息',
  way: '怎样获取',
  carrier: '载体',
  help: '需要的帮助',
  kind: '申请人类别',
  name: '姓名或者名称',
  idKind: '证件',
  idNumber: '证件号码',
  representative: '法定代表人或者负责人',
  contact: '联系人',
  phone: '联系电话',
  email: '电子邮箱',
  address: '通信地址',
  postcode: '邮政编码',
  agentName: '代理人姓名',
  agentIdKind: '代理人证件',
  agentIdNumber: '代理人证件号码',
  agentPhone: '代理人电话',
}

/** What the other step has asked for, so that nothing is lost between the pages. */
export function Carried({ raw, steps }: { raw: RawForm; steps: readonly StepName[] }) {
  return (
    <>
      {steps
        .flatMap(step => stepFields[step])
        .map(name => (
          <HiddenField key={name} name={name} value={textOf(raw, name)} />
        ))}
    </>
  )
}

export function WhatFields({ organs }: { organs: readonly Option[] }) {
  return (
    <>
      <SelectField
        name="organId"
        label="向哪个机关申请"
        required
        options={organs}
        hint="制作这份信息的机关；不清楚的选本级政府，不归它管的会告诉您找谁"
      />
      <RadioList name="purpose" label="申请事项" required options={optionsOf(purposes)} />
      <TextArea
        name="description"
        label="需要的信息"
        required
        rows={6}
        maxLength={5000}
        hint="名称、文号，或者能够找到它的特征：哪一年、哪个项目、什么内容。"
      />
      <RadioList name="way" label="怎样获取" required options={optionsOf(ways)} />
      <RadioList name="carrier" label="载体" required options={optionsOf(carriers)} />
      <TextField
        name="help"
        label="需要的帮助"
        maxLength={200}
        width="full"
        hint="阅读、视力、听力有困难的，写明需要大字、朗读等帮助；没有的空着"
      />
    </>
  )
}

export function WhoFields() {
  return (
    <>
      <RadioList name="kind" label="申请人类别" required options={optionsOf(applicantKinds)} />
      <TextField name="name" label="姓名或者名称" required maxLength={100} autocomplete="name" />
      <SelectField
        name="idKind"
        label="证件"
        hint="公民填写；单位不选"
        blank="单位不填"
        options={optionsOf(idKinds)}
      />
      <TextField
        name="idNumber"
        label="证件号码"
        hint="单位填写统一社会信用代码"
        required
        maxLength={40}
        autocomplete="off"
      />
      <FieldGroup legend="联系方式" hint="至少填写一种；选邮寄的要填地址，选电子邮件的要填邮箱">
        <TextField name="phone" label="联系电话" type="tel" maxLength={40} autocomplete="tel" />
        <TextField name="email" label="电子邮箱" type="email" maxLength={100} autocomplete="email" />
        <TextField
          name="address"
          label="通信地址"
          maxLength={200}
          width="full"
          autocomplete="street-address"
        />
        <TextField
          name="postcode"
          label="邮政编码"
          maxLength={10}
          width="short"
          inputMode="numeric"
          autocomplete="postal-code"
        />
      </FieldGroup>
      <FieldGroup legend="单位申请的，另外填写">
        <TextField name="representative" label="法定代表人或者负责人" maxLength={50} />
        <TextField name="contact" label="联系人" maxLength={50} />
      </FieldGroup>
      <FieldGroup legend="委托别人代办的，另外填写" hint="授权委托书可以在机关确认收到时补交">
        <TextField name="agentName" label="代理人姓名" maxLength={50} />
        <SelectField name="agentIdKind" label="代理人证件" options={optionsOf(idKinds)} />
        <TextField name="agentIdNumber" label="代理人证件号码" maxLength={40} autocomplete="off" />
        <TextField name="agentPhone" label="代理人电话" type="tel" maxLength={40} />
      </FieldGroup>
    </>
  )
}

const spelled: Record<string, Readonly<Record<string, string>>> = {
  purpose: purposes,
  way: ways,
  carrier: carriers,
  kind: applicantKinds,
  idKind: idKinds,
  agentIdKind: idKinds,
}

/** Everything that will be sent, to be checked. */
export function Summary({ raw, organName }: { raw: RawForm; organName: string }) {
  return (
    <DefinitionList
      items={[...stepFields.what, ...stepFields.who].map(name => {
        const value = textOf(raw, name)
        return {
          term: labels[name] ?? name,
          value: name === 'organId' ? organName : value === '' ? null : (spelled[name]?.[value] ?? value),
          wide: name === 'description',
        }
      })}
    />
  )
}
