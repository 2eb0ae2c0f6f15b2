import { DateField, FieldGroup, SelectField, TextField } from '#ui/forms'
import { type Organ, organLevels, organTypes } from '../organ.ts'
import type { OrganNode } from '../queries.ts'

export const organFieldLabels: Record<string, string> = {
  key: '代码',
  parentId: '上级机构',
  name: '机构全称',
  shortName: '机构简称',
  type: '类型',
  level: '级别',
  uscc: '统一社会信用代码',
  docCodes: '机关代字',
  sortOrder: '排序号',
  establishedOn: '成立日期',
}

const listOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** Organs as the lines of a selection, indented by full-width spaces as the tree is. */
export function organOptions(tree: readonly OrganNode[], without?: (organ: Organ) => boolean) {
  return tree
    .filter(organ => without === undefined || !without(organ))
    .map(organ => ({ value: organ.id, label: `${'　'.repeat(organ.depth)}${organ.name}` }))
}

/** The facts of an organ, for the pages that make and change one. */
export function OrganFields({
  parents,
  isNew,
}: {
  parents: readonly { value: string; label: string }[]
  isNew: boolean
}) {
  return (
    <>
      <FieldGroup legend="名称和归属">
        <TextField
          name="name"
          label="机构全称"
          hint={
            isNew
              ? '与“三定”规定或印章一致'
              : '这里只改写错的字；上级决定更名的，请办理“机构调整”，旧名会留在历史里'
          }
          required
          maxLength={100}
          width="full"
        />
        <TextField
          name="shortName"
          label="机构简称"
          hint="用在列表里，如“县水利局”"
          required
          maxLength={40}
          width="medium"
        />
        {isNew && (
          <TextField
            name="key"
            label="代码"
            hint="用在网址里，如 slj；小写字母、数字和短横线，定了以后不能改"
            required
            maxLength={40}
            width="short"
          />
        )}
        <SelectField name="parentId" label="上级机构" blank="没有（最上级的政府）" options={[...parents]} />
        <SelectField name="type" label="类型" required options={listOf(organTypes)} />
        <SelectField name="level" label="级别" required options={listOf(organLevels)} />
      </FieldGroup>
      <FieldGroup legend="代码和排序">
        <TextField
          name="uscc"
          label="统一社会信用代码"
          hint="18位，索引号以它开头；还没有的可以留空"
          maxLength={18}
          width="medium"
        />
        <TextField
          name="docCodes"
          label="机关代字"
          hint="发文字号里的代字，几个用顿号隔开，如“云政发、云政规”；不发文的留空"
          maxLength={200}
          width="medium"
        />
        <TextField
          name="sortOrder"
          label="排序号"
          hint="同一上级之下，小的在前"
          inputMode="numeric"
          maxLength={5}
          width="short"
        />
        <DateField name="establishedOn" label="成立日期" hint="不清楚的可以留空" />
      </FieldGroup>
    </>
  )
}
