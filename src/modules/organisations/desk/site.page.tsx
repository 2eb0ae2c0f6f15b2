import { notFound } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, HiddenField } from '#ui/forms'
import { updateSite, updateSiteInput } from '../actions/update-site.ts'
import { mergeEdits } from '../edit-conflict.ts'
import { siteSettings } from '../input.ts'
import { mayAdminister, mayEditSite, mayRead } from '../policy.ts'
import { getOrgan, organTree } from '../queries.ts'
import { type SiteRow, siteWarnings } from '../site.ts'
import { findSite } from '../site-queries.ts'
import { flatten } from '../tree.ts'
import { ConflictNotice, type ConflictRow } from './conflict-notice.tsx'
import { DoneNotice } from './done-notice.tsx'
import { readNestedForm, unnest } from './nested-form.ts'
import { organOptions } from './organ-fields.tsx'
import { errorsOf, isChangedMeanwhile } from './refusal.ts'
import { seenBefore } from './seen-before.ts'
import { SiteFields, siteFieldLabels } from './site-fields.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/sites/:key', may: mayRead, handle: read },
  { method: 'POST', path: '/sites/:key', may: mayAdminister, handle: save },
]

async function getSite(ctx: DeskContext, incoming: Incoming): Promise<SiteRow> {
  const site = await findSite(ctx.db, { key: incoming.params.key ?? '' })
  if (!site) throw notFound('organisations.no-such-site', '没有找到这个站点。请从站点列表中重新选择。')
  return site
}

async function read(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await getSite(ctx, incoming)
  return show(ctx, incoming, site, formOf(site))
}

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await getSite(ctx, incoming)
  const { form } = incoming
  const result = readNestedForm(updateSiteInput, { ...form, siteId: site.id })
  if (!result.ok) return show(ctx, incoming, site, result.raw, { errors: result.errors })
  try {
    await updateSite(ctx, result.value)
    return seeOther(`/sites/${site.key}?done=saved`)
  } catch (error) {
    if (!isChangedMeanwhile(error))
      return show(ctx, incoming, site, form, { errors: errorsOf(error, 'organId') })
  }
  const saved = await getSite(ctx, incoming)
  const names = new Map(flatten(await organTree(ctx.db)).map(organ => [organ.id, organ.name]))
  const mine = flat(siteSettings.parse(result.value))
  const theirs = flat(settingsOf(saved))
  const before = seenBefore(siteSettings, textOf(form, 'seen'))
  const merged = mergeEdits(before && flat(before), theirs, mine)
  const shown = (value: string | undefined) =>
    value ? [names.get(value) ?? (value === 'yes' ? '是' : value)] : []
  return show(
    ctx,
    incoming,
    saved,
    { ...formOf(saved), ...merged.content },
    {
      conflict: merged.fields.map(({ field, keeps }) => ({
        label: siteFieldLabels[field] ?? field,
        theirs: shown(theirs[field]),
        mine: shown(mine[field]),
        keeps,
      })),
    },
  )
}

type Settings = ReturnType<typeof settingsOf>
const settingsOf = (site: SiteRow) => siteSettings.parse(site)

/** Settings under the names of the form's fields, so that the footer is compared line by line. */
function flat(settings: Settings): Record<string, string> {
  return { ...(unnest(settings) as Record<string, string>), hosts: settings.hosts.join(' ') }
}

function formOf(site: SiteRow): RawForm {
  const settings = settingsOf(site)
  return { ...flat(settings), revision: String(site.revision), seen: JSON.stringify(settings) }
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  site: SiteRow,
  values: RawForm,
  more: { errors?: FormErrors; conflict?: ConflictRow[] } = {},
): Promise<Reply> {
  const organ = await getOrgan(ctx.db, site.organId)
  const tree = flatten(await organTree(ctx.db))
  const warnings = siteWarnings(site, organ)
  return page({
    title: site.name,
    status: more.conflict ? 409 : more.errors ? 422 : 200,
    crumbs: [{ label: '站点', href: '/sites' }],
    body: (
      <>
        <PageHead title={site.name} note={`代码 ${site.key}${site.isDefault ? ' · 默认站点' : ''}`} />
        <DoneNotice incoming={incoming} />
        {warnings.length > 0 && (
          <Notice tone="warning" title="对照政府网站的规定">
            {warnings.join('')}
          </Notice>
        )}
        {more.conflict && <ConflictNotice by={site.changedBy} at={site.changedAt} rows={more.conflict} />}
        {mayEditSite(ctx.actor, site.organId) ? (
          <Form action={`/sites/${site.key}`} values={values} errors={more.errors} labels={siteFieldLabels}>
            <HiddenField name="revision" value={textOf(values, 'revision')} />
            <HiddenField name="seen" value={textOf(values, 'seen')} />
            <SiteFields organs={organOptions(tree)} isNew={false} />
            <Actions primary="保存" cancel={{ label: '返回', href: '/sites' }} />
          </Form>
        ) : (
          <Sheet title="站点设置">
            <DefinitionList
              items={Object.entries(flat(settingsOf(site))).map(([name, value]) => ({
                term: siteFieldLabels[name] ?? name,
                value: name === 'organId' ? organ.name : value === 'yes' ? '是' : value,
              }))}
            />
          </Sheet>
        )}
      </>
    ),
  })
}
