import type { Inside } from './everything-in.ts'
import { decoded } from './markup-pieces.ts'
import type { Part } from './open-parts.ts'
import { otherParts } from './package-pieces.ts'
import { type Gathered, type PieceKind, within } from './piece.ts'
import { attributeOf, tellingValues, walkXml } from './xml-walk.ts'

const known =
  /^(?:word\/(?:document|header\d*|footer\d*|comments\w*|footnotes|endnotes|glossary\/document)|ppt\/(?:slides|notesSlides|comments|slideMasters|slideLayouts)\/[^/]+)\.xml$/

/** .docx and .pptx: paragraphs with what was deleted and inserted, hidden letters, text boxes, comments; then all other parts. */
export async function wordPieces(
  gathered: Gathered,
  file: Inside,
  parts: ReadonlyMap<string, Part>,
): Promise<void> {
  const read = new Set([...parts.keys()].filter(name => known.test(name)))
  for (const name of read) {
    const part = parts.get(name)
    if (part) paragraphs(gathered, await part.text(), within(file.place, placeOf(name)), kindOf(name))
  }
  await otherParts(gathered, file, parts, read)
}

function placeOf(name: string): string {
  const slide = /slides\/\w+?(\d+)\.xml$/i.exec(name)?.[1]
  if (slide) return /notes/i.test(name) ? `第 ${slide} 张幻灯片的备注` : `第 ${slide} 张幻灯片`
  if (/header/.test(name)) return '页眉'
  if (/footer/.test(name)) return '页脚'
  if (/comments/.test(name)) return '批注'
  if (/footnotes|endnotes/.test(name)) return '脚注或尾注'
  return '正文'
}

const kindOf = (name: string): PieceKind =>
  /header|footer/.test(name) ? 'header' : /comments|notesSlides/.test(name) ? 'comment' : 'text'

/** A paragraph while it is walked over: the same letters read in three ways. */
interface Open {
  all: string
  final: string
  original: string
  hidden: boolean
  tracked: boolean
  inBox: boolean
}

interface Row {
  cells: string[][]
}

function paragraphs(gathered: Gathered, xml: string, place: string, kind: PieceKind): void {
  const open: Open[] = []
  const tables: { rows: number; heads: string[]; row: Row | null }[] = []
  let number = 0
  let deleted = 0
  let inserted = 0
  let boxes = 0
  let vanish = false
  let takes = false
  const write = (text: string) => {
    const paragraph = open.at(-1)
    if (!paragraph) return
    paragraph.all += text
    if (deleted === 0) paragraph.final += text
    if (inserted === 0) paragraph.original += text
    if (deleted > 0 || inserted > 0) paragraph.tracked = true
    if (vanish) paragraph.hidden = true
  }
  const close = (paragraph: Open) => {
    number++
    const table = tables.at(-1)
    const cell = table?.row?.cells.at(-1)
    if (cell && !paragraph.tracked) {
      cell.push(paragraph.all)
      return
    }
    const mark = paragraph.inBox ? '文本框' : paragraph.hidden ? '隐藏文字' : ''
    const where = within(place, `第 ${number} 段${mark ? `（${mark}）` : ''}`)
    const what: PieceKind = paragraph.hidden ? 'hidden' : kind
    if (!paragraph.tracked) return gathered.add({ text: paragraph.all, kind: what, place: where })
    const versions = new Map([
      [paragraph.final, [what, where]],
      [paragraph.original, ['tracked', within(place, `第 ${number} 段（修订前的文字）`)]],
      [paragraph.all, ['tracked', within(place, `第 ${number} 段（修订痕迹）`)]],
    ] as const)
    for (const [text, [as, at]] of [...versions].reverse()) gathered.add({ text, kind: as, place: at })
  }
  for (const step of walkXml(xml)) {
    if (step.is === 'text') {
      if (takes) write(step.text)
      continue
    }
    const { name } = step
    const opens = step.is === 'open'
    if (opens) {
      for (const { name: attribute, value } of tellingValues(step.attributes))
        if (
          !/^(?:rsid|paraId|textId|id|uri|ascii|hAnsi|eastAsia|cs|typeface|val)$/i.test(attribute) ||
          /\d{11}|@/.test(value)
        )
          gathered.add({ text: decoded(value), kind: 'hidden', place: within(place, '对象的说明文字') })
    }
    const change = opens && !step.empty ? 1 : opens ? 0 : -1
    switch (name) {
      case 'p':
        if (opens && !step.empty)
          open.push({ all: '', final: '', original: '', hidden: false, tracked: false, inBox: boxes > 0 })
        else if (!opens) {
          const done = open.pop()
          if (done) close(done)
        }
        break
      case 'del':
      case 'moveFrom':
        deleted += change
        break
      case 'ins':
      case 'moveTo':
        inserted += change
        break
      case 'txbxContent':
        boxes += change
        break
      case 'r':
        vanish = false
        break
      case 'vanish':
      case 'webHidden':
        vanish = opens && !/^(?:0|false)$/.test(attributeOf(step.attributes, 'val') ?? '')
        break
      case 't':
      case 'delText':
      case 'instrText':
      case 'delInstrText':
        takes = change === 1
        break
      case 'tab':
      case 'br':
      case 'cr':
        if (opens && open.length > 0) write(' ')
        break
      case 'noBreakHyphen':
        if (opens) write('-')
        break
      case 'tbl':
        if (change === 1) tables.push({ rows: 0, heads: [], row: null })
        else if (change === -1) tables.pop()
        break
      case 'tr': {
        const table = tables.at(-1)
        if (!table) break
        if (change === 1) table.row = { cells: [] }
        else if (table.row) {
          table.rows++
          const row = table.row.cells.map(cell => cell.join('\n'))
          if (table.rows === 1) table.heads = row
          for (const [column, text] of row.entries())
            gathered.add({
              text,
              kind: 'cell',
              place: within(place, `表格第 ${table.rows} 行第 ${column + 1} 列`),
              head: table.rows === 1 ? undefined : table.heads[column],
              heads: table.rows === 1 ? undefined : table.heads,
              row,
            })
          table.row = null
        }
        break
      }
      case 'tc':
        if (change === 1) tables.at(-1)?.row?.cells.push([])
        break
    }
  }
}
