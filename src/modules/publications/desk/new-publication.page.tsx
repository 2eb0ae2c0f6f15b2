import { invalid, permit } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import { limits } from '#modules/files'
import { listOrgans, listOrgansAbove, listSites, type Organ, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, SelectField } from '#ui/forms'
import { startPublication, startPublicationInput } from '../actions/start-publication.ts'
import { formErrors, inputOfForm } from '../draft-form.ts'
import type { FilingFacts } from '../filing.ts'
import { allKinds, type Kind } from '../kind.ts'
import { mayDraft } from '../policy.ts'
import { afterSaving } from './after-saving.ts'
import { loadColumnChoice } from './desk-address.ts'
import { GivenBackNotice, isGivenBack } from './done-notice.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { loadFiling } from './filing-fields.tsx'
import { refusalAsErrors } from './refusals.ts'
import { takeAttachments } from './take-attachments.ts'

const address = '/publications/new'

export const routes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: address, may: actor => mayDraft(actor), handle: ask },
  {
    method: 'POST',
    path: address,
    may: actor => mayDraft(actor),
    uploads: { largest: limits.mediaBytes },
    handle: (ctx, incoming) => save(ctx, incoming, storage),
  },
]

const offeredKinds = () => allKinds().filter(kind => !kind.madeByAct)

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const given = isGivenBack(incoming) ? incoming.form : null
  const asked = (name: string, field: string) =>
    given ? textOf(given, field) : (queryText(incoming, name) ?? '')
  const kind = offeredKinds().find(one => one.name === asked('kind', 'kind'))
  const organs = await ownOrgans(ctx)
  const organ = organs.find(one => one.id === asked('organ', 'organId'))
  const sites = await listSites(ctx.db)
  if (!kind || !organ) return choose(ctx, organs, sites)
  const site = sites.find(one => one.id === asked('site', 'siteId')) ?? (await siteFor(ctx, organ, sites))
  if (!site) throw invalid('publications.no-site', '还没有站点，不能起草。请系统管理员先在“站点”里新建。')
  return show(ctx, incoming, { kind, organ, site }, given ?? firstValues(kind, organ))
}

/** Organs in whose name this person may draft. */
async function ownOrgans(ctx: DeskContext): Promise<Organ[]> {
  return (await listOrgans(ctx.db)).filter(organ => mayDraft(ctx.actor, organ.id))
}

/** The organ's own site, else that of the nearest organ above it, else the first one. */
async function siteFor(
  ctx: DeskContext,
  organ: Organ,
  sites: readonly SiteRow[],
): Promise<SiteRow | undefined> {
  const line = [organ.id, ...(await listOrgansAbove(ctx.db, organ.id))]
  for (const id of line) {
    const site = sites.find(one => one.organId === id)
    if (site) return site
  }
  return sites[0]
}

const firstValues = (kind: Kind, organ: Organ): RawForm => ({
  formKey: crypto.randomUUID(),
  source: organ.name,
  ...(kind.uses.includes('issuers') ? { issuers: organ.name } : {}),
})

/** What is known of a publication that is not saved yet. */
const newFacts = (organ: Organ, site: SiteRow, raw: RawForm): FilingFacts => ({
  publicationId: null,
  editionId: null,
  siteId: site.id,
  organId: organ.id,
  title: textOf(raw, 'title'),
  keywords: textOf(raw, 'keywords'),
  theme: textOf(raw, 'theme') || null,
  columnIds: textOf(raw, 'mainColumn') ? [textOf(raw, 'mainColumn')] : [],
})

interface Place {
  kind: Kind
  organ: Organ
  site: SiteRow
}

