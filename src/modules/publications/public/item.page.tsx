import { z } from 'zod'
import { isPlainDate, momentInBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import { logTag } from '#modules/transparency-log'
import type { PublicContext } from '#platform/context'
import { json, page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { type Around, aroundOf } from '../around.ts'
import { type PlaceInLog, placeInLog } from '../edition-proof.ts'
import { kindOf } from '../kind.ts'
import { newestPublic } from '../list-queries.ts'
import { nextBoundary } from '../public-queries.ts'
import { editionOn, effectsOn, type Listed, type PublicView } from '../public-view.ts'
import { listsTag, publicationTag } from '../tags.ts'
import { validityOn } from '../validity.ts'
import { citeRoutes } from './cite.route.ts'
import { findItem, unknownItem } from './find-item.tsx'
import { type DayAsked, ItemArticle } from './item-article.tsx'
import { proofRoutes } from './proof.route.ts'
import { publicJson } from './public-json.ts'
import { relatedRoutes } from './related.page.tsx'
import { schemaOrgOf } from './schema-org.ts'
import { versionRoutes } from './versions.page.tsx'

const address = z.object({
  file: z.string().max(40),
  number: z.coerce.number().int().min(1).max(9999).optional(),
})

/** The pages of one family of kinds: `/policies/{id}`, its `.json`, its earlier editions `/policies/{id}/editions/{n}` and what hangs on them. */
export function itemRoutes(segment: string): PublicRoute[] {
  const rule = showsPublications(item =>
    item.segment === segment
      ? [
          `/${segment}/${item.id}`,
          `/${segment}/${item.id}.json`,
          `/${segment}/${item.id}/editions/1`,
          `/${segment}/${item.id}/editions/1.json`,
          `/${segment}/${item.id}?on=2026-01-01`,
          `/${segment}/${item.id}.json?on=2026-01-01`,
        ]
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
    ...versionRoutes(segment),
    ...relatedRoutes(segment),
    ...citeRoutes(segment),
    ...proofRoutes(segment),
  ]
}

async function showItem(ctx: PublicContext, incoming: Incoming, segment: string): Promise<Reply> {
  // Either end may ask for JSON: `/policies/{id}.json`, `/policies/{id}/editions/{n}.json`
  const [asNumber, ofNumber] = incoming.params.number?.split('.') ?? []
  const parsed = address.safeParse({
    ...incoming.params,
    ...(asNumber === undefined ? {} : { number: asNumber }),
  })
  if (!parsed.success) throw unknownItem()
  const { file, number } = parsed.data
  const [publicId = '', ofFile, ...more] = file.split('.')
  const extension = number === undefined ? ofFile : ofNumber
  if ((extension !== undefined && extension !== 'json') || more.length > 0) throw unknownItem()
  if (number !== undefined && ofFile !== undefined) throw unknownItem()

  const now = ctx.clock.now()
  const [{ view, instead }, boundary] = await Promise.all([
    findItem(ctx, { publicId, segment, number }),
    nextBoundary(ctx.db, now),
  ])
  if (!view) return instead
  const asked = number === undefined ? dayAsked(view, incoming, ctx.clock.today()) : undefined
  const midnight = nextMidnight(now)
  const cache = {
    // Any day is an address: whoever walks through them all must not push other pages out of memory
    dependsOn: asked ? undefined : [publicationTag(view.id), listsTag(ctx.site.id)],
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
  }
  const shown = asked?.day ? await asItWasOn(ctx, view, asked.day) : view
  if (extension === 'json') {
    const site = ctx.site.origin + ctx.site.base
    return json(asked?.day ? { on: asked.day, ...publicJson(shown, site) } : publicJson(shown, site), cache)
  }
  const isEarlier = number !== undefined && number !== view.editions[0]?.number
  const [current, neighbours, around, logged] = await Promise.all([
    isEarlier ? findItem(ctx, { publicId, segment }) : null,
    listNeighbours(ctx, view),
    aroundOf(ctx, shown),
    placeInLog(ctx.db, view.editionId),
  ])
  return itemPage(ctx, {
    view: shown,
    current: current?.view ?? undefined,
    asked,
    neighbours,
    around,
    logged,
    isAside: number !== undefined || asked !== undefined,
    // Until its proof can be had, every new head of the log may bring it
    cache: logged?.isSigned
      ? cache
      : { ...cache, dependsOn: cache.dependsOn && [...cache.dependsOn, logTag] },
  })
}

/** A day in the address, right or wrong; of a day to come only validity can be told, and some kinds tell nothing of days. */
function dayAsked(view: PublicView, incoming: Incoming, today: PlainDate): DayAsked | undefined {
  const typed = [incoming.query.on].flat()[0]?.trim()
  const { hasValidity, dayLabel } = kindOf(view.kind)
  if (typed === undefined || !(hasValidity || dayLabel)) return undefined
  if (!isPlainDate(typed))
    return { typed, day: null, error: '没有这一天。请写成 2023-05-01 的样子，并核对月份和日子。' }
  return typed > today && !hasValidity
    ? { typed, day: null, error: '这一天还没有到，下面是今天的内容。请选今天或者以前的日子。' }
    : { typed, day: typed }
}

/**
 * The text that readers had on a day, with what the document was worth then by all that is known now: by the dates of the
 * present edition, which puts right those before it, and by the effects that are public today.
 */
async function asItWasOn(ctx: PublicContext, current: PublicView, day: PlainDate): Promise<PublicView> {
  const edition = editionOn(current, day)
  const found =
    edition === undefined || edition.number === current.number
      ? current
      : (
          await findItem(ctx, {
            publicId: current.publicId,
            segment: kindOf(current.kind).segment,
            number: edition.number,
          })
        ).view
  const { signedOn, effectiveFrom, validUntil } = current
  return {
    ...(found ?? current),
    ...{ signedOn, effectiveFrom, validUntil },
    validity: current.validity && validityOn(current, effectsOn(current), day),
  }
}

/** Other documents on the same subject, for kinds whose subjects are told. */
async function listNeighbours(ctx: PublicContext, view: PublicView): Promise<Listed[]> {
  const kind = kindOf(view.kind)
  if (!view.theme || !kind.hasValidity) return []
  const found = await newestPublic(
    ctx.db,
    ctx.clock.now(),
    { siteId: ctx.site.id, kinds: [view.kind], theme: view.theme },
    5,
  )
  return found.filter(item => item.id !== view.id)
}

function itemPage(
  ctx: PublicContext,
  shown: {
    view: PublicView
    current: PublicView | undefined
    asked: DayAsked | undefined
    neighbours: readonly Listed[]
    around: readonly Around[]
    logged: PlaceInLog | null
    /** Not the page itself but a view of it: an edition, a day. */
    isAside: boolean
    cache: { dependsOn: string[] | undefined; freshUntil: Date }
  },
): Reply {
  const { view, current, asked, neighbours, around, logged } = shown
  const kind = kindOf(view.kind)
  const [column] = view.columns
  const { base } = ctx.site
  const way = kind.listedAt
    ? { label: kind.listedAt.label, href: base + kind.listedAt.path }
    : column && { label: column.name, href: `${base}/columns/${column.path}` }
  return page({
    status: asked?.error ? 422 : 200,
    title: asked?.day ? `${view.title}（${asked.day}）` : view.title,
    door: kind.door,
    crumbs: [
      { label: '首页', href: `${base}/` },
      ...(way ? [way] : []),
      { label: way?.label === kind.label ? '正文' : kind.label },
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
    jsonLd: shown.isAside ? undefined : schemaOrgOf(view, ctx.site),
    noIndex: shown.isAside,
    scripts: ['reading'],
    body: (
      <ItemArticle
        view={view}
        site={ctx.site}
        today={ctx.clock.today()}
        current={current}
        asked={asked}
        neighbours={neighbours}
        around={around}
        logged={logged}
      />
    ),
    ...shown.cache,
  })
}
