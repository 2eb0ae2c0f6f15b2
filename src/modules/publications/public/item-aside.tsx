import { momentInBeijing, type PlainDate } from '#lib/beijing-time'
import type { Site } from '#platform/context'
import { Card } from '#ui/components/card'
import { PrintButton } from '#ui/components/print-button'
import { ReadAloudButton } from '#ui/components/read-aloud-button'
import { ShareBox } from '#ui/components/share-box'
import { LinkButton } from '#ui/forms'
import type { Around } from '../around.ts'
import type { PlaceInLog } from '../edition-proof.ts'
import type { Listed, PublicView } from '../public-view.ts'
import { CitationBlock } from './citation-block.tsx'
import { ItemCourse } from './item-course.tsx'
import { ItemRelations } from './item-relations.tsx'
import { LogBadge } from './log-badge.tsx'

interface AsideProps {
  view: PublicView
  site: Site
  today: PlainDate
  /** Other items on the same subject. */
  neighbours?: readonly Listed[] | undefined
  around?: readonly Around[] | undefined
  logged?: PlaceInLog | null | undefined
  /** Nobody can open or cite its address yet. */
  isPreview?: boolean | undefined
}

/** What stands beside a text: how to take it along, its life, what is related to it, its editions. */
export function ItemAside({
  view,
  site,
  today,
  neighbours = [],
  around = [],
  logged,
  isPreview,
}: AsideProps) {
  const address = `${site.origin}${site.base}${view.address}`
  const downloads = around.filter(group => group.isDownload).flatMap(group => group.items)
  return (
    <>
      <div class="article-tools">
        <PrintButton />
        <ReadAloudButton />
        {downloads.map(item => (
          <LinkButton key={item.address} small href={site.base + item.address}>
            {item.title}
          </LinkButton>
        ))}
      </div>
      <ItemCourse view={view} base={site.base} today={today} />
      <ItemRelations
        view={view}
        base={site.base}
        neighbours={neighbours}
        around={around.filter(group => !group.isDownload)}
        isPreview={isPreview}
      />
      {view.editions.length > 1 ? <Editions view={view} base={site.base} /> : null}
      {isPreview ? null : (
        <>
          {logged ? <LogBadge view={view} base={site.base} place={logged} /> : null}
          <ShareBox address={address} />
          <Card title="引用这份材料">
            <CitationBlock view={view} site={site} today={today} />
            <p>
              <a href={`${site.base}${view.address}.json`}>机器可读（JSON）</a>
            </p>
          </Card>
        </>
      )}
    </>
  )
}

/** The newest editions; all of them, and what changed, stand on a page of their own. */
function Editions({ view, base }: { view: PublicView; base: string }) {
  return (
    <Card title="历次版本">
      <ol class="editions" reversed>
        {view.editions.slice(0, 3).map(edition => (
          <li key={edition.number}>
            <p>
              <a href={`${base}${view.address}/editions/${edition.number}`}>第 {edition.number} 版</a>{' '}
              <span class="num">{momentInBeijing(edition.publicFrom)}</span>
            </p>
            {edition.changeNote ? <p>{edition.changeNote}</p> : null}
          </li>
        ))}
      </ol>
      <p>
        <a href={`${base}${view.address}/versions`}>
          {view.editions.length > 3 ? `全部 ${view.editions.length} 版，比较不同` : '比较不同'}
        </a>
      </p>
    </Card>
  )
}