async function save(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const kind = offeredKinds().find(one => one.name === textOf(incoming.form, 'kind'))
  const organ = (await listOrgans(ctx.db)).find(one => one.id === textOf(incoming.form, 'organId'))
  const site = (await listSites(ctx.db)).find(one => one.id === textOf(incoming.form, 'siteId'))
  if (!kind || !organ || !site)
    throw invalid('publications.no-place', '种类、机构或者站点已经不在了。请回到“新建”重新选择。')
  permit(mayDraft(ctx.actor, organ.id), 'publications.may-not-draft')
  const place = { kind, organ, site }
  const { raw, faults } = await takeAttachments(ctx, incoming, { storage, siteId: site.id })
  const parsed = startPublicationInput.safeParse(inputOfForm(kind, raw))
  const errors = {
    ...(parsed.success ? {} : formErrors(parsed.error.issues)),
    ...(faults.length > 0 ? { newFiles: faults.join('') } : {}),
  }
  if (!parsed.success || faults.length > 0) return show(ctx, incoming, place, raw, { errors, status: 422 })
  try {
    return await afterSaving(ctx, await startPublication(ctx, parsed.data), raw)
  } catch (error) {
    return show(ctx, incoming, place, raw, refusalAsErrors(error))
  }
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  { kind, organ, site }: Place,
  raw: RawForm,
  fault: { errors: FormErrors; status: number } = { errors: {}, status: 200 },
): Promise<Reply> {
  const title = `新建${kind.label}`
  return page({
    title,
    status: fault.status,
    crumbs: [
      { label: '发布物', href: '/publications' },
      { label: '新建', href: address },
    ],
    scripts: ['rich-editor'],
    body: (
      <>
        <PageHead
          title={title}
          note={`${organ.shortName} · 站点：${site.shortName}。保存的是稿子，送审通过之后才公开；没写完也可以先保存，只要有标题。`}
        />
        <GivenBackNotice incoming={incoming} />
        <DraftEditor
          action={address}
          kind={kind}
          raw={raw}
          errors={fault.errors}
          siteId={site.id}
          columns={await loadColumnChoice(ctx, site.id)}
          isCorrection={false}
          filing={await loadFiling(ctx, newFacts(organ, site, raw), raw)}
          hidden={{
            kind: kind.name,
            organId: organ.id,
            siteId: site.id,
            formKey: textOf(raw, 'formKey') || crypto.randomUUID(),
          }}
          primary="保存稿子"
          cancel={{ label: '不写了', href: '/publications' }}
        />
      </>
    ),
  })
}

async function choose(ctx: DeskContext, organs: readonly Organ[], sites: readonly SiteRow[]): Promise<Reply> {
  const own = organs.find(organ => organ.id === ctx.actor.organId) ?? organs[0]
  const site = own && (await siteFor(ctx, own, sites))
  return page({
    title: '新建发布物',
    crumbs: [{ label: '发布物', href: '/publications' }, { label: '新建' }],
    body: (
      <>
        <PageHead title="新建发布物" note="先选种类和发布机构，再填写内容。" />
        {sites.length === 0 ? (
          <EmptyState title="还没有站点">请系统管理员先在“站点”里新建站点和栏目。</EmptyState>
        ) : (
          <Form
            method="get"
            layout="stack"
            action={address}
            values={{ organ: own?.id, site: site?.id }}
            label="选择种类"
          >
            <SelectField
              name="kind"
              label="种类"
              required
              options={offeredKinds().map(kind => ({ value: kind.name, label: kind.label }))}
            />
            <SelectField
              name="organ"
              label="发布机构"
              required
              options={organs.map(organ => ({ value: organ.id, label: organ.name }))}
            />
            {sites.length > 1 && (
              <SelectField
                name="site"
                label="首先发布在哪个站点"
                hint="它的地址以后不变；还可以同时显示在别的站点的栏目里。"
                blank={null}
                options={sites.map(one => ({ value: one.id, label: one.name }))}
              />
            )}
            <Actions primary="开始填写" cancel={{ label: '返回', href: '/publications' }} />
          </Form>
        )}
      </>
    ),
  })
}
