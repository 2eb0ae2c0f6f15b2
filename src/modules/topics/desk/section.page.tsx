import { notFound } from '#lib/errors'
import { type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { DangerAct } from '#ui/forms'
import { pickInput, pickPublication } from '../actions/pick-publication.ts'
import { saveSection, saveSectionInput } from '../actions/save-section.ts'
import { mayEdit } from '../policy.ts'
import { ruleNames, type Section } from '../topic.ts'
import { DoneNotice, GivenBackNotice, isGivenBack } from './done-notice.tsx'
import {
  asFault,
  type Fault,
  isChangedMeanwhile,
  type Loaded,
  loadTopic,
  noFault,
  seenIn,
} from './load-topic.ts'
import { Meanwhile } from './meanwhile.tsx'
import { sectionForm, sectionLabels } from './section-form.tsx'
import { picksOf } from './section-picks.tsx'

const may: DeskRoute['may'] = actor => mayEdit(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/topics/:id/sections/new', may, handle: ask },
  { method: 'POST', path: '/topics/:id/sections/new', may, handle: save },
  { method: 'GET', path: '/topics/:id/sections/:section', may, handle: ask },
  { method: 'POST', path: '/topics/:id/sections/:section', may, handle: save },
  { method: 'POST', path: '/topics/:id/sections/:section/picks', may, handle: pick },
]

interface Place extends Loaded {
  /** Null: a new one. */
  section: Section | null
}

async function placeOf(ctx: DeskContext, incoming: Incoming): Promise<Place> {
  const loaded = await loadTopic(ctx, incoming)
  const id = incoming.params.section
  if (id === undefined) return { ...loaded, section: null }
  const section = loaded.sections.find(one => one.id === id)
  if (!section) throw notFound('topics.unknown-section', '没有找到这个板块，也许同事刚刚删去了它。')
  return { ...loaded, section }
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const place = await placeOf(ctx, incoming)
  return show(ctx, incoming, place, isGivenBack(incoming) ? incoming.form : formOf(place))
}

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { form } = incoming
  const place = await placeOf(ctx, incoming)
  const read = readForm(saveSectionInput, form)
  if (!read.ok) return show(ctx, incoming, place, form, { errors: read.errors, status: 422 })
  if (textOf(form, 'do') === 'try') return show(ctx, incoming, place, form)
  try {
    const id = await saveSection(ctx, seenIn(incoming, place.topic), place.section?.id ?? null, read.value)
    return seeOther(`/topics/${place.topic.id}/sections/${id}?done=section`)
  } catch (error) {
    if (!isChangedMeanwhile(error)) return show(ctx, incoming, place, form, asFault(error))
    const now = await placeOf(ctx, incoming)
    const mine = { ...form, revision: String(now.topic.revision) }
    return show(ctx, incoming, now, mine, { errors: {}, status: 409 })
  }
}

async function pick(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const place = await placeOf(ctx, incoming)
  const back = `/topics/${place.topic.id}/sections/${place.section?.id}`
  try {
    const input = pickInput.parse({ ...incoming.form, sectionId: place.section?.id })
    await pickPublication(ctx, seenIn(incoming, place.topic), input)
    const find = textOf(incoming.form, 'find')
    return seeOther(`${back}?done=picked${find ? `&find=${encodeURIComponent(find)}` : ''}#picks`)
  } catch (error) {
    const now = await placeOf(ctx, incoming)
    return show(ctx, incoming, now, formOf(now), asFault(error))
  }
}

function formOf({ topic, section }: Place): RawForm {
  const revision = String(topic.revision)
  if (!section) return { revision, shown: '8' }
  const rule = Object.fromEntries(ruleNames.map(name => [name, section.rule?.[name] ?? '']))
  return { ...rule, title: section.title, note: section.note, shown: String(section.shown), revision }
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  place: Place,
  raw: RawForm,
  fault: Fault = noFault,
): Promise<Reply> {
  const { topic, site, section } = place
  const title = section ? `板块“${section.title}”` : '新建板块'
  const find = queryText(incoming, 'find')
  return page({
    title,
    status: fault.status,
    crumbs: [
      { label: '专题', href: '/topics' },
      { label: topic.name, href: `/topics/${topic.id}` },
      { label: title },
    ],
    body: (
      <>
        <PageHead title={title} note={`专题“${topic.name}” · ${site.name}`} />
        <DoneNotice incoming={incoming} />
        <GivenBackNotice incoming={incoming} />
        {fault.status === 409 && Object.keys(fault.errors).length === 0 ? (
          <Meanwhile by={topic.changedBy} labels={sectionLabels} theirs={formOf(place)} mine={raw} />
        ) : null}
        {await sectionForm(ctx, place, raw, fault)}
        {section ? await picksOf(ctx, place, section, find) : null}
        {section ? (
          <DangerAct
            label="删去这个板块"
            warning="板块的标题、规则和指定会删去，里面的内容本身不受影响。"
            action={`/topics/${topic.id}/arrange`}
            confirm="确认删去"
            hidden={{ sectionId: section.id, to: 'away', revision: String(topic.revision) }}
          />
        ) : null}
      </>
    ),
  })
}
