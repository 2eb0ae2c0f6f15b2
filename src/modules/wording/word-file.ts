import { isPlainDate } from '#lib/beijing-time'
import { csvLine } from '#lib/csv'
import { classes, type Severity, severities, type WordClass, type WrongWord } from './wrong-word.ts'

/** An entry as a file says it; `used` false takes an entry of the system out of use. */
export interface WordLine extends WrongWord {
  used: boolean
}

export interface WordFault {
  /** As a spreadsheet program counts: the heads are row 1. */
  row: number
  column: string
  /** What is wrong, and what should stand there. */
  words: string
}

const heads = ['词语', '正确写法', '处理', '类别', '例外', '来源', '日期', '使用'] as const
type Head = (typeof heads)[number]

export function wordFile(words: readonly WordLine[]): string {
  const lines = words.map(word =>
    csvLine([
      word.text,
      word.replacement,
      severities[word.severity],
      classes[word.class],
      word.exceptions.join('、'),
      word.source,
      word.sourceDate,
      word.used ? '是' : '否',
    ]),
  )
  return `\uFEFF${csvLine(heads)}${lines.join('')}`
}

/** Reads a list from a file of a spreadsheet program; every fault is named by row and column, and nothing is half taken. */
export function readWordFile(text: string): { words: WordLine[]; faults: WordFault[] } {
  const [first = [], ...rows] = rowsOf(text.replace(/^\uFEFF/, ''))
  const missing = (['词语', '处理', '类别'] as const).filter(head => !first.includes(head))
  if (missing.length > 0)
    return {
      words: [],
      faults: missing.map(column => ({
        row: 1,
        column,
        words: '第一行里没有这一列。请先导出现有词表，照它的列名填写。',
      })),
    }
  const words: WordLine[] = []
  const faults: WordFault[] = []
  const rowOf = new Map<string, number>()
  rows.forEach((cells, index) => {
    if (cells.every(cell => cell === '')) return
    const row = index + 2
    const cell = (head: Head) => {
      const text = first.includes(head) ? (cells[first.indexOf(head)] ?? '').trim() : ''
      // The export disarms what a spreadsheet program would take for a formula
      return text.replace(/^'(?=[=+\-@])/, '')
    }
    const found: WordFault[] = []
    const fault = (column: Head, words: string) => found.push({ row, column, words })
    const word = cell('词语')
    const severity = keyOf(severities, cell('处理'))
    const kind = keyOf(classes, cell('类别'))
    const sourceDate = cell('日期')
    const used = cell('使用') || '是'
    if (word.length < 2 || word.length > 60) fault('词语', '应当是 2 到 60 个字：一个字会误报太多。')
    else if (word.split('+').some(part => part === '')) fault('词语', '“+”前后都要有字，例如“博彩+平台”。')
    if (rowOf.has(word)) fault('词语', `与第 ${rowOf.get(word)} 行重复，请删去一行。`)
    if (!severity) fault('处理', `“${cell('处理')}”不认识，请填“拦截”或“提醒”。`)
    if (!kind) fault('类别', `“${cell('类别')}”不认识，请填：${Object.values(classes).join('、')}。`)
    if (word !== '' && cell('正确写法') === word) fault('正确写法', '与词语相同，请填正确的写法。')
    if (sourceDate !== '' && !isPlainDate(sourceDate))
      fault('日期', `“${sourceDate}”不是日期，请写成 2026-11-24 的样子。`)
    if (cell('来源') === '') fault('来源', '请写明出处，例如“县政府办校对记录”。')
    if (used !== '是' && used !== '否') fault('使用', '请填“是”或“否”。')
    faults.push(...found)
    if (word !== '') rowOf.set(word, row)
    if (found.length > 0 || !severity || !kind) return
    words.push({
      text: word,
      replacement: cell('正确写法'),
      severity,
      class: kind,
      exceptions: cell('例外')
        .split(/[、,，;；\s]+/)
        .filter(Boolean),
      source: cell('来源'),
      sourceDate,
      used: used === '是',
    })
  })
  if (faults.length === 0 && words.length === 0)
    faults.push({ row: 2, column: '词语', words: '文件里没有词语。' })
  return { words, faults }
}

const keyOf = <Key extends Severity | WordClass>(labels: Record<Key, string>, label: string) =>
  (Object.keys(labels) as Key[]).find(key => labels[key] === label)

/** Cells of a comma-separated file, quoted ones with line ends inside included. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/g)) {
    const value = quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')
    rows.at(-1)?.push(value)
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  return rows.filter((row, index) => index === 0 || row.length > 1 || row[0] !== '')
}
