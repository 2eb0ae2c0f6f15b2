import type { CorpusDocument } from '../../bench/corpus/corpus.ts'

export const host = 'www.yunxi-old.example'

/** A page as an old content management system printed it; `body` is the text with pictures and links. */
export interface Article {
  document: CorpusDocument
  body: string
  /** Links under the text: 附件. */
  attachments: readonly { href: string; name: string }[]
  serial: number
}

/** The three ways in which old sites printed what they knew of a document. */
export const templates = { table: asTable, list: asList, spans: asSpans }
export type Template = keyof typeof templates

const frame = (title: string, charset: string, tags: string, main: string) => `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}">
<title>${title}-云溪县人民政府门户网站</title>
${tags}<link rel="stylesheet" href="/css/style.css"><script src="/js/jquery.js"></script>
</head><body>
<div class="header"><ul class="nav"><li><a href="/index.html">网站首页</a></li><li><a href="/zwgk/zcwj/">政务公开</a></li><li><a href="/gkml/">公开目录</a></li><li><a href="/zmhd/">政民互动</a></li></ul></div>
${main}
<div class="footer"><p>主办：云溪县人民政府　承办：云溪县人民政府办公室　网站标识码：4399990001</p><p>地址：云溪县城关街道　邮编：439900</p></div>
</body></html>
`

const crumbs = (column: string) =>
  `<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; ${column}</div>`

const attachmentList = ({ attachments }: Article) =>
  attachments.length === 0
    ? ''
    : `<div class="fj"><p>附件：</p>${attachments.map(({ href, name }, at) => `<p><a href="${href}" target="_blank">${at + 1}.${name}</a></p>`).join('')}</div>`

function asTable(article: Article, charset: string): string {
  const { title, docNo, organ, signedOn, publishedOn, publishedTime, theme } = article.document
  const row = (...cells: (readonly [string, string])[]) =>
    `<tr>${cells.map(([label, value]) => `<td class="k">${label}：</td><td>${value}</td>`).join('')}</tr>`
  const tags = `<meta name="SiteName" content="云溪县人民政府">\n<meta name="ArticleTitle" content="${title}">\n<meta name="PubDate" content="${publishedOn} ${publishedTime}">\n<meta name="ContentSource" content="${organ.name}">\n`
  return frame(
    title,
    charset,
    tags,
    `${crumbs('政策文件')}
<table class="xxgk" width="100%">${row(['索 引 号', `YX/${signedOn.slice(0, 4)}-${String(article.serial).padStart(5, '0')}`], ['主题分类', theme])}${row(['发文机关', organ.name], ['成文日期', signedOn])}${row(['标　　题', title], ['发文字号', docNo ?? ''])}${row(['发布日期', publishedOn], ['有 效 性', '有效'])}</table>
<h1>${title}</h1>
<div class="TRS_Editor">${article.body}${attachmentList(article)}</div>`,
  )
}

function asList(article: Article, charset: string): string {
  const { title, docNo, organ, signedOn, publishedOn, publishedTime } = article.document
  const pair = (label: string, value: string) => `<dt>${label}</dt><dd>${value}</dd>`
  return frame(
    title,
    charset,
    '',
    `${crumbs('信息公开目录')}
<dl class="meta">${pair('索引号', `${organ.key}-${article.serial}`)}${pair('信息名称', title)}${pair('文号', docNo ?? '')}${pair('发布机构', organ.name)}${pair('生成日期', signedOn)}${pair('发布日期', `${publishedOn} ${publishedTime}`)}</dl>
<h2 class="title">${title}</h2>
<div id="zoom">${article.body}${attachmentList(article)}</div>`,
  )
}

function asSpans(article: Article, charset: string): string {
  const { title, organ, publishedOn, publishedTime } = article.document
  return frame(
    title,
    charset,
    '',
    `${crumbs('通知公告')}
<div class="article"><h1 class="bt">${title}</h1>
<div class="info"><span>发布时间：${publishedOn} ${publishedTime}</span><span>　来源：${organ.name}</span><span>　浏览次数：</span></div>
<div class="content">${article.body}${attachmentList(article)}</div></div>
<div class="print"><a href="#">打印</a><a href="#">关闭</a></div>`,
  )
}

/** Titles with their days, twenty on a page, and the way to the other pages. */
export function listPage(
  column: string,
  entries: readonly { href: string; title: string; day: string }[],
  page: number,
  pages: number,
): string {
  const name = (number: number) => (number === 0 ? 'index.html' : `index_${number}.html`)
  return frame(
    column,
    'utf-8',
    `<meta name="ColumnName" content="${column}">\n`,
    `${crumbs(column)}<ul class="list">${entries.map(({ href, title, day }) => `<li><a href="${href}" title="${title}">${title}</a><span>${day}</span></li>`).join('\n')}</ul>
<div class="pagination">共${pages}页 ${page > 0 ? `<a href="${name(page - 1)}">上一页</a>` : ''} ${page + 1 < pages ? `<a href="${name(page + 1)}">下一页</a>` : ''}</div>`,
  )
}

export const homePage = (links: readonly { href: string; title: string }[]): string =>
  frame(
    '首页',
    'utf-8',
    '',
    `<div class="main"><ul>${links.map(({ href, title }) => `<li><a href="${href}">${title}</a></li>`).join('')}</ul></div>`,
  )
