import { load } from 'cheerio'
import { separatedValues } from '../formats/separated-values.ts'
import { HTML_START } from '../read-document.ts'
import type { Inside } from './everything-in.ts'
import { decoded } from './markup-pieces.ts'
import { type Gathered, within } from './piece.ts'
import { tellingValues, unescapeXml, walkXml } from './xml-walk.ts'

/** .txt, .csv and pages of HTML. */
export function textPieces(gathered: Gathered, file: Inside, text: string): void {
  if (HTML_START.test(text) || /\.html?$/i.test(file.name)) {
    htmlPieces(gathered, text, file.place)
    return
  }
  const sheet = separatedValues(file.name, text)
  if (!sheet) {
    linePieces(gathered, text, file.place)
    return
  }
  const [heads = []] = sheet.rows
  for (const [at, row] of sheet.rows.entries())
    for (const [column, cell] of row.entries())
      gathered.add({
        text: cell,
        kind: 'cell',
        place: within(file.place, `第 ${at + 1} 行第 ${column + 1} 列`),
        ...(at === 0 ? {} : { head: heads[column], heads, row }),
      })
}

/** Line by line; a number that goes on in the next line is read as one. */
function linePieces(gathered: Gathered, text: string, outer: string): void {
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const place = within(outer, `第 ${at + 1} 行`)
    let line = lines[at] ?? ''
    for (let more = 0; more < 3 && /\d[ -]?$/.test(line) && /^\s*[\dXx]/.test(lines[at + 1] ?? ''); more++)
      line += `\n${lines[++at]}`
    gathered.add({ text: line, kind: 'text', place })
  }
}

const blocks =
  'p, li, td, th, h1, h2, h3, h4, h5, h6, caption, figcaption, pre, blockquote, dt, dd, div, option, title'

/** A page as its author left it: what is shown, what is hidden by style, comments, attributes, scripts. */
export function htmlPieces(gathered: Gathered, html: string, outer: string): void {
  const $ = load(html)
  let number = 0
  const heads = new Map<unknown, string[]>()
  for (const block of $(blocks).toArray()) {
    const alone = $(block).clone()
    alone.find(`${blocks}, table, script, style`).remove()
    const text = alone.text()
    if (text.trim() === '') continue
    number++
    if (block.tagName === 'td' || block.tagName === 'th') {
      const table = $(block).closest('table')[0]
      const row = $(block).closest('tr')
      const cells = row.children().toArray()
      const said = cells.map(cell => $(cell).text().trim())
      if (!heads.has(table)) heads.set(table, said)
      const column = cells.indexOf(block)
      const known = heads.get(table) ?? []
      const rowNumber =
        $(table as never)
          .find('tr')
          .index(row) + 1
      const isHead = rowNumber === 1
      gathered.add({
        text,
        kind: 'cell',
        place: within(outer, `表格第 ${rowNumber} 行第 ${column + 1} 列`),
        ...(isHead ? {} : { head: known[column], heads: known, row: said }),
      })
    } else gathered.add({ text, kind: 'text', place: within(outer, `第 ${number} 段`) })
  }
  // Text that stands in no block of its own
  const rest = load(html)
  rest(`${blocks}, script, style`).remove()
  gathered.add({ text: rest.text(), kind: 'text', place: within(outer, '正文') })
  for (const [, comment = ''] of html.matchAll(/<!--([\s\S]*?)-->/g))
    gathered.add({
      text: comment.replace(/<[^>]*>/g, ' '),
      kind: 'comment',
      place: within(outer, '网页源代码里的注释'),
    })
  for (const [, , script = ''] of html.matchAll(/<(script|style)\b[^>]*>([\s\S]*?)<\/\1>/gi))
    gathered.add({ text: script, kind: 'leftover', place: within(outer, '网页里的脚本') })
  for (const step of walkXml(html))
    if (step.is === 'open')
      for (const { name, value } of tellingValues(step.attributes))
        if (!/^(?:class|style|id|integrity|nonce)$/i.test(name))
          gathered.add({
            text: decoded(unescapeXml(value)),
            kind: 'hidden',
            place: within(outer, `属性 ${name}`),
          })
}
