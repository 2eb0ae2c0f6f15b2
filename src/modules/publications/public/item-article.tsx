import type { ComponentChildren } from 'preact'
import { dateInBeijing, inChinese, type PlainDate } from '#lib/beijing-time'
import { sizeInWords } from '#modules/files'
import type { Site } from '#platform/context'
import { ArticleBody } from '#ui/components/article-body'
import { ArticleLayout } from '#ui/components/article-layout'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { TableOfContents } from '#ui/components/table-of-contents'
import { ValidityTag } from '#ui/components/validity-tag'
import type { Around } from '../around.ts'
import type { PlaceInLog } from '../edition-proof.ts'
import { kindOf } from '../kind.ts'
import { beganOn, type Listed, type PublicView, publishedWhen } from '../public-view.ts'
import { DayForm } from './day-form.tsx'
import { prepareBody } from './headings.ts'
import { ItemAside } from './item-aside.tsx'
import { PastDayNotice } from './past-day-notice.tsx'
import { DayNotice, ValidityNotice } from './validity-notice.tsx'

/** The day that a reader asks about; null when there is no such day. */
export interface DayAsked {
  typed: string
  day: PlainDate | null
  error?: string
}

interface Props {
  view: PublicView
  site: Site
  today: PlainDate
  /** The present edition, when `view` is an earlier one that was asked for by its number. */
  current?: PublicView | undefined
  asked?: DayAsked | undefined
  /** Other items on the same subject. */
  neighbours?: readonly Listed[] | undefined
  around?: readonly Around[] | undefined
  logged?: PlaceInLog | null | undefined
  isPreview?: boolean | undefined
}

/** A publication as a reader sees it: what it is, whether it counts today or on another day, its text, and what stands around it. */
export function ItemArticle(props: Props) {
  const { view, site, today, current, asked, neighbours, around, logged, isPreview } = props
  const kind = kindOf(view.kind)
  const { html, headings } = prepareBody(view.bodyHtml, site.base, [site.domain])
  const contents = headings.filter(heading => heading.level <= 3)
  const day = asked?.day ?? null
  const existed = day === null || (beganOn(view) ?? day) <= day
  return (
    <ArticleLayout
      wide={kind.body !== undefined}
      contents={
        contents.length > 2 && existed ? (
          <TableOfContents
            items={contents.map(heading => ({
              href: `#${heading.id}`,
              label: heading.text,
              level: heading.level === 2 ? (1 as const) : (2 as const),
            }))}
          />
        ) : undefined
      }
      side={
        <ItemAside
          view={view}
          site={site}
          today={today}
          neighbours={neighbours}
          around={around}
          logged={logged}
          isPreview={isPreview}
        />
      }
    >
      <h1>{view.title}</h1>
      {current ? <EarlierNotice view={view} current={current} base={site.base} /> : null}
      {view.archive ? (
        <Notice tone="info" title="历史存量">
          {inChinese(dateInBeijing(view.firstPublicAt))}从原来的网站或者文件导入，文字和日期以原件为准。
        </Notice>
      ) : null}
      {day === null ? (
        <ValidityNotice view={view} base={site.base} today={today} />
      ) : kind.hasValidity ? (
        <DayNotice view={view} base={site.base} day={day} today={today} />
      ) : (
        <PastDayNotice view={view} base={site.base} day={day} today={today} />
      )}
      <Metadata
        view={view}
        site={site}
        dayForm={
          (view.validity === null && !kind.dayLabel) || isPreview ? null : (
            <DayForm
              action={site.base + view.address}
              label={kind.dayLabel ?? '看哪一天是否有效'}
              typed={asked?.typed}
              error={asked?.error}
              max={kind.dayLabel ? today : undefined}
            />
          )
        }
      />
      {existed ? (
        <>
          {day === null || !kind.hasValidity ? null : <WhichText view={view} day={day} base={site.base} />}
          {kind.before?.(view)}
          {kind.body ? kind.body(view, { base: site.base, today, day }) : <ArticleBody html={html} />}
          <Attachments files={view.attachments} />
          {kind.after?.(view)}
        </>
      ) : null}
    </ArticleLayout>
  )
}

