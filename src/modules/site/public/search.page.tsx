import { policyKinds } from '#modules/policies'
import {
  allKinds,
  ChosenFilters,
  choiceAddress,
  filterOf,
  findColumn,
  findPublic,
  groupsOf,
  isNarrowed,
  kindFacet,
  kindOf,
  type ListChoice,
  ListColumns,
  ListSearch,
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
import { commonKeywords } from '#modules/search'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { FilterPanel } from '#ui/components/filter-panel'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Tabs } from '#ui/components/tabs'
import { findElsewhere } from './nearby.ts'
import { NothingAsked, NothingFound } from './search-help.tsx'
import { foundLines, SearchResults } from './search-results.tsx'
import { feedOf, SearchSubscription } from './search-subscription.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/search',
    rule: showsPublications(item => [
      `/search?q=${encodeURIComponent(item.title)}`,
      `/search?organ=${item.organKey}`,
      `/search?column=${encodeURIComponent(item.columnPath)}`,
    ]),
    handle: showSearch,
  },
]

const facets = () => [kindFacet(), organFacet, themeFacet, yearFacet, validityFacet]

/** 全站搜索 (S-FUN-08): exact title or number, then titles, then texts; the address holds the whole question. */
async function showSearch(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const choice = searchChoice(incoming)
  const path = `${site.base}/search`
  const boundary = await nextBoundary(db, now)
  const asksNothing = !choice.q || !/[\p{L}\p{N}]/u.test(choice.q)
  const asked = !asksNothing || isNarrowed(choice)
  const head = {
    title: choice.q ? `搜索：${choice.q}` : '全站搜索',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '全站搜索' }],
    column: {
      name: '全站搜索',
      description: `按标题、文号和全文查找${site.name}公开的全部信息`,
      keywords: '搜索,检索,文号,标题,全文',
      type: '站内搜索',
    },
    noIndex: true,
    feeds: asked ? [{ title: '订阅这次搜索', href: feedOf(site, choice) }] : [],
    // Any day may be asked for: whoever walks through them all must not push other pages out of memory
    dependsOn: choice.on ? undefined : [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
  }
  if (asked) return page({ ...head, body: await results(ctx, now, choice, path, misreadIn(incoming.query)) })
  const since = new Date(now.getTime() - 365 * 24 * 3600 * 1000)
  const words = await commonKeywords(db, now, { siteId: site.id, kinds: policyKinds, since, limit: 12 })
  return page({
    ...head,
    body: <NothingAsked path={path} choice={choice} words={words} base={site.base} />,
  })
}

async function results(
  ctx: PublicContext,
  now: Date,
  choice: ListChoice,
  path: string,
  misread: readonly string[],
) {
  const { db, site } = ctx
  const asked = facets()
  const [found, column] = await Promise.all([
    findPublic(
      db,
      now,
      filterOf(site.id, choice),
      { page: choice.page, pageSize: 20 },
      asked.map(one => one.facet),
    ),
    choice.column ? findColumn(db, site.id, choice.column) : undefined,
  ])
  const groups = groupsOf(found.facets, choice, path, asked)
  const elsewhere = found.total === 0 ? await findElsewhere(ctx, now, choice) : null
  const lines = await foundLines(ctx, now, elsewhere ?? found, choice)
  return (
    <>
      <PageHead title={column ? `在“${column.name}”中检索` : '全站搜索'} />
      <ListSearch
        path={path}
        choice={choice}
        label="搜索本站公开的信息"
        hint="标题、文号或一句话"
        days
        suggestions={`${path}/suggestions`}
      />
      <ListColumns
        filters={
          <>
            <FilterPanel action={path} groups={groups} />
            <SearchSubscription site={site} choice={choice} />
          </>
        }
      >
        <ChosenFilters
          path={path}
          choice={choice}
          words={{
            organ: groups.find(group => group.name === 'organ')?.options.find(option => option.chosen)?.label,
            kind: choice.kind ? kindOf(choice.kind).label : undefined,
            validity: choice.validity ? validities[choice.validity as Validity] : undefined,
            column: column?.name,
          }}
        />
        {misread.map(message => (
          <Notice key={message} tone="info">
            {message}
          </Notice>
        ))}
        {choice.q && found.understood.words.length === 0 ? (
          <Notice tone="info" title={`“${choice.q}”里没有可以搜索的字词。`}>
            下面是符合其他条件的全部内容。
          </Notice>
        ) : null}
        <p class="mt-2 text-soft" role="status">
          {choice.q ? (
            <>
              {found.understood.number ? '文号' : ''}“{found.understood.corrected?.question ?? choice.q}”
            </>
          ) : null}
          找到 <b>{found.total}</b> 条
        </p>
        <Understanding understood={found.understood} choice={choice} path={path} />
        {found.total > 1 && choice.q ? <SortTabs path={path} choice={choice} /> : null}
        {found.total > 0 ? (
          <SearchResults lines={lines} />
        ) : (
          <NothingFound
            path={path}
            choice={choice}
            base={site.base}
            byNumber={found.understood.number !== null}
            elsewhere={elsewhere}
            lines={lines}
          />
        )}
        {found.total > 0 && found.rows.length === 0 ? (
          <NoSuchPage found={found} href={number => choiceAddress(path, choice, { page: number })} />
        ) : (
          <Pager page={found} href={number => choiceAddress(path, choice, { page: number })} />
        )}
        {found.total > 3 && choice.q ? <SearchWithin path={path} choice={choice} /> : null}
      </ListColumns>
    </>
  )
}

/** A kind that is not known is as good as none. */
function searchChoice(incoming: Incoming): ListChoice {
  const { form: _f, genre: _g, ...choice } = readChoice(incoming.query)
  return allKinds().some(kind => kind.name === choice.kind) ? choice : { ...choice, kind: undefined }
}

function SortTabs({ path, choice }: { path: string; choice: ListChoice }) {
  return (
    <Tabs
      label="排序"
      items={[
        {
          label: '按相关程度',
          href: choiceAddress(path, choice, { sort: undefined }),
          current: choice.sort !== 'time',
        },
        {
          label: '按时间',
          href: choiceAddress(path, choice, { sort: 'time' }),
          current: choice.sort === 'time',
        },
      ]}
    />
  )
}

/** 在结果中查找: one more word that must be there too. */
function SearchWithin({ path, choice }: { path: string; choice: ListChoice }) {
  const kept = new URLSearchParams(choiceAddress('', choice).slice(1))
  return (
    <form class="mt-6" method="get" action={path}>
      {[...kept].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div class="form-row">
        <div class="field">
          <label class="field-label" for="within">
            结果太多？再加一个词
          </label>
          <input class="input" type="search" id="within" name="within" maxLength={100} autocomplete="off" />
        </div>
        <button type="submit" class="btn btn-outline btn-primary">
          在结果中查找
        </button>
      </div>
    </form>
  )
}
