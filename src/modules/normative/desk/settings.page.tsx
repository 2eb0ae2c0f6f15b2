import { readForm } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, FieldGroup, Form, HiddenField, SelectField, TextField } from '#ui/forms'
import { saveSettings, settingsInput } from '../actions/save-settings.ts'
import { mayReadNormative, maySetNormative } from '../policy.ts'
import { codeOf, writeNumber } from '../settings.ts'
import { governmentOf, reviewersOf, settingsFor } from '../settings-queries.ts'
import { asFault, chosenSite, noFault } from './load-document.ts'
import { NormativeTabs } from './normative-tabs.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/normative/settings', may: actor => mayReadNormative(actor), handle: show },
  { method: 'POST', path: '/normative/settings', may: actor => maySetNormative(actor), handle: save },
]

const labels = {
  numberCode: '编号里的代码',
  numberPattern: '编号样式',
  termYears: '有效期最长（年）',
  trialYears: '暂行、试行最长（年）',
  assessMonths: '期满前几个月开始评估',
  legalityLeast: '合法性审核最少（工作日）',
  legalityMost: '合法性审核最多（工作日）',
  competitionMost: '公平竞争审查最多（工作日）',
  opinionDays: '公开征求意见不少于（天）',
  marketOpinionDays: '与市场主体密切相关的不少于（天）',
  cleanupMonths: '几个月清理一次',
  legalityOrganId: '政府文件的合法性审核单位',
  competitionOrganId: '公平竞争审查单位',
  filedTo: '报哪个机关备案',
} as const
const counts = [
  'termYears',
  'trialYears',
  'assessMonths',
  'legalityLeast',
  'legalityMost',
  'competitionMost',
  'opinionDays',
  'marketOpinionDays',
  'cleanupMonths',
] as const

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const read = readForm(settingsInput, { ...incoming.form, organId: site.organId })
  if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422, form: 'settings' })
  try {
    await saveSettings(ctx, read.value)
    return seeOther(`/normative/settings?site=${site.key}&done=saved`)
  } catch (error) {
    return show(ctx, incoming, asFault(error, 'settings'))
  }
}

async function show(ctx: DeskContext, incoming: Incoming, fault = noFault): Promise<Reply> {
  const { db } = ctx
  const { site } = await chosenSite(ctx, incoming)
  const government = await governmentOf(db, site.organId)
  const [settings, reviewers, organs] = await Promise.all([
    settingsFor(db, government.id),
    reviewersOf(db, government),
    listOrgans(db),
  ])
  const below = organs.filter(organ => organ.parentId === government.id)
  const options = below.map(organ => ({ value: organ.id, label: organ.shortName }))
  const nameOf = (id: string | null) => below.find(organ => organ.id === id)?.shortName ?? '没有找到'
  const stored = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, value === null ? '' : String(value)]),
  )
  const next = writeNumber(settings.numberPattern, {
    code: codeOf(settings, government),
    year: Number(ctx.clock.today().slice(0, 4)),
    serial: 7,
  })
  return page({
    title: '规范性文件的设置',
    status: fault.status,
    crumbs: [{ label: '规范性文件', href: '/normative' }, { label: '设置' }],
    body: (
      <>
        <PageHead
          title="规范性文件的设置"
          note={`${government.name}和所属单位都照这里的规定。各地规定不同的，按本地的填；已经给出的编号不变。`}
        />
        <NormativeTabs current="settings" />
        {queryText(incoming, 'done') ? <Notice tone="success" title="已保存。" /> : null}
        {maySetNormative(ctx.actor, government.id) ? null : (
          <Notice tone="info" title="设置由政府办公室、政务公开办修改。" />
        )}
        <Form
          action={`/normative/settings?site=${site.key}`}
          values={{ ...stored, ...incoming.form }}
          errors={fault.errors}
          labels={labels}
        >
          <HiddenField name="revision" value={String(settings.revision)} />
          <FieldGroup legend="统一编号（R-NOR-10）" hint={`现在的样子：${next}`}>
            <TextField
              name="numberCode"
              label={labels.numberCode}
              width="short"
              hint={`空着时用 ${codeOf({ numberCode: '' }, government)}`}
            />
            <TextField
              name="numberPattern"
              label={labels.numberPattern}
              required
              hint="{code} 代码、{year} 年份、{serial:4} 四位顺序号"
            />
          </FieldGroup>
          <FieldGroup legend="期限">
            {counts.map(name => (
              <TextField
                key={name}
                name={name}
                label={labels[name]}
                required
                width="short"
                inputMode="numeric"
                hint={name === 'cleanupMonths' ? '0：不自动提出下一次清理' : undefined}
              />
            ))}
          </FieldGroup>
          <FieldGroup legend="审核和备案">
            <SelectField
              name="legalityOrganId"
              label={labels.legalityOrganId}
              blank={`按名称：${nameOf(reviewers.legality)}`}
              options={options}
            />
            <SelectField
              name="competitionOrganId"
              label={labels.competitionOrganId}
              blank={`按名称：${nameOf(reviewers.competition)}`}
              options={options}
            />
            <TextField name="filedTo" label={labels.filedTo} hint="例如：市人民政府" />
          </FieldGroup>
          {maySetNormative(ctx.actor, government.id) ? <Actions primary="保存设置" /> : null}
        </Form>
      </>
    ),
  })
}
