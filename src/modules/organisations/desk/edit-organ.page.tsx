import { permit } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, HiddenField } from '#ui/forms'
import { updateOrgan, updateOrganInput } from '../actions/update-organ.ts'
import { mergeEdits } from '../edit-conflict.ts'
import { organFacts } from '../input.ts'
import { mustNotBeAbolished, type Organ, organLevels, organTypes } from '../organ.ts'
import { mayAdminister, mayEditOrgan } from '../policy.ts'
import { getOrganByKey, type OrganNode, organTree } from '../queries.ts'
import { flatten, wouldCycle } from '../tree.ts'
import { ConflictNotice, type ConflictRow } from './conflict-notice.tsx'
import { unnest } from './nested-form.ts'
import { organCrumbs } from './organ-crumbs.ts'
import { OrganFields, organFieldLabels, organOptions } from './organ-fields.tsx'
import { errorsOf, isChangedMeanwhile } from './refusal.ts'
import { seenBefore } from './seen-before.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/organs/:key/edit', may: mayAdminister, handle: ask },
  { method: 'POST', path: '/organs/:key/edit', may: mayAdminister, handle: save },
]

async function ask(ctx: DeskContext, { params }: Incoming): Promise<Reply> {
  const organ = await getOrganByKey(ctx.db, params.key ?? '')
  permit(mayEditOrgan(ctx.actor, organ.id), 'organisations.may-not-edit-organ')
  mustNotBeAbolished(organ)
  return show(ctx, organ, formOf(organ))
}

async function save(ctx: DeskContext, { params, form }: Incoming): Promise<Reply> {
  const organ = await getOrganByKey(ctx.db, params.key ?? '')
  const read = readForm(updateOrganInput, { ...form, organId: organ.id })
  if (!read.ok) return show(ctx, organ, read.raw, { errors: read.errors })
  try {
    await updateOrgan(ctx, read.value)
    return seeOther(`/organs/${organ.key}?done=saved`)
  } catch (error) {
    if (!isChangedMeanwhile(error)) return show(ctx, organ, form, { errors: errorsOf(error, 'name') })
  }
  const saved = await getOrganByKey(ctx.db, organ.key)
  const typed = organFacts.parse(read.value)
  const merged = mergeEdits(seenBefore(organFacts, textOf(form, 'seen')), factsOf(saved), typed)
  const names = new Map(flatten(await organTree(ctx.db)).map(one => [one.id, one.name]))
  return show(
    ctx,
    saved,
    { ...formOf(saved), ...unnest(merged.content), docCodes: merged.content.docCodes.join('、') },
    {
      conflict: merged.fields.map(({ field, keeps }) => ({
        label: organFieldLabels[field] ?? field,
        theirs: shown(factsOf(saved), field, names),
        mine: shown(typed, field, names),
        keeps,
      })),
    },
  )
}

type Facts = ReturnType<typeof factsOf>
const factsOf = (organ: Organ) => organFacts.parse(organ)

function formOf(organ: Organ): RawForm {
  return {
    ...unnest(factsOf(organ)),
    docCodes: organ.docCodes.join('、'),
    revision: String(organ.revision),
    seen: JSON.stringify(factsOf(organ)),
  }
}

function shown(facts: Facts, field: keyof Facts, names: ReadonlyMap<string, string>): string[] {
  if (field === 'type') return [organTypes[facts.type]]
  if (field === 'level') return [organLevels[facts.level]]
  const value = facts[field]
  if (value === null || value === '') return []
  if (Array.isArray(value)) return value
  return [field === 'parentId' ? (names.get(String(value)) ?? '') : String(value)]
}

async function show(
  ctx: DeskContext,
  organ: Organ,
  values: RawForm,
  more: { errors?: FormErrors; conflict?: ConflictRow[] } = {},
): Promise<Reply> {
  const tree = flatten(await organTree(ctx.db))
  const title = `修改“${organ.shortName}”的基本信息`
  return page({
    title,
    status: more.conflict ? 409 : more.errors ? 422 : 200,
    crumbs: organCrumbs(organ),
    body: (
      <>
        <PageHead title={title} />
        {more.conflict && <ConflictNotice by={organ.changedBy} at={organ.changedAt} rows={more.conflict} />}
        <Form
          action={`/organs/${organ.key}/edit`}
          values={values}
          errors={more.errors}
          labels={organFieldLabels}
        >
          <HiddenField name="revision" value={textOf(values, 'revision')} />
          <HiddenField name="seen" value={textOf(values, 'seen')} />
          <OrganFields parents={possibleParents(tree, organ)} isNew={false} />
          <Actions primary="保存" cancel={{ label: '返回', href: `/organs/${organ.key}` }} />
        </Form>
      </>
    ),
  })
}

function possibleParents(tree: readonly OrganNode[], organ: Organ) {
  return organOptions(tree, other => wouldCycle(tree, organ.id, other.id))
}
