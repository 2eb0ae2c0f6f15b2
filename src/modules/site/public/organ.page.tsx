import { dateInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { findOrganByKey, organTag } from '#modules/organisations'
import { listsTag, nextBoundary, organSchemaOf } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { json, page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { OrganArticle, OrganAside } from './organ-article.tsx'
import { organFacts } from './organ-facts.ts'
import { organJson } from './organ-json.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/organs/:key',
    rule: showsPublications(item => [`/organs/${item.organKey}`, `/organs/${item.organKey}.json`]),
    handle: showOrgan,
  },
]

/** 机构概况 (条例 Art. 20(2)): a view of the organ's dated profile, and what it published last. */
async function showOrgan(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const [key = '', extension] = (incoming.params.key ?? '').split('.')
  const organ = extension === undefined || extension === 'json' ? await findOrganByKey(db, key) : null
  if (!organ) throw notFound('site.no-such-organ', '没有找到这个机构。请从机构列表里找。')
  const [facts, boundary] = await Promise.all([
    organFacts(ctx, organ, dateInBeijing(now)),
    nextBoundary(db, now),
  ])
  const { profile } = facts
  const cache = { dependsOn: [organTag(organ.id), listsTag(site.id)], freshUntil: boundary ?? undefined }
  if (extension === 'json') return json(organJson(facts, site.origin + site.base), cache)
  return page({
    title: organ.name,
    door: 'disclosure',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '机构', href: `${site.base}/organs` },
      { label: organ.shortName },
    ],
    column: {
      name: `${organ.name}机构职能`,
      description: `${organ.name}的职责、领导、内设机构、联系方式和公开的信息`,
      keywords: `${organ.name},机构职能,领导,内设机构,联系方式`,
      type: profile && profile.leaders.length > 0 ? '机构职能,负责人信息' : '机构职能',
    },
    jsonLd: organSchemaOf(facts, site),
    feeds: [{ title: `${organ.shortName}：最新公开`, href: `${site.base}/feeds/organs/${organ.key}.atom` }],
    ...cache,
    body: (
      <div class="main-and-aside">
        <div class="min-w-0">
          <OrganArticle facts={facts} base={site.base} />
        </div>
        <aside>
          <OrganAside facts={facts} base={site.base} />
        </aside>
      </div>
    ),
  })
}
