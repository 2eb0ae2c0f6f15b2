import { listOrgansBelow, organTree, organTypes } from '#modules/organisations'
import { countByOrgan, listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { SectionHead } from '#ui/components/section-head'
import { type CountedOrgan, countedTree } from './counted-tree.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/organs', rule: showsPublications(() => ['/organs']), handle: showOrgans },
]

/** 机构: the organs of this site by what they are, each with how much it has public. */
async function showOrgans(ctx: PublicContext): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const [tree, below, counts, boundary] = await Promise.all([
    organTree(db),
    listOrgansBelow(db, site.organId),
    countByOrgan(db, now, { siteId: site.id }),
    nextBoundary(db, now),
  ])
  const organs = flat(countedTree(tree, counts, { within: new Set(below) }))
  const groups = Map.groupBy(organs, organ => organ.type)
  return page({
    title: '机构',
    door: 'disclosure',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '机构' }],
    column: {
      name: '机构',
      description: `${site.name}及其部门、乡镇和公共企事业单位的职责、领导、内设机构和联系方式`,
      keywords: '机构职能,领导,内设机构,联系方式',
      type: '机构职能,负责人信息',
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead title="机构" note="每个单位管什么、谁负责、在哪里办公、怎样联系，以及它公开的信息。" />
        {organs.length === 0 ? (
          <EmptyState title="还没有登记机构">机构登记后会立即出现在这里。</EmptyState>
        ) : null}
        <Group
          title="政府"
          organs={[...(groups.get('government') ?? []), ...(groups.get('office') ?? [])]}
          base={site.base}
        />
        {typesBelow.map(type => (
          <Group key={type} title={organTypes[type]} organs={groups.get(type) ?? []} base={site.base} />
        ))}
      </>
    ),
  })
}

/** The government and its office stand together at the top. */
const typesBelow = (Object.keys(organTypes) as (keyof typeof organTypes)[]).filter(
  type => type !== 'government' && type !== 'office',
)

const flat = (organs: readonly CountedOrgan[]): CountedOrgan[] =>
  organs.flatMap(organ => [organ, ...flat(organ.children)])

function Group({ title, organs, base }: { title: string; organs: readonly CountedOrgan[]; base: string }) {
  if (organs.length === 0) return null
  return (
    <section class="mt-6">
      <SectionHead title={title} />
      <ul class="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {organs.map(organ => (
          <li key={organ.id} class="flex items-baseline gap-3 border-b border-line py-2.5">
            <a href={`${base}/organs/${organ.key}`}>{organ.name}</a>
            {organ.items > 0 ? (
              <span class="ml-auto whitespace-nowrap text-sm text-soft tabular-nums">{organ.items} 件</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
