import { inChinese } from '#lib/beijing-time'
import {
  allKinds,
  ChosenFilters,
  choiceAddress,
  countPublic,
  filterOf,
  findPublic,
  genreFacet,
  groupsOf,
  isNarrowed,
  kindFacet,
  kindOf,
  type ListChoice,
  ListColumns,
  ListSearch,
  listingOf,
  listRepealers,
  listsTag,
  misreadIn,
  NoSuchPage,
  nextBoundary,
  organFacet,
  readChoice,
  themeFacet,
  Understanding,
  type Validity,
  validities,
  validityFacet,
  yearFacet,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { FilterPanel } from '#ui/components/filter-panel'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { PublicationList } from '#ui/components/publication-list'
import { Tabs } from '#ui/components/tabs'
import { policyKinds } from '../kinds.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/policies',
    rule: showsPublications(item => [
      '/policies',
      `/policies?q=${encodeURIComponent(item.title)}`,
      `/policies?organ=${item.organKey}`,
    ]),
    handle: showLibrary,
  },
]

const facets = [validityFacet, kindFacet(policyKinds), organFacet, themeFacet, genreFacet, yearFacet]

/** 政策文件库: everything an organ of this government has laid down, with what it is worth today. */
async function showLibrary(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const choice = libraryChoice(incoming)
  const path = `${site.base}/policies`
  const filter = { ...filterOf(site.id, choice), kinds: choice.kind ? [choice.kind] : policyKinds }
  const [found, neighbours, boundary] = await Promise.all([
    findPublic(
      db,
      now,
      filter,
      { page: choice.page, pageSize: 20 },
      facets.map(one => one.facet),
    ),
    listNeighbours(ctx, now),
    nextBoundary(db, now),
  ])
  const groups = groupsOf(found.facets, choice, path, facets)
  const repealed = found.rows.filter(row => row.validity === 'repealed').map(row => row.id)
  const repealers = await listRepealers(db, now, repealed, choice.on ?? ctx.clock.today())
  const asked = choice.q !== undefined || isNarrowed(choice)
  return page({
    title: '政策文件库',
    door: 'policies',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '政策' }, { label: '政策文件库' }],
    column: {
      name: '政策文件库',
      description: `集中公开${site.name}及其部门的政策文件和行政规范性文件，标注每份文件今天是否有效`,
      keywords: '政策文件,行政规范性文件,文号,有效性',
      type: '政策文件',
    },
    noIndex: asked,
    feeds: [{ title: '政策文件：最新公开', href: `${site.base}/feeds/kinds/policies.atom` }],
    // Any day may be asked for: whoever walks through them all must not push other pages out of memory
    dependsOn: choice.on ? undefined : [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead
          title="政策文件库"
          note="政府和部门印发的政策文件、行政规范性文件，标注今天是否有效、由谁解读。"
        />
        {neighbours.length > 0 ? (
          <Tabs label="政策" items={[{ label: '政策文件库', href: path, current: true }, ...neighbours]} />
        ) : null}
        <ListSearch
          path={path}
          choice={choice}
          label="在政策文件库中查找"
          hint="标题、文号或正文里的词"
          days
          suggestions={`${site.base}/search/suggestions`}
        />
        <ListColumns filters={<FilterPanel action={path} groups={groups} />}>
          <Chosen path={path} choice={choice} groups={groups} />
          {misreadIn(incoming.query).map(message => (
            <Notice key={message} tone="info">
              {message}
            </Notice>
          ))}
          <p class="mt-2 text-soft" role="status">
            {asked ? '找到' : '共'} <b>{found.total}</b> 件
            {choice.on ? `，有效性按${inChinese(choice.on)}当天；那时还没有成文的，也列为尚未施行` : ''}
          </p>
          <Understanding understood={found.understood} choice={choice} path={path} />
          {found.rows.length > 0 ? (
            <PublicationList
              items={found.rows.map(item => listingOf(item, site.base, repealers.get(item.id)))}
            />
          ) : found.total > 0 ? (
            <NoSuchPage found={found} href={number => choiceAddress(path, choice, { page: number })} />
          ) : (
            <NothingFound asked={asked} path={path} choice={choice} base={site.base} />
          )}
          {found.rows.length > 0 ? (
            <Pager page={found} href={number => choiceAddress(path, choice, { page: number })} />
          ) : null}
        </ListColumns>
      </>
    ),
  })
}

function libraryChoice(incoming: Incoming): ListChoice {
  const { form: _, ...choice } = readChoice(incoming.query)
  const isPolicy = policyKinds.some(kind => kind === choice.kind)
  return isPolicy ? choice : { ...choice, kind: undefined }
}

/** Other families behind the same door of the navigation that have something to show. */
async function listNeighbours(ctx: PublicContext, now: Date) {
  const others = allKinds().filter(kind => kind.door === 'policies' && kind.segment !== 'policies')
  const counted = await Promise.all(
    others.map(async kind => ({
      label: kind.label,
      href: `${ctx.site.base}/${kind.segment}`,
      count: await countPublic(ctx.db, now, { siteId: ctx.site.id, kinds: [kind.name] }),
    })),
  )
  return counted.filter(kind => kind.count > 0)
}

function Chosen(props: {
  path: string
  choice: ListChoice
  groups: readonly { name: string; options: readonly { label: string; chosen: boolean }[] }[]
}) {
  const { path, choice, groups } = props
  return (
    <ChosenFilters
      path={path}
      choice={choice}
      words={{
        organ: groups.find(group => group.name === 'organ')?.options.find(option => option.chosen)?.label,
        kind: choice.kind ? kindOf(choice.kind).label : undefined,
        validity: choice.validity ? validities[choice.validity as Validity] : undefined,
      }}
    />
  )
}

function NothingFound(props: { asked: boolean; path: string; choice: ListChoice; base: string }) {
  const { asked, path, choice, base } = props
  if (!asked) return <EmptyState title="还没有公开的政策文件">文件公开后会立即出现在这里。</EmptyState>
  return (
    <EmptyState title="没有符合全部条件的文件">
      <ul>
        {isNarrowed(choice) ? (
          <li>
            <a href={choiceAddress(path, { q: choice.q, page: 1 })}>去掉全部筛选条件再找</a>
          </li>
        ) : null}
        <li>查文号时写全年份和序号，例如“〔2026〕12号”；不记得名称时，用一两个关键的词。</li>
        {choice.q ? (
          <li>
            <a href={`${base}/search?q=${encodeURIComponent(choice.q)}`}>在全站查找“{choice.q}”</a>
          </li>
        ) : null}
      </ul>
    </EmptyState>
  )
}
