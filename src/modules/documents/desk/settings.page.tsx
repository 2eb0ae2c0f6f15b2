import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, CheckboxList, Form, SelectField, TextField } from '#ui/forms'
import { saveSettings, settingsInput, skippable } from '../actions/save-settings.ts'
import { chainOf, states, usualSettings } from '../document.ts'
import { mayKeepNumbers } from '../policy.ts'
import { settingsOf } from '../queries.ts'

const address = '/document-settings'
export const routes: DeskRoute[] = [
  { method: 'GET', path: address, may: actor => mayKeepNumbers(actor), handle: (ctx, it) => show(ctx, it) },
  { method: 'POST', path: address, may: actor => mayKeepNumbers(actor), handle: save },
]

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(settingsInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, { raw: incoming.form, errors: read.errors })
  await saveSettings(ctx, read.value)
  return seeOther(`${address}?organ=${read.value.organId}&done=saved`)
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  failed: { raw: RawForm; errors: FormErrors } | null = null,
): Promise<Reply> {
  const organs = (await listOrgans(ctx.db)).filter(organ => mayKeepNumbers(ctx.actor, organ.id))
  const rows = await Promise.all(
    organs.map(async organ => ({ organ, settings: await settingsOf(ctx.db, organ.id) })),
  )
  const chosen = rows.find(one => one.organ.id === queryText(incoming, 'organ')) ?? rows[0]
  const { skips, reassessMonths } = chosen?.settings ?? usualSettings
  return page({
    status: failed ? 422 : 200,
    title: '公文办理设置',
    crumbs: [{ label: '公文办理', href: '/documents' }, { label: '公文办理设置' }],
    body: (
      <>
        <PageHead
          title="公文办理设置"
          note="每个机构自己的办理步骤。保密审查、公开属性确认、签发和规范性文件的审核依法必须有，不能去掉。"
        />
        {queryText(incoming, 'done') ? (
          <Notice tone="success" title="已保存，从下一步起照新的办理。" />
        ) : null}
        <Sheet title="设置">
          <Form
            action={address}
            values={
              failed?.raw ?? {
                organId: chosen?.organ.id,
                steps: skippable.filter(step => !skips.includes(step)),
                reassessMonths: String(reassessMonths),
              }
            }
            errors={failed?.errors ?? {}}
            labels={{ organId: '机构', steps: '有这些步骤', reassessMonths: '几个月后重新评估' }}
          >
            <SelectField
              name="organId"
              label="机构"
              required
              options={organs.map(organ => ({ value: organ.id, label: organ.name }))}
            />
            <CheckboxList
              name="steps"
              label="有这些步骤"
              options={skippable.map(step => ({ value: step, label: states[step] }))}
            />
            <TextField
              name="reassessMonths"
              label="不公开的公文，几个月后重新评估"
              hint="条例第十八条要求定期评估，没有规定多久；一般 12 个月"
              required
              inputMode="numeric"
              width="short"
            />
            <Actions primary="保存" cancel={{ label: '返回', href: '/documents' }} />
          </Form>
        </Sheet>
        <Sheet title="各机构现在的办理步骤" count={rows.length}>
          <DataTable
            caption="各机构现在的办理步骤"
            captionHidden
            columns={[
              {
                key: 'organ',
                head: '机构',
                cell: row => <a href={`${address}?organ=${row.organ.id}`}>{row.organ.shortName}</a>,
              },
              {
                key: 'settings',
                head: '政策文件主动公开的，起草以后',
                cell: row =>
                  chainOf({ kind: 'policy', openness: 'proactive' }, row.settings)
                    .map(step => states[step])
                    .join(' → '),
              },
              { key: 'months', head: '重新评估', cell: row => `${row.settings.reassessMonths} 个月` },
            ]}
            rows={rows}
            rowKey={row => row.organ.id}
          />
        </Sheet>
      </>
    ),
  })
}