function EarlierNotice(props: { view: PublicView; current: PublicView; base: string }) {
  const { view, current, base } = props
  const address = base + view.address
  return (
    <Notice tone="warning" title={`这是第 ${view.number} 版，不是现在的文字。`}>
      <a href={address}>看现在的版本</a>　
      <a href={`${address}/versions?from=${view.number}&to=${current.number}`}>看改了哪里</a>
    </Notice>
  )
}

/** Which edition the text of a day is: the one that was public then, or the nearest that there is. */
function WhichText({ view, day, base }: { view: PublicView; day: PlainDate; base: string }) {
  const publicOn = dateInBeijing(view.publicFrom)
  const isNewest = view.number === view.editions[0]?.number
  if (isNewest && publicOn <= day) return null
  return (
    <Notice tone="info">
      {publicOn <= day
        ? `下面是当天公开的第 ${view.number} 版文字。`
        : `本站从${inChinese(publicOn)}起公开这份文件，下面是${view.archive ? '导入的' : '最早公开的'}文字。`}
      {view.editions.length > 1 ? <a href={`${base}${view.address}/versions`}>比较各个版本</a> : null}
    </Notice>
  )
}

/** Those who signed; the one whose page we have leads there. Without a signature, the organ that publishes. */
function Issuers({ view, base }: { view: PublicView; base: string }) {
  const organ = <a href={`${base}/organs/${view.organKey}`}>{view.organFullName}</a>
  if (view.issuers.length === 0) return organ
  return view.issuers.map((issuer, index) => (
    <>
      {index > 0 ? '、' : ''}
      {issuer === view.organFullName ? organ : issuer}
    </>
  ))
}

function Attachments({ files }: { files: PublicView['attachments'] }) {
  if (files.length === 0) return null
  return (
    <section class="attachment-list">
      <h2>附件下载</h2>
      <ol>
        {files.map(file => (
          <li key={file.href ?? file.title}>
            {file.href ? <a href={file.href}>{file.title}</a> : file.title}（{sizeInWords(file.size)}）
            {file.href ? null : <span class="text-soft">待核查，暂不能下载</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The metadata block (R-CATG-03, labels as S-IDX-04). */
function Metadata(props: { view: PublicView; site: Site; dayForm: ComponentChildren }) {
  const { view, site, dayForm } = props
  const kind = kindOf(view.kind)
  const uses = new Set(kind.uses)
  return (
    <DefinitionList
      items={[
        { term: '索引号', value: view.indexNo },
        { term: '文号', value: uses.has('docNo') ? view.docNo : null },
        {
          term: view.issuers.length > 0 ? '发文机关' : '发布机构',
          value: <Issuers view={view} base={site.base} />,
        },
        { term: '主题分类', value: view.theme },
        { term: '体裁', value: view.genre },
        { term: '成文日期', value: view.signedOn ? inChinese(view.signedOn) : null },
        { term: view.archive ? '原发布日期' : '发布日期', value: publishedWhen(view) },
        {
          term: '有效性',
          value: view.validity ? (
            <>
              <ValidityTag validity={view.validity} />
              {view.validUntil && view.validity !== 'repealed' ? `　至 ${inChinese(view.validUntil)}` : ''}
            </>
          ) : null,
        },
        { term: kind.dayLabel ?? '某天效力', value: dayForm },
        { term: '施行日期', value: view.effectiveFrom ? inChinese(view.effectiveFrom) : null },
        { term: '信息来源', value: view.source || null },
        { term: '原索引号', value: view.formerIndexNo },
        {
          term: '原发布网址',
          value: view.sourceUrl ? (
            <a href={`${site.base}/leaving?to=${encodeURIComponent(view.sourceUrl)}`}>{view.sourceUrl}</a>
          ) : null,
          wide: true,
        },
        { term: '内容概述', value: view.summary || null, wide: true },
      ]}
    />
  )
}
