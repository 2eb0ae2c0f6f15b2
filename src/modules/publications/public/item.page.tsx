import { z } from 'zod'
import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import type { PublicContext } from '#platform/context'
import { json, movedTo, page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { kindOf } from '../kind.ts'
import { findOwnAddress, findPublicView, nextBoundary } from '../public-queries.ts'
import { type Departed, type PublicView, publishedWhen } from '../public-view.ts'
import { listsTag, publicationTag } from '../tags.ts'
import { DepartedNotice } from './departed-notice.tsx'
import { ItemArticle } from './item-article.tsx'
import { publicJson } from './public-json.ts'

const unknown = () => notFound('publications.unknown', '没有找到这个页面。地址也许输错了，也许它从未公开过。')

const address = z.object({
  file: z.string().max(40),
  number: z.coerce.number().int().min(1).max(9999).optional(),
})

/** The pages of one family of kinds: `/policies/{id}`, its `.json`, and its earlier editions `/policies/{id}/editions/{n}`. */
export function itemRoutes(segment: string): PublicRoute[] {
  const rule = showsPublications(item =>
    item.segment === segment
      ? [`/${segment}/${item.id}`, `/${segment}/${item.id}.json`, `/${segment}/${item.id}/editions/1`]
      : [],
  )
  return [
    {
      method: 'GET',
      path: `/${segment}/:file`,
      rule,
      handle: (ctx, incoming) => showItem(ctx, incoming, segment),
    },
    {
      method: 'GET',
      path: `/${segment}/:file/editions/:number`,
      rule,
      handle: (ctx, incoming) => showItem(ctx, incoming, segment),
    },
  ]
}

async function showItem(ctx: PublicContext, incoming: Incoming, segment: string): Promise<Reply> {
  const parsed = address.safeParse(incoming.params)
  if (!parsed.success) throw unknown()
  const { file, number } = parsed.data
  const [publicId = '', extension] = file.split('.')
  if (!publicIdPattern.test(publicId) || (extension !== undefined && extension !== 'json')) throw unknown()

  const now = ctx.clock.now()
  const where = { siteId: ctx.site.id, publicId, segment, number }
  const [found, boundary] = await Promise.all([findPublicView(ctx.db, now, where), nextBoundary(ctx.db, now)])
  if (!found) {
    const elsewhere = number === undefined ? await findOwnAddress(ctx.db, now, where) : null
    if (elsewhere === null) throw unknown()
    return movedTo(elsewhere)
  }
  if ('how' in found) return showDeparted(ctx, found)
  const dependsOn = [publicationTag(found.id), listsTag(ctx.site.id)]
  const freshUntil = boundary ?? undefined
  if (extension === 'json')
    return json(publicJson(found, ctx.site.origin + ctx.site.base), { dependsOn, freshUntil })
  const isEarlier = number !== undefined && number !== found.editions[0]?.number
  const current = isEarlier ? await findPublicView(ctx.db, now, { ...where, number: undefined }) : null
  return itemPage(
    ctx,
    {
      view: found,
      isEdition: number !== undefined,
      current: current && !('how' in current) ? current : undefined,
    },
    { dependsOn, freshUntil },
  )
}

function itemPage(
  ctx: PublicContext,
  { view, isEdition, current }: { view: PublicView; isEdition: boolean; current: PublicView | undefined },
  cache: { dependsOn: string[]; freshUntil: Date | undefined },
): Reply {
  const kind = kindOf(view.kind)
  const [column] = view.columns
  const { base, origin } = ctx.site
  return page({
    title: view.title,
    door: kind.door,
    crumbs: [
      { label: '首页', href: `${base}/` },
      ...(column ? [{ label: column.name, href: `${base}/columns/${column.path}` }] : []),
      { label: column?.name === kind.label ? '正文' : kind.label },
    ],
    column,
    content: {
      title: view.title,
      pubDate: momentInBeijing(view.firstPublicAt),
      source: view.source || view.organName,
      keywords: view.keywords || undefined,
      author: view.author || undefined,
      description: view.summary || undefined,
    },
    canonical: view.ownBase + view.address,
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': kind.schemaType,
      name: view.title,
      headline: view.title,
      datePublished: publishedWhen(view).slice(0, 10),
      dateModified: momentInBeijing(view.publicFrom).slice(0, 10),
      publisher: { '@type': 'GovernmentOrganization', name: view.issuers[0] ?? view.organName },
      ...(view.docNo ? { legislationIdentifier: view.docNo } : {}),
      url: `${origin}${base}${view.address}`,
    },
    noIndex: isEdition,
    scripts: ['reading'],
    body: <ItemArticle view={view} site={ctx.site} today={ctx.clock.today()} current={current} />,
    ...cache,
  })
}

function showDeparted(ctx: PublicContext, item: Departed): Reply {
  const { base } = ctx.site
  if (item.how === 'redirected' && item.to) return movedTo(base + item.to)
  return page({
    status: 410,
    title: '这个页面已经停止公开',
    crumbs: [{ label: '首页', href: `${base}/` }, { label: '已停止公开' }],
    noIndex: true,
    body: <DepartedNotice item={item} base={base} />,
  })
}
