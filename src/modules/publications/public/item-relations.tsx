import type { ComponentChildren } from 'preact'
import { Card } from '#ui/components/card'
import type { Around } from '../around.ts'
import type { Listed, PublicView, WorkRef } from '../public-view.ts'
import { WorkLink } from './work-link.tsx'

/** What an item does to others or says of them, as a heading over them. */
const saysOfOthers: Record<string, string> = {
  interprets: '解读的文件',
  replaces: '取代了',
  repeals: '废止了',
  'partly-repeals': '部分废止了',
  amends: '修改了',
  cites: '依据和引用',
  answers: '答复',
  'reports-on': '报告',
  'see-also': '参见',
}
/** The same, told by the others. */
export const othersSay: Record<string, string> = {
  interprets: '政策解读',
  replaces: '被取代',
  answers: '问答和答复',
  'reports-on': '落实情况',
  cites: '被引用于',
  'see-also': '相关',
}
const atOnce = 4

interface Props {
  view: PublicView
  base: string
  /** Other items on the same subject. */
  neighbours: readonly Listed[]
  /** What other modules know of it. */
  around: readonly Around[]
  isPreview?: boolean | undefined
}

/** 与本文相关: everything that stands in a relation to an item, by what the relation is, a few of each. */
export function ItemRelations({ view, base, neighbours, around, isPreview }: Props) {
  const own = [...view.links, ...view.effects]
  const groups: ComponentChildren[] = [
    ...Object.entries(othersSay).map(([type, label]) => {
      const works = view.linkedFrom.filter(work => work.type === type)
      const total = view.linkedFromCount[type] ?? works.length
      const all = isPreview ? undefined : `${base}${view.address}/related?type=${type}`
      return group(`from-${type}`, label, works, total, base, all)
    }),
    ...Object.entries(saysOfOthers).map(([type, label]) =>
      wholeGroup(
        type,
        label,
        own.filter(work => work.type === type),
        base,
      ),
    ),
    ...around.map(({ label, items }) => (
      <section key={label} class="related">
        <h3>{label}</h3>
        <ul class="plain-list">
          {items.map(item => (
            <li key={item.address}>
              <a href={base + item.address}>{item.title}</a>
            </li>
          ))}
        </ul>
      </section>
    )),
    neighbours.length > 0 && view.theme ? (
      <section key="theme" class="related">
        <h3>同一主题</h3>
        <ul class="plain-list">
          {neighbours.slice(0, atOnce).map(item => (
            <li key={item.id}>
              <a href={base + item.address}>{item.title}</a>
            </li>
          ))}
        </ul>
        <a class="related-all" href={`${base}/policies?theme=${encodeURIComponent(view.theme)}`}>
          “{view.theme}”全部文件
        </a>
      </section>
    ) : null,
  ].filter(Boolean)
  if (groups.length === 0) return null
  return (
    <div id="about">
      <Card title="与本文相关">{groups}</Card>
    </div>
  )
}

function group(
  key: string,
  label: string,
  works: readonly WorkRef[],
  total: number,
  base: string,
  all: string | undefined,
) {
  if (works.length === 0) return null
  const shown = works.slice(0, total > atOnce + 1 ? atOnce : atOnce + 1)
  return (
    <section key={key} class="related">
      <h3>{label}</h3>
      <Works works={shown} base={base} />
      {total > shown.length && all ? (
        <a class="related-all" href={all}>
          全部 {total} 件
        </a>
      ) : null}
    </section>
  )
}

/** What an item says itself is all known to its page: the rest unfolds. */
function wholeGroup(key: string, label: string, works: readonly WorkRef[], base: string) {
  if (works.length === 0) return null
  const shown = works.slice(0, works.length > atOnce + 1 ? atOnce : atOnce + 1)
  const rest = works.slice(shown.length)
  return (
    <section key={key} class="related">
      <h3>{label}</h3>
      <Works works={shown} base={base} />
      {rest.length > 0 ? (
        <details>
          <summary>全部 {works.length} 件</summary>
          <Works works={rest} base={base} />
        </details>
      ) : null}
    </section>
  )
}

function Works({ works, base }: { works: readonly WorkRef[]; base: string }) {
  return (
    <ul class="plain-list">
      {works.map(work => (
        <li key={`${work.address}-${work.title}-${work.docNo}`}>
          <WorkLink work={work} base={base} />
        </li>
      ))}
    </ul>
  )
}
