import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, SelectField, TextField } from '#ui/forms'
import { addFamily, explainGap, familyInput, gapInput } from '../actions/keep-numbers.ts'
import { listFamilies, listGaps } from '../list-queries.ts'
import { mayKeepNumbers } from '../policy.ts'

const address = '/document-numbers'
export const routes: DeskRoute[] = [
  { method: 'GET', path: address, may: actor => mayKeepNumbers(actor), handle: ctx => show(ctx, {}) },
  { method: 'POST', path: address, may: actor => mayKeepNumbers(actor), handle: act },
]

async function act(ctx: DeskContext, { form }: Incoming): Promise<Reply> {
  try {
    if (textOf(form, 'act') === 'gap') {
      const [letterCodeId, year, serial] = textOf(form, 'number').split(' ')
      const read = readForm(gapInput, {
        ...form,
        letterCodeId: letterCodeId ?? '',
        year: year ?? '',
        serial: serial ?? '',
      })
      if (!read.ok) return show(ctx, form, read.errors, 422)
      await explainGap(ctx, read.value)
    } else {
      const read = readForm(familyInput, form)
      if (!read.ok) return show(ctx, form, read.errors, 422)
      await addFamily(ctx, read.value)
    }
    return seeOther(`${address}?done=saved`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, form, { '': error.message }, error.status)
  }
}

async function show(ctx: DeskContext, raw: RawForm, errors: FormErrors = {}, status = 200): Promise<Reply> {
  const organs = (await listOrgans(ctx.db)).filter(organ => mayKeepNumbers(ctx.actor, organ.id))
  const ids = organs.map(organ => organ.id)
  const [families, gaps] = await Promise.all([listFamilies(ctx.db, ids), listGaps(ctx.db, ids)])
  const isGap = textOf(raw, 'act') === 'gap'
  return page({
    status,
    title: '文号管理',
    crumbs: [{ label: '公文办理', href: '/documents' }, { label: '文号管理' }],
    body: (
      <>
        <PageHead
          title="文号管理"
          note="机关代字〔年份〕序号：每个代字每年从 1 编起，签发时编号，不重号；空号要说明。"
        />
        {errors[''] ? <Notice tone="error" title={errors['']} /> : null}
        <Sheet title="机关代字" count={families.length}>
          <DataTable
            caption="机关代字"
            captionHidden
            columns={[
              { key: 'code', head: '代字' },
              {
                key: 'organ',
                head: '机关',
                cell: row => organs.find(one => one.id === row.organId)?.name ?? '',
              },
              { key: 'about', head: '用于' },
            ]}
            rows={families}
            rowKey={row => row.id}
            empty={<EmptyState title="还没有机关代字">登记以后，签发时系统自动编号。</EmptyState>}
          />
          <Form
            id="family"
            action={address}
            values={isGap ? {} : raw}
            errors={isGap ? {} : errors}
            labels={{ organId: '机关', code: '代字', about: '用于' }}
          >
            <SelectField
              name="organId"
              label="机关"
              required
              options={organs.map(one => ({ value: one.id, label: one.name }))}
            />
            <TextField name="code" label="代字" required hint="例如“云政发”" maxLength={12} width="short" />
            <TextField name="about" label="用于" maxLength={100} />
            <Actions primary="登记代字" />
          </Form>
        </Sheet>
        <Sheet title="没有说明的空号" count={gaps.length}>
          {gaps.length === 0 ? (
            <p>没有。</p>
          ) : (
            <Form
              id="gap"
              action={address}
              values={isGap ? raw : {}}
              errors={isGap ? errors : {}}
              labels={{ number: '空号', reason: '说明' }}
            >
              <input type="hidden" name="act" value="gap" />
              <SelectField
                name="number"
                label="空号"
                required
                options={gaps.map(gap => ({
                  value: `${gap.letterCodeId} ${gap.year} ${gap.serial}`,
                  label: `${gap.code}〔${gap.year}〕${gap.serial}号`,
                }))}
              />
              <TextField name="reason" label="为什么没有文件" required maxLength={200} width="full" />
              <Actions primary="保存说明" />
            </Form>
          )}
        </Sheet>
      </>
    ),
  })
}
