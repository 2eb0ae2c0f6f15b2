import { momentInBeijing } from '#lib/beijing-time'
import { type FormErrors, readForm, textOf } from '#lib/forms'
import { listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, HiddenField, TextField } from '#ui/forms'
import { choosePoints, choosePointsInput } from '../actions/choose-points.ts'
import { mayChoosePoints } from '../policy.ts'
import { pointsBySite, pointsOf } from '../queries.ts'

const may: DeskRoute['may'] = actor => mayChoosePoints(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/reminder-points', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/reminder-points', may, handle: choose },
]

const labels = {
  daysBefore: '到期前几天提醒',
  lateFrom: '逾期后第几天开始提醒',
  lateEvery: '以后每几天提醒一次',
}

async function choose(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(choosePointsInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  await choosePoints(ctx, read.value)
  return seeOther('/reminder-points?done=saved')
}

/** When the duties of a site are reminded of. */
async function show(ctx: DeskContext, incoming: Incoming, errors?: FormErrors): Promise<Reply> {
  const [sites, chosen] = await Promise.all([listSites(ctx.db), pointsBySite(ctx.db)])
  const kept = sites.filter(site => mayChoosePoints(ctx.actor, site.organId))
  const failed = errors ? textOf(incoming.form, 'siteId') : undefined
  return page({
    status: errors ? 422 : 200,
    title: '提醒时间',
    crumbs: [{ label: '通知', href: '/notifications' }, { label: '提醒时间' }],
    body: (
      <>
        <PageHead
          title="提醒时间"
          note="到期和逾期的公开义务在这些日子提醒经办人；没有经办人的，提醒本单位的政务公开办和部门负责人。"
        />
        {incoming.query.done === 'saved' ? (
          <Notice tone="success" title="已保存，从下一次提醒起按新的时间。" />
        ) : null}
        {kept.length === 0 && <p>您任职的机构没有站点。提醒时间由站点主办单位设置。</p>}
        {kept.map(site => {
          const points = pointsOf(chosen, site.id)
          const change = chosen.get(site.id)
          return (
            <Sheet key={site.id} title={site.name}>
              <Form
                id={site.key}
                label={`${site.name}的提醒时间`}
                action="/reminder-points"
                values={
                  failed === site.id
                    ? incoming.form
                    : {
                        daysBefore: points.daysBefore.join('、'),
                        lateFrom: String(points.lateFrom),
                        lateEvery: String(points.lateEvery),
                      }
                }
                errors={failed === site.id ? errors : undefined}
                labels={labels}
              >
                <HiddenField name="siteId" value={site.id} />
                <TextField
                  name="daysBefore"
                  label={labels.daysBefore}
                  hint="用顿号分开；0 是到期当天。例如 7、3、1、0。"
                  width="short"
                />
                <TextField
                  name="lateFrom"
                  label={labels.lateFrom}
                  inputMode="numeric"
                  width="short"
                  required
                />
                <TextField
                  name="lateEvery"
                  label={labels.lateEvery}
                  inputMode="numeric"
                  width="short"
                  required
                />
                <Actions primary="保存" />
              </Form>
              <p class="text-soft">
                {change
                  ? `${change.changedBy} ${momentInBeijing(change.changedAt)} 设置。`
                  : '现在按通常的时间：到期前 7、3、1 天和当天，逾期第 1 天起每 7 天。'}
              </p>
            </Sheet>
          )
        })}
      </>
    ),
  })
}
