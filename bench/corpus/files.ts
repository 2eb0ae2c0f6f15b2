import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorpusDocument, Part } from './document.ts'
import { printedDay, textOfPart } from './document.ts'

/** As a clerk keeps it: title, number, addressee, text, signature and date, what is attached. */
export function asText(document: CorpusDocument): string {
  const { title, docNo, addressee, parts, organ, signedOn, attached } = document
  return [
    title,
    ...(docNo ? [docNo] : []),
    ...(addressee ? [addressee] : []),
    ...parts.map(textOfPart),
    organ.name,
    printedDay(signedOn),
    ...attached.map(textOfPart),
    '',
  ].join('\n')
}

/** As a browser saves it from the old site: page tags, metadata table, the text amid navigation. */
function asPage(document: CorpusDocument): string {
  const { title, docNo, organ, signedOn, publishedOn, publishedTime, theme, sourceUrl } = document
  const meta = (name: string, content: string) => `<meta name="${name}" content="${content}">`
  const cell = (label: string, value: string) => `<td class="k">${label}</td><td>${value}</td>`
  return `<!DOCTYPE html>
<!-- saved from url=(${String(sourceUrl.length).padStart(4, '0')})${sourceUrl} -->
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}_云溪县人民政府</title>
${[
  meta('SiteName', '云溪县人民政府'),
  meta('SiteDomain', 'www.yunxi-old.example'),
  meta('SiteIDCode', '4399990001'),
  meta('ColumnName', '政策文件'),
  meta('ColumnType', '政策文件'),
  meta('ArticleTitle', title),
  meta('PubDate', `${publishedOn} ${publishedTime}`),
  meta('ContentSource', organ.name),
  meta('Url', sourceUrl),
].join('\n')}
</head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/xxgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zcwj/">政策文件</a></div>
<table class="xxgk"><tr>${cell('索引号', indexNoOf(document))}${cell('主题分类', theme)}</tr>
<tr>${cell('发文机关', organ.name)}${cell('成文日期', signedOn)}</tr>
<tr>${cell('标题', title)}${cell('发文字号', docNo ?? '')}</tr>
<tr>${cell('发布日期', publishedOn)}${cell('有效性', '有效')}</tr></table>
<h1 class="title">${title}</h1>
<div class="info"><span>发布时间：${publishedOn} ${publishedTime}</span> <span>来源：${organ.name}</span> <span>浏览次数：</span></div>
<div class="TRS_Editor">
${bodyHtmlOf(document)}
</div>
<div class="footer"><p>主办：云溪县人民政府　承办：云溪县人民政府办公室</p><p>网站标识码：4399990001</p></div>
</body></html>
`
}

/** The text with number, signature and date, as an editor of that time would have set it. */
export function bodyHtmlOf({ docNo, addressee, parts, organ, signedOn, attached }: CorpusDocument): string {
  return [
    ...(docNo ? [`<p style="text-align: center">${docNo}</p>`] : []),
    ...(addressee ? [`<p>${addressee}</p>`] : []),
    ...parts.map(htmlOfPart),
    `<p style="text-align: right">${organ.name}</p>`,
    `<p style="text-align: right">${printedDay(signedOn)}</p>`,
    ...attached.map(htmlOfPart),
  ].join('\n')
}

function htmlOfPart(part: Part): string {
  if (typeof part === 'string') return `<p>${part}</p>`
  if ('heading' in part) return `<p style="text-align: center"><strong>${part.heading}</strong></p>`
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<table>${row('th', part.table.head)}${part.table.rows.map(cells => row('td', cells)).join('')}</table>`
}

const indexNoOf = ({ organ, signedOn, at }: CorpusDocument) =>
  `${organ.key.toUpperCase()}/${signedOn.slice(0, 4)}-${String(at).padStart(7, '0')}`

const inFolder = 1000

/** Writes the documents into folders of a thousand, as .txt or as saved pages. @returns how many */
export async function writeFiles(
  folder: string,
  documents: Iterable<CorpusDocument>,
  format: 'text' | 'html',
): Promise<number> {
  let count = 0
  let waiting: Promise<void>[] = []
  for (const document of documents) {
    const below = join(folder, String(Math.floor(count / inFolder)).padStart(4, '0'))
    if (count % inFolder === 0) await mkdir(below, { recursive: true })
    const name = `${String(document.at).padStart(7, '0')}.${format === 'text' ? 'txt' : 'html'}`
    waiting.push(writeFile(join(below, name), format === 'text' ? asText(document) : asPage(document)))
    count += 1
    if (waiting.length >= 64) {
      await Promise.all(waiting)
      waiting = []
    }
  }
  await Promise.all(waiting)
  return count
}
