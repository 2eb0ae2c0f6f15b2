import { DateField, SelectField, TextArea, TextField } from '#ui/forms'
import { fieldsOf, type LedgerKind } from '../ledger-kind.ts'
import { dueHelp } from '../task-form.ts'

export const taskLabels: Record<string, string> = {
  no: '序号',
  heading: '章节',
  title: '标题',
  text: '内容',
  requirement: '工作要求',
  lead: '牵头单位',
  responsible: '责任单位',
  supporting: '配合单位',
  due: '期限',
  progress: '文件里写的完成情况',
  person: '责任人',
}

/** The kind's own fields, as its definition asks for them. */
export function KindFields({ kind }: { kind: LedgerKind }) {
  return (
    <>
      {fieldsOf(kind).map(field => {
        const shared = { name: `field-${field.name}`, label: field.label, hint: field.hint }
        if (field.input === 'select')
          return (
            <SelectField
              key={field.name}
              {...shared}
              blank="没有填写"
              options={Object.entries(field.options).map(([value, label]) => ({ value, label }))}
            />
          )
        if (field.input === 'date') return <DateField key={field.name} {...shared} />
        if (field.input === 'textarea') return <TextArea key={field.name} {...shared} rows={3} />
        return <TextField key={field.name} {...shared} width="full" />
      })}
    </>
  )
}

/** All that a reviewer may mend. */
export function TaskFields({ kind }: { kind: LedgerKind }) {
  const units = '一行一个，照文件里的写法'
  return (
    <>
      <TextField name="no" label="序号" width="short" />
      <TextField name="title" label="标题" width="full" />
      <TextArea name="text" label="内容" required rows={5} />
      <TextArea name="requirement" label="工作要求" rows={3} />
      <TextArea name="heading" label="章节" rows={2} hint="一行一级，外层在前" />
      <TextArea name="lead" label="牵头单位" rows={2} hint={units} />
      <TextArea name="responsible" label="责任单位" rows={3} hint={units} />
      <TextArea name="supporting" label="配合单位" rows={2} hint={units} />
      <TextArea name="due" label="期限" rows={2} hint={dueHelp} />
      <TextField name="person" label="责任人" hint="由谁负责，只在工作台显示" />
      <TextArea name="progress" label="文件里写的完成情况" rows={2} />
      <KindFields kind={kind} />
    </>
  )
}
