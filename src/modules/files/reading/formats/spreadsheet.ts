import type { ReadDocument, ReadingDoubt, Sheet } from '../read-document.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import type { Package } from '../zip/open-package.ts'
import { mergedDown, type SheetFacts, sheetFacts } from './sheet-facts.ts'
import { tidyRows } from './tidy-rows.ts'

/** A sheet may put one cell into its last corner: filled up with empty ones it would take all memory. */
const CELL_LIMIT = 5_000_000

type Cell = string | number | boolean | Date | null

/** .xlsx → the shown sheets with every cell as text. A cell merged over several rows says in each what it says. */
export async function readSpreadsheet(
  file: string,
  parts: Package,
  bytes: Uint8Array,
): Promise<ReadDocument> {
  refuseMacros(file, parts)
  const facts = await sheetFacts(parts)
  const cells = facts.reduce((sum, sheet) => sum + sheet.rows * sheet.columns, 0)
  if (cells > CELL_LIMIT) {
    const why = `“${file}”有 ${cells} 个单元格，超过 ${CELL_LIMIT} 个的上限，没有读取。请删去末尾的空行、空列，或拆成几份后再导入。`
    throw new UnreadableFile('too-large', why)
  }
  // The library unpacks without limits: whatever it will unpack is unpacked once before, within ours.
  for (const name of parts.names) if (/\.xml(?:\.rels)?$/.test(name)) await parts.text(name)
  const { default: readExcel } = await import('read-excel-file/universal')
  // Its types say `typeof Date` where it gives dates.
  const found = (await readExcel(new Blob([new Uint8Array(bytes)]))) as unknown as {
    sheet: string
    data: Cell[][]
  }[]
  const sheets: Sheet[] = []
  for (const { sheet: name, data } of found) {
    const about = facts.find(fact => fact.name === name)
    if (about?.hidden) continue
    const rows = tidyRows(
      mergedDown(
        data.map(row => row.map(cellText)),
        about?.merged ?? [],
      ),
    )
    if (rows.length > 0) sheets.push({ name, rows })
  }
  if (sheets.length === 0) {
    throw new UnreadableFile('empty', `“${file}”的工作表里没有文字。请核对是否选错了文件，或内容是不是图片。`)
  }
  return { form: 'sheets', format: 'xlsx', sheets, doubts: hiddenDoubts(facts) }
}

function refuseMacros(file: string, parts: Package): void {
  if (!parts.names.some(name => /(?:^|\/)vbaProject\.bin$|\/macrosheets\//i.test(name))) return
  const why = `“${file}”带有宏（能自动运行的程序），没有读取。请在 Excel 或 WPS 里另存为不带宏的 .xlsx，再导入。`
  throw new UnreadableFile('macros', why)
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (cell instanceof Date) return dateText(cell)
  // 0.1 + 0.2 is shown as 0.3, as Excel shows it.
  if (typeof cell === 'number') return String(Number(cell.toPrecision(15)))
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return cell.replace(/\s+/g, ' ').trim()
}

/** Excel knows no time zone: what it shows stands in the parts of UTC. */
function dateText(date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
}

function hiddenDoubts(facts: readonly SheetFacts[]): ReadingDoubt[] {
  const hidden = facts.filter(fact => fact.hidden).map(fact => `“${fact.name}”`)
  return hidden.length === 0
    ? []
    : [{ why: `隐藏的工作表${hidden.join('、')}没有读入。请核对是否应当公开。` }]
}
