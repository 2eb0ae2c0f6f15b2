import { inChinese } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, DateField, Form, HiddenField, SubmitButton } from '#ui/forms'
import { saveProfile, saveProfileInput } from '../actions/save-profile.ts'
import { mergeEdits } from '../edit-conflict.ts'
import { profileContent } from '../input.ts'
import { mustNotBeAbolished, type Organ } from '../organ.ts'
import { mayEditProfile, mayWriteProfiles } from '../policy.ts'
import {
  contentOf,
  emptyProfile,
  linesOf,
  type OrganProfile,
  profileLabels,
  profileVersion,
} from '../profile.ts'
import { currentProfile, profileHistory } from '../profile-queries.ts'
import { getOrganByKey, listOrgansAbove } from '../queries.ts'
import { ConflictNotice, type ConflictRow } from './conflict-notice.tsx'
import { readNestedForm, unnest } from './nested-form.ts'
import { organCrumbs } from './organ-crumbs.ts'
import { ProfileFields, profileFieldLabels, withMoreRows } from './profile-fields.tsx'
import { errorsOf, isChangedMeanwhile } from './refusal.ts'
import { seenBefore } from './seen-before.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/organs/:key/profile', may: mayWriteProfiles, handle: ask },
  { method: 'POST', path: '/organs/:key/profile', may: mayWriteProfiles, handle: save },
]

async function ask(ctx: DeskContext, { params }: Incoming): Promise<Reply> {
  const organ = await openOrgan(ctx, params.key ?? '')
  const today = ctx.clock.today()
  const profile = await currentProfile(ctx.db, organ.id, today)
  return show(ctx, organ, { ...profileForm(profile), validFrom: today })
}

async function save(ctx: DeskContext, { params, form }: Incoming): Promise<Reply> {
  const organ = await openOrgan(ctx, params.key ?? '')
  if (textOf(form, 'more') !== '') return show(ctx, organ, withMoreRows(form))
  const read = readNestedForm(saveProfileInput, { ...form, organId: organ.id })
  if (!read.ok) return show(ctx, organ, read.raw, { errors: read.errors })
  try {
    await saveProfile(ctx, read.value)
    return seeOther(`/organs/${organ.key}?done=saved`)
  } catch (error) {
    if (!isChangedMeanwhile(error)) return show(ctx, organ, form, { errors: errorsOf(error, '') })
  }
  const validFrom = read.value.validFrom ?? ctx.clock.today()
  const saved = await currentProfile(ctx.db, organ.id, validFrom)
  const conflict = mergeProfiles(saved, form, contentOf(read.value))
  return show(ctx, organ, { ...conflict.values, validFrom }, { conflict: { saved, rows: conflict.rows } })
}

/** The organ, for those who may write what it says of itself. */
export async function openOrgan(ctx: DeskContext, key: string): Promise<Organ> {
  const organ = await getOrganByKey(ctx.db, key)
  const above = await listOrgansAbove(ctx.db, organ.id)
  permit(mayEditProfile(ctx.actor, { id: organ.id, above }), 'organisations.may-not-edit-profile')
  return organ
}

/** The form of a stored row, with the version and the text it was opened with. */
export function profileForm(profile: OrganProfile | null): RawForm {
  const content = profile === null ? emptyProfile : contentOf(profile)
  return { ...unnest(content), version: profileVersion(profile), seen: JSON.stringify(content) }
}

export function mergeProfiles(
  saved: OrganProfile | null,
  form: RawForm,
  typed: ReturnType<typeof contentOf>,
): { values: RawForm; rows: ConflictRow[] } {
  const theirs = saved === null ? emptyProfile : contentOf(saved)
  const merged = mergeEdits(seenBefore(profileContent, textOf(form, 'seen')), theirs, typed)
  return {
    values: { ...profileForm(saved), ...emptied(form), ...unnest(merged.content) },
    rows: merged.fields.map(({ field, keeps }) => ({
      label: profileLabels[field],
      theirs: linesOf(theirs, field),
      mine: linesOf(typed, field),
      keeps,
    })),
  }
}

/** Rows of the stored list that the merged one no longer has must not shine through. */
function emptied(form: RawForm): RawForm {
  return Object.fromEntries(
    Object.keys(form)
      .filter(name => /^(leaders|sections)\./.test(name))
      .map(name => [name, '']),
  )
}

async function show(
  ctx: DeskContext,
  organ: Organ,
  values: RawForm,
  more: { errors?: FormErrors; conflict?: { saved: OrganProfile | null; rows: ConflictRow[] } } = {},
): Promise<Reply> {
  mustNotBeAbolished(organ)
  const today = ctx.clock.today()
  const later = (await profileHistory(ctx.db, organ.id)).filter(row => row.validFrom > today)
  const title = `修改“${organ.shortName}”的职能和联系方式`
  return page({
    title,
    status: more.conflict ? 409 : more.errors ? 422 : 200,
    crumbs: organCrumbs(organ),
    body: (
      <>
        <PageHead
          title={title}
          note="从生效日期起对外公布；以前的内容留在变化记录里。机构职能、负责人变动后，应当在10个工作日内更新。"
        />
        {later.length > 0 && (
          <Notice tone="info" title="另有尚未生效的内容">
            自{later.map(row => inChinese(row.validFrom)).join('、')}
            起已另有安排。现在的修改如果那以后也适用，请按那个生效日期再改一次。
          </Notice>
        )}
        {more.conflict && (
          <ConflictNotice
            by={more.conflict.saved?.changedBy ?? ''}
            at={more.conflict.saved?.changedAt ?? ctx.clock.now()}
            rows={more.conflict.rows}
          />
        )}
        <Form
          action={`/organs/${organ.key}/profile`}
          values={values}
          errors={more.errors}
          labels={profileFieldLabels}
        >
          <HiddenField name="version" value={textOf(values, 'version')} />
          <HiddenField name="seen" value={textOf(values, 'seen')} />
          <DateField
            name="validFrom"
            label="生效日期"
            hint="从哪一天起是这样；同一天里再改，以最后一次为准"
            required
            min={today}
          />
          {/* also what Enter presses: the first button of the form */}
          <SubmitButton>保存</SubmitButton>
          <ProfileFields values={values} />
          <Actions primary="保存" cancel={{ label: '返回', href: `/organs/${organ.key}` }} />
        </Form>
      </>
    ),
  })
}
