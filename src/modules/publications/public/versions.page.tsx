import { momentInBeijing } from '#lib/beijing-time'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { PageHead } from '#ui/components/page-head'
import { Form, SelectField, SubmitButton } from '#ui/forms'
import { type Kind, kindOf } from '../kind.ts'
import { nextBoundary } from '../public-queries.ts'
import type { EditionRef, PublicView } from '../public-view.ts'
import { publicationTag } from '../tags.ts'
import { EditionChanges } from './edition-changes.tsx'
import { findItem } from './find-item.tsx'
import { saidOf } from './said-of-view.ts'

/** 历次版本: `/policies/{id}/versions?from=1&to=3`, all editions with time and reason, any two compared. */
export const versionRoutes = (segment: string): PublicRoute[] => [
  {
    method: 'GET',
    path: `/${segment}/:file/versions`,
    rule: showsPublications(item => (item.segment === segment ? [`/${segment}/${item.id}/versions`] : [])),
    handle: (ctx, incoming) => showVersions(ctx, incoming, segment),
  },
]

type Way = 'inline' | 'sides'

async function showVersions(ctx: PublicContext, incoming: Incoming, segment: string): Promise<Reply> {
  const publicId = incoming.params.file ?? ''
  const [{ view, instead }, boundary] = await Promise.all([
    findItem(ctx, { publicId, segment }),
    nextBoundary(ctx.db, ctx.clock.now()),
  ])
  if (!view) return instead
  const { base } = ctx.site
  const path = `${base}${view.address}/versions`
  const pair = pairOf(view.editions, incoming)
  const way: Way = incoming.query.view === 'sides' ? 'sides' : 'inline'
  const [before, after] = pair
    ? await Promise.all(
        [pair.from, pair.to].map(number =>
          number === view.number
            ? view
            : findItem(ctx, { publicId, segment, number }).then(found => found.view),
        ),
      )
    : []
  return page({
    title: `${view.title}：历次版本`,
    door: kindOf(view.kind).door,
    crumbs: [
      { label: '首页', href: `${base}/` },
      { label: view.title, href: base + view.address },
      { label: '历次版本' },
    ],
    canonical: `${view.ownBase}${view.address}/versions`,
    noIndex: true,
    dependsOn: [publicationTag(view.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead title="历次版本" note={view.title} actions={<a href={base + view.address}>回到正文</a>} />
        <EditionTable view={view} base={base} path={path} />
        {pair && before && after ? (
          <>
            <Chooser editions={view.editions} pair={pair} way={way} path={path} />
            <Comparison kind={kindOf(view.kind)} before={before} after={after} way={way} path={path} />
          </>
        ) : (
          <p class="mt-4">只有一个版本，没有可以比较的。</p>
        )}
      </>
    ),
  })
}

/** The two to compare, the earlier first; what makes no sense in the address becomes the last two. */
function pairOf(
  editions: readonly EditionRef[],
  incoming: Incoming,
): { from: number; to: number } | undefined {
  const [newest, before] = editions
  if (!newest || !before) return undefined
  const asked = ['from', 'to'].map(name => Number([incoming.query[name]].flat()[0]))
  const known = asked.filter(number => editions.some(edition => edition.number === number))
  const [one = before.number, other = newest.number] = known.length === 2 ? known : []
  return one === other
    ? { from: before.number, to: newest.number }
    : { from: Math.min(one, other), to: Math.max(one, other) }
}

function EditionTable({ view, base, path }: { view: PublicView; base: string; path: string }) {
  const numbers = view.editions.map(edition => edition.number)
  return (
    <DataTable
      caption={`共 ${view.editions.length} 个版本，最新的在前`}
      columns={[
        {
          key: 'number',
          head: '版本',
          cell: edition => (
            <a href={`${base}${view.address}/editions/${edition.number}`}>
              第 {edition.number} 版{edition.number === numbers[0] ? '（现在的）' : ''}
            </a>
          ),
        },
        { key: 'publicFrom', head: '公开时间', cell: edition => momentInBeijing(edition.publicFrom) },
        {
          key: 'changeNote',
          head: '为什么改',
          cell: edition => edition.changeNote ?? (edition.number === numbers.at(-1) ? '首次公开' : '—'),
        },
        {
          key: 'compare',
          head: '不同',
          cell: edition => {
            const before = numbers[numbers.indexOf(edition.number) + 1]
            return before === undefined ? (
              '—'
            ) : (
              <a href={`${path}?from=${before}&to=${edition.number}#compare`}>和前一版比较</a>
            )
          },
        },
      ]}
      rows={view.editions}
      rowKey={edition => edition.number}
    />
  )
}

function Chooser(props: {
  editions: readonly EditionRef[]
  pair: { from: number; to: number }
  way: Way
  path: string
}) {
  const { editions, pair, way, path } = props
  const options = editions.map(({ number }) => ({ value: String(number), label: `第 ${number} 版` }))
  return (
    <Form
      method="get"
      action={`${path}#compare`}
      label="比较两个版本"
      values={{ from: String(pair.from), to: String(pair.to), view: way }}
    >
      <SelectField name="from" label="比较" blank={null} options={options} />
      <SelectField name="to" label="和" blank={null} options={options} />
      <SelectField
        name="view"
        label="方式"
        blank={null}
        options={[
          { value: 'inline', label: '合在一起看' },
          { value: 'sides', label: '左右对照' },
        ]}
      />
      <SubmitButton tone="plain">看不同</SubmitButton>
    </Form>
  )
}

function Comparison(props: { kind: Kind; before: PublicView; after: PublicView; way: Way; path: string }) {
  const { kind, before, after, way, path } = props
  const asked = `${path}?from=${before.number}&to=${after.number}`
  return (
    <section id="compare" aria-labelledby="compare-head">
      <h2 id="compare-head" class="mb-2">
        第 {before.number} 版和第 {after.number} 版的不同
      </h2>
      {after.changeNote ? <p class="mb-2 text-soft">修改说明：{after.changeNote}</p> : null}
      <EditionChanges
        kind={kind}
        before={saidOf(before)}
        after={saidOf(after)}
        names={{ before: `第 ${before.number} 版`, after: `第 ${after.number} 版` }}
        view={way}
        links={{ inline: `${asked}#compare`, sides: `${asked}&view=sides#compare` }}
      />
    </section>
  )
}
