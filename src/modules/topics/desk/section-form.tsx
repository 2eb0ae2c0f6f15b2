import { type RawForm, readForm, textOf } from '#lib/forms'
import { listOrgans, type SiteRow } from '#modules/organisations'
import { allKinds, listColumns, publishedDay, validities } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { Notice } from '#ui/components/notice'
import {
  Actions,
  FieldGroup,
  Form,
  HiddenField,
  SelectField,
  SubmitButton,
  TextArea,
  TextField,
} from '#ui/forms'
import { saveSectionInput } from '../actions/save-section.ts'
import { tryRule } from '../gather.ts'
import { families, listOfRule, type Rule, type Section, type Topic } from '../topic.ts'
import { type Fault, publicBase } from './load-topic.ts'

export const sectionLabels = {
  title: '标题',
  note: '说明',
  shown: '先显示',
  q: '词语',
  kind: '种类',
  organ: '发布机构',
  theme: '主题',
  column: '栏目',
  year: '年份',
  validity: '有效性',
}

/** Title, rule, and what the rule finds now: also before it is saved. */
export async function sectionForm(
  ctx: DeskContext,
  { topic, site, section }: { topic: Topic; site: SiteRow; section: Section | null },
  raw: RawForm,
  fault: Fault,
) {
  const options = await ruleOptions(ctx, site)
  const read = readForm(saveSectionInput, { ...raw, title: textOf(raw, 'title') || '—' })
  const rule = read.ok ? read.value.rule : null
  return (
    <Form
      action={section ? `/topics/${topic.id}/sections/${section.id}` : `/topics/${topic.id}/sections/new`}
      values={raw}
      errors={fault.errors}
      labels={sectionLabels}
      label="板块"
    >
      <HiddenField name="revision" value={textOf(raw, 'revision')} />
      <TextField name="title" label="标题" required maxLength={40} hint="例如“现行政策”“怎么办、找谁办”。" />
      <TextArea name="note" label="说明" rows={2} maxLength={200} hint="需要时写一句话，放在标题下面。" />
      <TextField
        name="shown"
        label="先显示（件）"
        inputMode="numeric"
        width="short"
        hint="其余的读者点“全部”看。"
      />
      <FieldGroup
        legend="收入规则"
        hint="填写的条件要同时符合，新公开的内容符合就自动收入。都不填，就只收您指定的。"
      >
        <TextField name="q" label="词语" maxLength={200} hint="标题或正文里的词，与全站搜索相同。" />
        <SelectField name="kind" label="种类" blank="不限" options={options.kinds} />
        <SelectField name="organ" label="发布机构" blank="不限" options={options.organs} />
        <SelectField name="theme" label="主题" blank="不限" options={options.themes} />
        <SelectField name="column" label="栏目" blank="不限" options={options.columns} />
        <TextField name="year" label="年份" inputMode="numeric" width="short" maxLength={4} />
        <SelectField name="validity" label="有效性" blank="不限" options={options.validities} />
      </FieldGroup>
      {rule ? await found(ctx, site, rule) : null}
      <Actions primary="保存" cancel={{ label: '返回专题', href: `/topics/${topic.id}` }}>
        <SubmitButton tone="plain" name="do" value="try">
          看看会收到什么
        </SubmitButton>
      </Actions>
    </Form>
  )
}

async function ruleOptions(ctx: DeskContext, site: SiteRow) {
  const [organs, columns] = await Promise.all([
    listOrgans(ctx.db, { includeAbolished: true }),
    listColumns(ctx.db, site.id),
  ])
  const kinds = allKinds()
  const themes = [...new Set(kinds.flatMap(kind => kind.choices?.theme ?? []))]
  return {
    kinds: [...families(), ...kinds.map(kind => ({ value: kind.name, label: kind.label }))].map(
      ({ value, label }) => ({ value, label }),
    ),
    organs: organs.map(organ => ({ value: organ.key, label: organ.name })),
    themes: themes.map(theme => ({ value: theme, label: theme })),
    columns: columns.map(column => ({
      value: column.path,
      label: `${'　'.repeat(column.path.split('/').length - 1)}${column.name}`,
    })),
    validities: Object.entries(validities).map(([value, label]) => ({ value, label })),
  }
}

async function found(ctx: DeskContext, site: SiteRow, rule: Rule) {
  const { count, newest } = await tryRule(ctx.db, ctx.clock.now(), site.id, rule)
  if (count === 0)
    return (
      <Notice tone="warning" title="按这条规则现在一件也收不到。">
        请放宽条件；没有内容的板块读者看不到。
      </Notice>
    )
  return (
    <Notice tone="info" title={`按这条规则现在收入 ${count} 件，最近的是：`}>
      <ul>
        {newest.map(item => (
          <li key={item.id}>
            {publishedDay(item)} {item.title}
          </li>
        ))}
      </ul>
      <a href={publicBase(ctx, site) + listOfRule(rule)}>在公众网站上看全部 {count} 件</a>
    </Notice>
  )
}
