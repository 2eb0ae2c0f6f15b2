import type { Inside } from './everything-in.ts'
import { decoded, markupPieces } from './markup-pieces.ts'
import type { Part } from './open-parts.ts'
import { otherParts } from './package-pieces.ts'
import { type Gathered, within } from './piece.ts'
import { attributeOf, walkXml } from './xml-walk.ts'

/** .xlsx: every cell of every sheet, hidden or not, with its cached value; comments, names, leftovers, then all other parts. */
export async function sheetPieces(
  gathered: Gathered,
  file: Inside,
  parts: ReadonlyMap<string, Part>,
): Promise<void> {
  const read = new Set<string>(['xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/_rels/workbook.xml.rels'])
  const shared = await sharedStrings(parts.get('xl/sharedStrings.xml'))
  const used = new Set<number>()
  for (const sheet of await sheetsOf(gathered, file, parts)) {
    read.add(sheet.part)
    const part = parts.get(sheet.part)
    if (part)
      cellsOf(gathered, await part.text(), within(file.place, sheet.place), sheet.hidden, { shared, used })
  }
  for (const [at, text] of shared.entries())
    if (!used.has(at))
      gathered.add({ text, kind: 'leftover', place: within(file.place, '表格里已删去、文件里还留着的文字') })
  for (const name of parts.keys()) {
    if (!/comments?\d*\.xml$/i.test(name)) continue
    read.add(name)
    const part = parts.get(name)
    if (part) commentsOf(gathered, await part.text(), file.place)
  }
  await otherParts(gathered, file, parts, read)
}

interface SheetPlace {
  part: string
  place: string
  hidden: boolean
}

async function sheetsOf(
  gathered: Gathered,
  file: Inside,
  parts: ReadonlyMap<string, Part>,
): Promise<SheetPlace[]> {
  const relations = new Map<string, string>()
  for (const step of walkXml((await parts.get('xl/_rels/workbook.xml.rels')?.text()) ?? ''))
    if (step.is === 'open' && step.name === 'Relationship') {
      const target = attributeOf(step.attributes, 'Target') ?? ''
      relations.set(
        attributeOf(step.attributes, 'Id') ?? '',
        target.startsWith('/') ? target.slice(1) : `xl/${target}`,
      )
    }
  const sheets: SheetPlace[] = []
  const listed = new Set<string>()
  let definedName = ''
  for (const step of walkXml((await parts.get('xl/workbook.xml')?.text()) ?? '')) {
    if (step.is === 'open' && step.name === 'sheet') {
      const name = attributeOf(step.attributes, 'name') ?? ''
      const state = attributeOf(step.attributes, 'state')
      const part = relations.get(/(?:^|\s)\w+:id\s*=\s*"([^"]*)"/.exec(step.attributes)?.[1] ?? '') ?? ''
      listed.add(part)
      gathered.add({ text: name, kind: 'text', place: within(file.place, '工作表的名称') })
      const hidden = state === 'hidden' || state === 'veryHidden'
      const mark = state === 'veryHidden' ? '（深度隐藏）' : hidden ? '（隐藏）' : ''
      sheets.push({ part, place: `工作表‘${name}’${mark}`, hidden })
    } else if (step.is === 'open' && step.name === 'definedName')
      definedName = attributeOf(step.attributes, 'name') ?? ''
    else if (step.is === 'close' && step.name === 'definedName') definedName = ''
    else if (step.is === 'text' && definedName !== '')
      gathered.add({
        text: `${definedName} ${step.text}`,
        kind: 'hidden',
        place: within(file.place, '定义的名称'),
      })
  }
  // A sheet that the workbook does not name any more still lies in the file
  for (const name of parts.keys())
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(name) && !listed.has(name))
      sheets.push({ part: name, place: '没有列出的工作表', hidden: true })
  return sheets
}

async function sharedStrings(part: Part | undefined): Promise<string[]> {
  const strings: string[] = []
  let text: string | null = null
  let takes = false
  for (const step of walkXml(part ? await part.text() : '')) {
    if (step.is === 'text') {
      if (takes && text !== null) text += step.text
    } else if (step.name === 'si') {
      if (step.is === 'open' && !step.empty) text = ''
      else {
        strings.push(text ?? '')
        text = null
      }
    } else if (step.name === 't') takes = step.is === 'open' && !step.empty
  }
  return strings
}

interface Cell {
  row: number
  column: number
  type: string
  value: string
  formula: string
}

