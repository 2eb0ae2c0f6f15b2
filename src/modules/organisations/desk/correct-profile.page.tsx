import { inChinese, isPlainDate } from '#lib/beijing-time'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, DateField, Form, HiddenField, SubmitButton, TextArea } from '#ui/forms'
import { correctProfile, correctProfileInput } from '../actions/correct-profile.ts'
import type { Organ } from '../organ.ts'
import { mayWriteProfiles } from '../policy.ts'
import { contentOf, type OrganProfile } from '../profile.ts'
import { currentProfile } from '../profile-queries.ts'
import { ConflictNotice, type ConflictRow } from './conflict-notice.tsx'
import { readNestedForm } from './nested-form.ts'
import { organCrumbs } from './organ-crumbs.ts'
import { mergeProfiles, openOrgan, profileForm } from './profile.page.tsx'
import { ProfileFields, profileFieldLabels, withMoreRows } from './profile-fields.tsx'
import { errorsOf, isChangedMeanwhile } from './refusal.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/organs/:key/correct', may: mayWriteProfiles, handle: ask },
  { method: 'POST', path: '/organs/:key/correct', may: mayWriteProfiles, handle: correct },
]

async function ask(ctx: DeskContext, { params, query }: Incoming): Promise<Reply> {
  const organ = await openOrgan(ctx, params.key ?? '')
  const on = String(query.on ?? '')
  const profile = await currentProfile(ctx.db, organ.id, isPlainDate(on) ? on : ctx.clock.today())
  return show(ctx, organ, { ...profileForm(profile), validFrom: on })
}

async function correct(ctx: DeskContext, { params, form }: Incoming): Promise<Reply> {
  const organ = await openOrgan(ctx, params.key ?? '')
  if (textOf(form, 'more') !== '') return show(ctx, organ, withMoreRows(form))
  const read = readNestedForm(correctProfileInput, { ...form, organId: organ.id })
  if (!read.ok) return show(ctx, organ, read.raw, { errors: read.errors })
  try {
    await correctProfile(ctx, read.value)
    return seeOther(`/organs/${organ.key}?done=corrected`)
  } catch (error) {
    if (!isChangedMeanwhile(error)) return show(ctx, organ, form, { errors: errorsOf(error, '') })
  }
  const { validFrom, reason } = read.value
  const saved = await currentProfile(ctx.db, organ.id, validFrom)
  const conflict = mergeProfiles(saved, form, contentOf(read.value))
  return show(
    ctx,
    organ,
    { ...conflict.values, validFrom, reason },
    { conflict: { saved, rows: conflict.rows } },
  )
}

function show(
  ctx: DeskContext,
  organ: Organ,
  values: RawForm,
  more: { errors?: FormErrors; conflict?: { saved: OrganProfile | null; rows: ConflictRow[] } } = {},
): Reply {
  const validFrom = textOf(values, 'validFrom')
  const title = `更正“${organ.shortName}”以前公布的内容`
  return page({
    title,
    status: more.conflict ? 409 : more.errors ? 422 : 200,
    crumbs: organCrumbs(organ),
    body: (
      <>
        <PageHead title={title} />
        <Notice tone="warning" title="这会改写历史">
          只用于以前写错或漏记的内容。更正前的内容、您的姓名和理由会永久保留，并在变化记录里显示。现在的变动请用“修改职能和联系方式”。
        </Notice>
        {more.conflict && (
          <ConflictNotice
            by={more.conflict.saved?.changedBy ?? ''}
            at={more.conflict.saved?.changedAt ?? ctx.clock.now()}
            rows={more.conflict.rows}
          />
        )}
        <Form
          action={`/organs/${organ.key}/correct`}
          values={values}
          errors={more.errors}
          labels={profileFieldLabels}
        >
          <HiddenField name="version" value={textOf(values, 'version')} />
          <HiddenField name="seen" value={textOf(values, 'seen')} />
          <DateField
            name="validFrom"
            label="从哪一天起的内容"
            hint={
              isPlainDate(validFrom)
                ? `现在打开的是自${inChinese(validFrom)}起的内容；换成没有记录的日期，就是补记那一天起的变动`
                : '写成 2026-01-31 这样的日期'
            }
            required
          />
          <TextArea
            name="reason"
            label="理由"
            hint="写明错在哪里、依据什么更正。"
            rows={3}
            maxLength={500}
            required
          />
          <SubmitButton>更正</SubmitButton>
          <ProfileFields values={values} />
          <Actions primary="更正" cancel={{ label: '返回', href: `/organs/${organ.key}` }} />
        </Form>
      </>
    ),
  })
}
