import { type RawForm, textOf } from '#lib/forms'
import { FieldGroup, SubmitButton, TextArea, TextField } from '#ui/forms'
import { profileLabels } from '../profile.ts'

/** Spare rows at the end of each list: enough for most changes without a script. */
const spare = 3

/** Rows to show: those that hold something and the spare ones; after “再加几行”, as many spare ones more. */
function rowsToShow(values: RawForm, list: string): number {
  const used = Object.keys(values)
    .filter(name => name.startsWith(`${list}.`) && textOf(values, name).trim() !== '')
    .map(name => Number(name.split('.')[1]) + 1)
  const wanted = Number(textOf(values, `${list}More`)) || 0
  return Math.min(100, Math.max(0, ...used) + spare + wanted)
}

/** The same form with some more spare rows in the list that the button named. */
export function withMoreRows(form: RawForm): RawForm {
  const name = `${textOf(form, 'more')}More`
  return { ...form, [name]: String((Number(textOf(form, name)) || 0) + spare) }
}

export const profileFieldLabels: Record<string, string> = {
  ...profileLabels,
  validFrom: '生效日期',
  reason: '理由',
}

export function ProfileFields({ values }: { values: RawForm }) {
  return (
    <>
      <FieldGroup legend="职能">
        <TextArea name="functions" label="主要职责" hint="一条一行，不用写序号。" rows={10} />
      </FieldGroup>
      <FieldGroup legend="负责人" hint="按排名先后填写；不再任职的，把那一行清空；空行不保存。">
        {numbered(values, 'leaders').map(row => (
          <div class="grid items-end gap-x-4 gap-y-2 md:grid-cols-[9rem_11rem_1fr]" key={row.at}>
            <TextField name={`${row.prefix}.name`} label={`第${row.at}位 姓名`} maxLength={50} width="full" />
            <TextField name={`${row.prefix}.post`} label="职务" maxLength={100} width="full" />
            <TextField name={`${row.prefix}.duties`} label="分工" maxLength={1000} width="full" />
          </div>
        ))}
        <More values={values} list="leaders" />
      </FieldGroup>
      <FieldGroup legend="内设机构" hint="空行不保存。">
        {numbered(values, 'sections').map(row => (
          <div class="grid items-end gap-x-4 gap-y-2 md:grid-cols-[9rem_11rem_1fr]" key={row.at}>
            <TextField
              name={`${row.prefix}.name`}
              label={`第${row.at}个 名称`}
              maxLength={100}
              width="full"
            />
            <TextField name={`${row.prefix}.phone`} label="电话" type="tel" maxLength={200} width="full" />
            <TextField name={`${row.prefix}.duties`} label="职责" maxLength={1000} width="full" />
          </div>
        ))}
        <More values={values} list="sections" />
      </FieldGroup>
      <FieldGroup legend="联系方式">
        <TextField name="address" label="办公地址" maxLength={200} width="full" />
        <TextField
          name="officeHours"
          label="办公时间"
          hint="如“工作日 8:30—12:00，14:30—17:30”"
          maxLength={200}
          width="full"
        />
        <TextField name="phone" label="办公电话" type="tel" maxLength={200} width="medium" />
        <TextField name="fax" label="传真" type="tel" maxLength={200} width="medium" />
        <TextField name="email" label="电子邮箱" type="email" maxLength={100} width="medium" />
        <TextField name="postcode" label="邮政编码" inputMode="numeric" maxLength={6} width="short" />
      </FieldGroup>
      <FieldGroup legend="政府信息公开工作机构" hint="公众申请公开和咨询时找它，应当每项都填。">
        <TextField name="opennessOffice.name" label="机构名称" maxLength={200} width="medium" />
        <TextField name="opennessOffice.officer" label="负责人" maxLength={200} width="short" />
        <TextField name="opennessOffice.phone" label="电话" type="tel" maxLength={200} width="medium" />
        <TextField name="opennessOffice.address" label="地址" maxLength={200} width="full" />
        <TextField name="opennessOffice.fax" label="传真" type="tel" maxLength={200} width="medium" />
        <TextField name="opennessOffice.email" label="电子邮箱" type="email" maxLength={100} width="medium" />
      </FieldGroup>
    </>
  )
}

/** Posts the same form; the page shows it again with more rows and saves nothing. */
function More({ values, list }: { values: RawForm; list: string }) {
  return (
    <div>
      <input type="hidden" name={`${list}More`} value={textOf(values, `${list}More`)} />
      <SubmitButton tone="plain" small name="more" value={list}>
        再加几行
      </SubmitButton>
    </div>
  )
}

function numbered(values: RawForm, list: string) {
  return Array.from({ length: rowsToShow(values, list) }, (_, at) => ({
    at: at + 1,
    prefix: `${list}.${at}`,
  }))
}
