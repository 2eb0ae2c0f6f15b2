import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { sizeInWords } from '#modules/files'
import type { Site } from '#platform/context'
import { ArticleBody } from '#ui/components/article-body'
import { ArticleLayout } from '#ui/components/article-layout'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { TableOfContents } from '#ui/components/table-of-contents'
import { ValidityTag } from '#ui/components/validity-tag'
import { kindOf } from '../kind.ts'
import { type PublicView, publishedWhen } from '../public-view.ts'
import { differenceId, EditionDifference } from './edition-difference.tsx'
import { prepareBody } from './headings.ts'
import { ItemAside } from './item-aside.tsx'
import { ValidityNotice } from './validity-notice.tsx'

interface Props {
  view: PublicView
  site: Site
  today: string
  /** The present edition, when `view` is an earlier one. */
  current?: PublicView | undefined
  isPreview?: boolean | undefined
}

/** A publication as a reader sees it: what it is, whether it counts today, its text, and what stands around it. */
export function ItemArticle({ view, site, today, current, isPreview }: Props) {
  const kind = kindOf(view.kind)
  const { html, headings } = prepareBody(view.bodyHtml, site.base, [site.domain])
  const contents = headings.filter(heading => heading.level <= 3)
  return (
    <ArticleLayout
      contents={
        contents.length > 2 ? (
          <TableOfContents
            items={contents.map(heading => ({
              href: `#${heading.id}`,
              label: heading.text,
              level: heading.level === 2 ? (1 as const) : (2 as const),
            }))}
          />
        ) : undefined
      }
      side={<ItemAside view={view} site={site} isPreview={isPreview} />}
    >
      <h1>{view.title}</h1>
      {current ? (
        <Notice tone="warning" title={`这是第 ${view.number} 版，不是现在的文字`}>
          <a href={site.base + view.address}>看现在的版本</a>　<a href={`#${differenceId}`}>看改了哪里</a>
        </Notice>
      ) : null}
      {view.archive ? (
        <Notice tone="info" title="历史存量">
          {inChinese(dateInBeijing(view.firstPublicAt))}从原来的网站或者文件导入，文字和日期以原件为准。
        </Notice>
      ) : null}
      <ValidityNotice view={view} base={site.base} today={today} />
      <Metadata view={view} site={site} />
      {kind.before?.(view)}
      <ArticleBody html={html} />
      <Attachments files={view.attachments} />
      {kind.after?.(view)}
      {current ? <EditionDifference view={view} current={current} /> : null}
    </ArticleLayout>
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
          <li key={file.href}>
            <a href={file.href}>{file.title}</a>（{sizeInWords(file.size)}）
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The metadata block (R-CATG-03, labels as S-IDX-04). */
function Metadata({ view, site }: { view: PublicView; site: Site }) {
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
        { term: '发布日期', value: publishedWhen(view) },
        {
          term: '有效性',
          value: view.validity ? (
            <>
              <ValidityTag validity={view.validity} />
              {view.validUntil ? `　至 ${inChinese(view.validUntil)}` : ''}
            </>
          ) : null,
        },
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
