import { momentInBeijing } from '#lib/beijing-time'
import { inTitleMarks } from '#lib/title-marks'
import type { Site } from '#platform/context'
import { Card } from '#ui/components/card'
import { PrintButton } from '#ui/components/print-button'
import { ReadAloudButton } from '#ui/components/read-aloud-button'
import { ShareBox } from '#ui/components/share-box'
import { allKinds } from '../kind.ts'
import { type PublicView, publishedDay, type WorkRef } from '../public-view.ts'
import { WorkLink } from './validity-notice.tsx'

const saysOfOthers: Record<string, string> = {
  interprets: '解读的文件',
  cites: '依据和引用',
  replaces: '取代',
  repeals: '废止',
  amends: '修改',
  'partly-repeals': '部分废止',
  'see-also': '参见',
  answers: '答复',
  'reports-on': '报告',
}
const othersSay: Record<string, string> = {
  interprets: '解读',
  cites: '被引用于',
  replaces: '被取代',
  repeals: '被废止',
  amends: '被修改',
  'partly-repeals': '被部分废止',
  'see-also': '相关',
  answers: '答复',
  'reports-on': '报告',
}

interface AsideProps {
  view: PublicView
  site: Site
  /** Nobody can open or cite its address yet. */
  isPreview?: boolean | undefined
}

/** What stands beside a text: how to take it along, what interprets it, what it does to others, its editions. */
export function ItemAside({ view, site, isPreview }: AsideProps) {
  const address = `${site.origin}${site.base}${view.address}`
  return (
    <>
      <div class="article-tools">
        <PrintButton />
        <ReadAloudButton />
      </div>
      <div id="about" class="article-side-group">
        <RelationCards works={view.linkedFrom} labels={othersSay} base={site.base} />
      </div>
      <RelationCards works={[...view.links, ...view.effects]} labels={saysOfOthers} base={site.base} />
      <RelationCards works={view.effectsOnIt} labels={othersSay} base={site.base} />
      {view.editions.length > 1 ? (
        <Card title="历次版本">
          <ol class="editions" reversed>
            {view.editions.map(edition => (
              <li>
                <a href={`${site.base}${view.address}/editions/${edition.number}`}>第 {edition.number} 版</a>{' '}
                <span class="num">{momentInBeijing(edition.publicFrom)}</span>
                {edition.changeNote ? <p>{edition.changeNote}</p> : null}
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
      {isPreview ? null : (
        <>
          <ShareBox address={address} />
          <Card title="引用这份材料">
            <p class="citation">{citationOf(view, address)}</p>
            <p>
              <a href={`${site.base}${view.address}.json`}>机器可读（JSON）</a>
            </p>
          </Card>
        </>
      )}
    </>
  )
}

function RelationCards(props: { works: readonly WorkRef[]; labels: Record<string, string>; base: string }) {
  const types = [...new Set(props.works.map(work => work.type))]
  return (
    <>
      {types.map(type => (
        <Card title={props.labels[type] ?? '相关'}>
          <ul class="plain-list">
            {props.works
              .filter(work => work.type === type)
              .map(work => (
                <li>
                  <WorkLink work={work} base={props.base} />
                </li>
              ))}
          </ul>
        </Card>
      ))}
    </>
  )
}

/** 发文机关：《标题》（文号），发布日期，地址。 */
function citationOf(view: PublicView, address: string): string {
  const issuer = view.issuers.length > 0 ? view.issuers.join('、') : view.organName
  const kind = allKinds().find(one => one.name === view.kind)
  return `${issuer}：${inTitleMarks(view.title)}${view.docNo ? `（${view.docNo}）` : `（${kind?.label ?? ''}）`}，${publishedDay(view)}，${address}`
}
