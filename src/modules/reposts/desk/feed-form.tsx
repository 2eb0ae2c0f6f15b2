import type { FormErrors, RawForm } from '#lib/forms'
import { textsOf } from '#lib/forms'
import {
  Actions,
  CheckboxList,
  Form,
  HiddenField,
  RadioList,
  SelectField,
  SubmitButton,
  TextField,
} from '#ui/forms'
import { forms, scopes } from '../feed.ts'
import type { FeedChoices } from './feed-choices.ts'

export const labels = {
  name: '上级政府或者部门',
  address: '网址',
  form: '对方怎样公布',
  itemSelector: '每一行在哪里（网页元素的写法）',
  scope: '为什么转载',
  anyWords: '含有这些词的列为提议',
  noneWords: '含有这些词的不列',
  columnId: '转载到栏目',
  intervalMinutes: '每隔多少分钟读一次',
  told: '通知谁',
}

const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

interface FeedFormProps {
  action: string
  back: string
  values: RawForm
  errors: FormErrors
  choices: FeedChoices
  siteId: string
  revision: number | undefined
}

export function FeedForm({ action, back, values, errors, choices, siteId, revision }: FeedFormProps) {
  return (
    <Form action={action} values={values} errors={errors} labels={labels} label="转载来源">
      <HiddenField name="siteId" value={siteId} />
      {revision === undefined ? null : <HiddenField name="revision" value={String(revision)} />}
      <TextField
        name="name"
        label={labels.name}
        hint="转载时写作“转载自……”，例如：省人民政府"
        maxLength={60}
        required
      />
      <TextField name="address" label={labels.address} type="url" width="full" required />
      <RadioList name="form" label={labels.form} options={optionsOf(forms)} required />
      <TextField
        name="itemSelector"
        label={labels.itemSelector}
        hint="只有列表网页要填，例如 .list li；每一行应有标题链接和日期"
      />
      <RadioList name="scope" label={labels.scope} options={optionsOf(scopes)} required />
      <TextField
        name="anyWords"
        label={labels.anyWords}
        hint="用顿号隔开，在标题和摘要里找；空着就全部列入"
        width="full"
      />
      <TextField name="noneWords" label={labels.noneWords} hint="例如：征文、会见、任免" width="full" />
      <SelectField
        name="columnId"
        label={labels.columnId}
        hint="稿子先放进这个栏目，送审前可以改"
        options={choices.columns}
        blank="起草时再选"
      />
      <TextField
        name="intervalMinutes"
        label={labels.intervalMinutes}
        inputMode="numeric"
        width="short"
        hint="10 到 1440"
        required
      />
      <CheckboxList
        name="told"
        label={labels.told}
        hint="有新提议、来源长时间读不到的时候；都不选就通知政务公开办"
        options={choices.people}
        values={textsOf(values, 'told')}
      />
      <Actions primary="保存" cancel={{ label: '返回', href: back }}>
        <SubmitButton tone="plain" name="do" value="try">
          试读一次
        </SubmitButton>
      </Actions>
    </Form>
  )
}
