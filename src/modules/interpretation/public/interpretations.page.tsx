import { policyKinds } from '#modules/policies'
import {
  ChosenFilters,
  choiceAddress,
  countPublic,
  type FacetAsked,
  facetGroups,
  filterOf,
  isNarrowed,
  type ListChoice,
  ListColumns,
  type Listed,
  ListSearch,
  linkedWorks,
  listingOf,
  listPublic,
  listsTag,
  nextBoundary,
  organFacet,
  readChoice,
  themeFacet,
  type WorkRef,
  yearFacet,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { FilterPanel } from '#ui/components/filter-panel'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { PublicationList } from '#ui/components/publication-list'
import { StateTag } from '#ui/components/state-tag'
import { formWord } from '../forms.ts'
import { markOf } from '../selection.ts'
import { yearsChosen } from '../selection-queries.ts'
import { interpreterInWords, interpreterOf } from '../who.ts'
import { InterpretationTabs } from './interpretation-tabs.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/interpretations',
    rule: showsPublications(item => [
      '/interpretations',
      `/interpretations?q=${encodeURIComponent(item.title)}`,
    ]),
    handle: showInterpretations,
  },
]

const formFacet: FacetAsked = {
  facet: 'field.form',
  choice: 'form',
  label: '解读形式',
  word: value => formWord(value) ?? undefined,
}

/** 政策解读: each with its form, who speaks, and the document it explains (S-FUN-04). */
async function showInterpretations(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const choice: ListChoice = { ...readChoice(incoming.query), kind: undefined }
  const path = `${site.base}/interpretations`
  const filter = { ...filterOf(site.id, choice), kinds: ['interpretation'] }
  const [found, groups, policies, boundary] = await Promise.all([
    listPublic(db, now, filter, { page: choice.page, pageSize: 20 }),
    facetGroups(ctx, filter, choice, path, [formFacet, organFacet, themeFacet, yearFacet]),
    countPublic(db, now, { siteId: site.id, kinds: policyKinds }),
    nextBoundary(db, now),
  ])
  const explained = await linkedWorks(
    db,
    now,
    found.rows.map(row => row.id),
    'interprets',
  )
  const chosen = await yearsChosen(
    db,
    found.rows.map(row => row.id),
  )
  const asked = choice.q !== undefined || isNarrowed(choice)
  return page({
    title: '政策解读',
    door: 'policies',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '政策', href: `${site.base}/policies` },
      { label: '政策解读' },
    ],
    column: {
      name: '政策解读',
      description: `以文字、图解、问答、专家和负责人解读等形式，说明${site.name}及其部门的政策`,
      keywords: '政策解读,图解,问答,新闻发布会',
      type: '政策解读',
    },
    noIndex: asked,
    feeds: [{ title: '政策解读：最新公开', href: `${site.base}/feeds/kinds/interpretations.atom` }],
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead title="政策解读" note="政策为什么出台、改变了什么、怎么办，由起草单位和专家说清楚。" />
        <InterpretationTabs base={site.base} current="all" withLibrary={policies > 0} />
        <ListSearch path={path} choice={choice} label="在解读中查找" hint="标题或内容里的词" />
        <ListColumns filters={<FilterPanel action={path} groups={groups} />}>
          <ChosenFilters
            path={path}
            choice={choice}
            words={{
              organ: groups.find(group => group.name === 'organ')?.options.find(option => option.chosen)
                ?.label,
              form: choice.form ? (formWord(choice.form) ?? undefined) : undefined,
            }}
          />
          <p class="mt-2 text-soft" role="status">
            {asked ? '找到' : '共'} <b>{found.total}</b> 件
          </p>
          {found.rows.length > 0 ? (
            <PublicationList
              items={found.rows.map(item =>
                lineOf(item, explained.get(item.id) ?? [], chosen.get(item.id) ?? [], site.base),
              )}
            />
          ) : (
            <EmptyState title={asked ? '没有符合全部条件的解读' : '还没有公开的解读'}>
              {asked ? <a href={path}>看全部解读</a> : '解读公开后会立即出现在这里。'}
            </EmptyState>
          )}
          <Pager page={found} href={number => choiceAddress(path, choice, { page: number })} />
        </ListColumns>
      </>
    ),
  })
}

function lineOf(item: Listed, explained: readonly WorkRef[], yearsChosen: readonly number[], base: string) {
  const word = formWord(item.fields.form)
  return {
    ...listingOf(item, base),
    meta: `解读人：${interpreterInWords(item.fields, item.organName)}`,
    tags: (
      <>
        {word ? <StateTag state="info">{word}</StateTag> : null}
        {yearsChosen.map(year => (
          <StateTag key={year} state="met">
            {markOf(year)}
          </StateTag>
        ))}
        {interpreterOf(item.fields).isLeader ? <StateTag state="info">领导解读</StateTag> : null}
      </>
    ),
    links: explained.flatMap(work =>
      work.address ? [{ label: `《${work.title}》`, href: base + work.address }] : [],
    ),
  }
}
