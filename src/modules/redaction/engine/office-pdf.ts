import { load } from 'cheerio'
import { bodyOfWord, everythingIn, type ReadDocument } from '#modules/files'
import { NotOpened } from './pdfium.ts'
import { typeset } from './typst.ts'

type Set =
  | { kind: 'paragraph' | 'heading'; text: string }
  | { kind: 'table'; name: string; columns: number; cells: { text: string; across: number; down: number }[] }
  | { kind: 'picture'; path: string }

const program = `
#let data = json(bytes(sys.inputs.data))
#set page(width: 210mm, height: 297mm, margin: 22mm, flipped: data.wide)
#set text(font: "Noto Sans SC", size: data.size * 1pt, lang: "zh", region: "cn", fallback: true, hyphenate: false)
#set par(leading: 0.7em, spacing: 0.9em)
#for it in data.blocks {
  if it.kind == "heading" { block(above: 1.4em, text(size: 1.15em, it.text)) }
  else if it.kind == "paragraph" { par(it.text) }
  else if it.kind == "picture" { layout(room => {
    let natural = measure(image(it.path))
    image(it.path, width: calc.min(natural.width, room.width))
  }) }
  else {
    if it.name != "" { block(above: 1.4em, text(size: 1.1em, it.name)) }
    table(columns: it.columns * (1fr,), inset: 0.3em, stroke: 0.5pt,
      ..it.cells.map(cell => table.cell(colspan: cell.across, rowspan: cell.down, cell.text)))
  }
}
`

/** What a Word or Excel file shows, set anew. */
export async function officePdf(name: string, bytes: Uint8Array, read: ReadDocument): Promise<Uint8Array> {
  const pictures = new Map<string, Uint8Array>()
  if (read.form === 'html') {
    const paths = new Map<string, string>()
    for (const one of read.pictures) {
      const kind = /^image\/(png|jpeg|gif|webp)$/.exec(one.mediaType)?.[1]
      if (kind === undefined) continue
      const path = `picture-${paths.size}.${kind}`
      pictures.set(path, one.bytes)
      paths.set(one.href, `/${path}`)
    }
    return typeset(program, { size: 11, wide: false, blocks: blocksOf(read.html, paths) }, pictures)
  }
  if (read.form === 'sheets' && read.format === 'xlsx') {
    const blocks = await shownSheets(name, bytes)
    const columns = Math.max(1, ...blocks.map(one => one.columns))
    return typeset(program, { size: columns > 8 ? 7.5 : 9.5, wide: columns > 5, blocks })
  }
  throw new NotOpened(`《${name}》里没有可以遮盖的内容。请另存为 PDF 后再上传。`)
}

function blocksOf(html: string, paths: ReadonlyMap<string, string>): Set[] {
  const $ = load(html, null, false)
  const title = $('h1').first().text().trim()
  // bodyOfWord keeps pictures of our own site only: they are taken from the text as it was read
  const body = load(bodyOfWord(html), null, false)
  const blocks: Set[] = title ? [{ kind: 'heading', text: title }] : []
  const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()
  body
    .root()
    .find('p, h2, h3, h4, h5, h6, li, table, caption, figcaption, blockquote')
    .each((_, element) => {
      const one = body(element)
      if (one.parents('table').length > 0) return
      if (element.tagName === 'table') {
        const cells: { text: string; across: number; down: number }[] = []
        let columns = 1
        one.find('tr').each((_, row) => {
          let across = 0
          body(row)
            .children('td, th')
            .each((_, cell) => {
              const span = Math.max(1, Number(body(cell).attr('colspan') ?? 1) || 1)
              const down = Math.max(1, Number(body(cell).attr('rowspan') ?? 1) || 1)
              across += span
              cells.push({ text: tidy(body(cell).text()), across: span, down })
            })
          columns = Math.max(columns, across)
        })
        if (cells.length > 0)
          blocks.push({ kind: 'table', name: tidy(one.find('caption').text()), columns, cells })
        return
      }
      if (one.children('p').length > 0) return
      const text = tidy(one.text())
      if (text) blocks.push({ kind: /^h\d$/.test(element.tagName) ? 'heading' : 'paragraph', text })
    })
  for (const image of $('img').toArray()) {
    const path = paths.get($(image).attr('src') ?? '')
    if (path) blocks.push({ kind: 'picture', path })
  }
  return blocks
}

/**
 * The cells that somebody sees: only what the careful reader of hiding places calls a shown cell is let in. That reader knows hidden
 * sheets, rows and columns; the values are those of the other reader, who knows dates.
 */
async function shownSheets(name: string, bytes: Uint8Array) {
  const { pieces } = await everythingIn(name, bytes)
  const shown = new Map<string, string>()
  for (const { kind, place, text } of pieces) {
    const at = kind === 'cell' ? /^工作表‘(.*)’ › 第 (\d+) 行 ([A-Z]+) 列$/.exec(place) : null
    if (at) shown.set(`${at[1]} ${at[2]} ${columnOf(at[3] ?? 'A')}`, text)
  }
  const { default: readExcel } = await import('read-excel-file/universal')
  const found = (await readExcel(new Blob([new Uint8Array(bytes)]))) as unknown as {
    sheet: string
    data: unknown[][]
  }[]
  return found.flatMap(({ sheet, data }) => {
    const rows = data.map((row, y) =>
      row.map((value, x) => (shown.has(`${sheet} ${y + 1} ${x}`) ? cellText(value) : '')),
    )
    const used = rows.filter(row => row.some(text => text !== ''))
    if (used.length === 0) return []
    const keep = [...Array(Math.max(...used.map(row => row.length))).keys()].filter(x =>
      used.some(row => (row[x] ?? '') !== ''),
    )
    const cells = used.flatMap(row => keep.map(x => ({ text: row[x] ?? '', across: 1, down: 1 })))
    return [{ kind: 'table' as const, name: sheet, columns: keep.length, cells }]
  })
}

const columnOf = (letters: string) =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  if (typeof value === 'boolean') return value ? '是' : '否'
  return String(value).replace(/\s+/g, ' ').trim()
}