function cellsOf(
  gathered: Gathered,
  xml: string,
  place: string,
  sheetHidden: boolean,
  { shared, used }: { shared: readonly string[]; used: Set<number> },
): void {
  const hiddenColumns: [number, number][] = []
  let heads: string[] = []
  let headsAt = 0
  let rowNumber = 0
  let rowHidden = false
  let cells: (Cell & { text: string })[] = []
  let cell: Cell | null = null
  let takes: 'value' | 'formula' | 'other' | null = null
  const closeRow = () => {
    const row: string[] = []
    for (const one of cells) row[one.column] = one.text
    const filled = Array.from(row, text => text ?? '')
    const isHead = headsAt === 0 ? looksLikeHeads(filled) : false
    for (const one of cells) {
      const hidden = hiddenColumns.some(([from, to]) => one.column >= from && one.column <= to)
      const marks = [rowHidden && '隐藏的行', hidden && '隐藏的列'].filter(Boolean).join('、')
      const where = within(
        place,
        `第 ${one.row} 行 ${columnName(one.column)} 列${marks ? `（${marks}）` : ''}`,
      )
      const kind = sheetHidden || hidden || rowHidden ? 'hidden' : 'cell'
      const about = headsAt === 0 ? {} : { head: heads[one.column], heads, row: filled }
      gathered.add({ text: one.text, kind, place: where, ...about })
      if (/["“]|\d{7}/.test(one.formula))
        gathered.add({ text: one.formula, kind: 'hidden', place: `${where}的公式` })
    }
    if (isHead) {
      heads = filled
      headsAt = rowNumber
    }
    cells = []
  }
  for (const step of walkXml(xml)) {
    if (step.is === 'text') {
      if (takes === 'value' && cell) cell.value += step.text
      else if (takes === 'formula' && cell) cell.formula += step.text
      else if (takes === 'other')
        gathered.add({ text: step.text, kind: 'header', place: within(place, '页眉页脚或提示') })
      continue
    }
    const starts = step.is === 'open' && !step.empty
    switch (step.name) {
      case 'col':
        if (step.is === 'open' && /^(?:1|true)$/.test(attributeOf(step.attributes, 'hidden') ?? ''))
          hiddenColumns.push([
            Number(attributeOf(step.attributes, 'min')) - 1,
            Number(attributeOf(step.attributes, 'max')) - 1,
          ])
        break
      case 'row':
        if (starts) {
          rowNumber = Number(attributeOf(step.attributes, 'r') ?? rowNumber + 1)
          rowHidden = /^(?:1|true)$/.test(attributeOf(step.attributes, 'hidden') ?? '')
        } else if (step.is === 'close') closeRow()
        break
      case 'c':
        if (starts) {
          const place = attributeOf(step.attributes, 'r')
          const type = attributeOf(step.attributes, 't') ?? 'n'
          cell = {
            row: rowNumber,
            column: place ? columnOf(place) : cells.length,
            type,
            value: '',
            formula: '',
          }
        } else if (step.is === 'close' && cell) {
          cells.push({ ...cell, text: textOfCell(cell, shared, used) })
          cell = null
        }
        break
      case 'v':
      case 't':
        takes = starts && cell ? 'value' : null
        break
      case 'f':
        takes = starts && cell ? 'formula' : null
        break
      case 'oddHeader':
      case 'oddFooter':
      case 'evenHeader':
      case 'evenFooter':
      case 'firstHeader':
      case 'firstFooter':
      case 'formula1':
      case 'formula2':
        takes = starts ? 'other' : null
        break
      case 'dataValidation':
      case 'hyperlink':
        if (step.is === 'open')
          for (const name of ['prompt', 'promptTitle', 'error', 'tooltip', 'display', 'location']) {
            const text = attributeOf(step.attributes, name)
            if (text)
              gathered.add({
                text: decoded(text),
                kind: 'hidden',
                place: within(place, '单元格的提示或链接'),
              })
          }
        break
    }
  }
}

function textOfCell(cell: Cell, shared: readonly string[], used: Set<number>): string {
  if (cell.type === 's') {
    const at = Number(cell.value)
    used.add(at)
    return shared[at] ?? ''
  }
  // 1.3905901234E10 is a phone too
  if (cell.type === 'n' && /e/i.test(cell.value) && Number.isSafeInteger(Number(cell.value)))
    return String(Number(cell.value))
  return cell.value
}

/** The first row with several words and no number. */
const looksLikeHeads = (row: readonly string[]) =>
  row.filter(text => text.trim() !== '').length >= 2 && row.every(text => !/\d{5}/.test(text))

function columnOf(place: string): number {
  let column = 0
  for (const letter of /^[A-Z]+/i.exec(place)?.[0].toUpperCase() ?? 'A')
    column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function columnName(column: number): string {
  let name = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}

function commentsOf(gathered: Gathered, xml: string, outer: string): void {
  let place = '批注'
  let text = ''
  let takes = false
  for (const step of walkXml(xml)) {
    if (step.is === 'text') {
      if (takes) text += step.text
    } else if (/^(?:comment|threadedComment)$/.test(step.name)) {
      if (step.is === 'open') place = `单元格 ${attributeOf(step.attributes, 'ref') ?? ''} 的批注`
      else {
        gathered.add({ text, kind: 'comment', place: within(outer, place) })
        text = ''
      }
    } else if (step.name === 't' || step.name === 'text' || step.name === 'author') {
      if (step.name !== 'text') takes = step.is === 'open' && !step.empty
      else if (/threaded/i.test(xml.slice(0, 300))) takes = step.is === 'open' && !step.empty
    }
  }
  if (text.trim() !== '') markupPieces(gathered, xml, within(outer, '批注'), 'comment')
}
