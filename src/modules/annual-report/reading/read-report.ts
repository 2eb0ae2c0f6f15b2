import { readDocument, UnreadableFile } from '#modules/files'
import type { AnnualReport, ReportFormat } from '../report.ts'
import { gridsOfHtml, gridsOfText } from './grids.ts'
import { type ReadTables, readGrids } from './read-grids.ts'
import { readJsonReport } from './read-json.ts'
import { readStream } from './read-stream.ts'

/** A report made anywhere: JSON, or a document whose tables are found by their labels. Throws Refused or UnreadableFile. */
export async function readReport(name: string, bytes: Uint8Array): Promise<AnnualReport> {
  if (/\.json$/i.test(name) || startsAsJson(bytes))
    return readJsonReport(name, new TextDecoder().decode(bytes))
  const document = await readDocument(name, bytes)
  if (document.form === 'html') {
    const { rows, text, titles } = gridsOfHtml(document.html)
    const tables = readGrids(rows)
    // Tables that were drawn without being tables
    if (!tables.section3.A) return settled(name, readStream(name, text), narrativeOf(text), titles)
    return settled(name, tables, text, [...titles, document.title ?? ''])
  }
  if (document.form === 'sheets') {
    const rows = document.sheets.flatMap(sheet => sheet.rows.map(row => ({ cells: row, spread: row })))
    const text = rows
      .filter(({ cells }) => cells.filter(cell => cell !== '').length === 1)
      .map(({ cells }) => cells.find(cell => cell !== '') ?? '')
      .join('\n')
    return settled(
      name,
      readGrids(rows),
      text,
      document.sheets.map(sheet => sheet.name),
    )
  }
  const grids = gridsOfText(document.text)
  return grids
    ? settled(name, readGrids(grids.rows), grids.text, [])
    : settled(name, readStream(name, document.text), narrativeOf(document.text), [])
}

const startsAsJson = (bytes: Uint8Array) =>
  /^(?:\ufeff)?\s*\{\s*"/.test(new TextDecoder().decode(bytes.subarray(0, 200)))

function settled(name: string, tables: ReadTables, text: string, titles: readonly string[]): AnnualReport {
  const { section2, section3, section4, trial, odd } = tables
  const missing = ['A', 'B', 'C7', 'D'].filter(row => !section3[row])
  if (missing.length > 0)
    throw new UnreadableFile(
      'malformed',
      missing.length === 4
        ? `“${name}”里没有找到第三部分“收到和处理政府信息公开申请情况”的表。如果表是图片，请改用可以选中文字的文件。`
        : `“${name}”第三部分的表缺少${missing.map(row => rowNames[row]).join('、')}。请核对表格是否完整，行名是否与统一格式一致。`,
    )
  const format: ReportFormat = ['C6.1', 'C6.2', 'C6.3'].some(row => section3[row]) ? '2021' : '2019'
  return {
    ...whoAndWhen([...titles, ...text.split('\n').slice(0, 80)]),
    format,
    section2: trial || format === '2019' || Object.keys(section2).length === 0 ? null : section2,
    section3,
    section4,
    text,
    odd: trial ? odd.filter(({ where }) => !where.startsWith('section2')) : odd,
  }
}

const rowNames: Record<string, string> = {
  A: '“本年新收”行',
  B: '“上年结转”行',
  C7: '“（七）总计”行',
  D: '“结转下年度继续办理”行',
}

/** What stands before the tables and after them. */
function narrativeOf(text: string): string {
  const lines = text.split('\n')
  const from = lines.findIndex(line => /^\s*二、.*主动公开/.test(line))
  const to = lines.findIndex((line, at) => at > from && /^\s*五、/.test(line))
  return from === -1 || to === -1 ? text : [...lines.slice(0, from), ...lines.slice(to)].join('\n')
}

const TITLE = /^(.{0,40}?)(20\d\d)年(?:度)?(.{0,30}?)政府信息公开(?:工作)?(?:年度)?(?:报告|年报)/

/** Whose report it is and on which year, by its title; the year else by the period it speaks of. */
function whoAndWhen(lines: readonly string[]): { organ: string | null; year: number | null } {
  const tidy = lines.map(line => line.replace(/\s+/g, ''))
  for (const line of tidy) {
    const hit = TITLE.exec(line)
    if (!hit || line.length > 80) continue
    const organ = (hit[1] || hit[3] || '').replace(/^[《“]|的$/g, '')
    return { organ: organ === '' ? null : organ, year: Number(hit[2]) }
  }
  const period = tidy.map(line => /(20\d\d)年1月1日/.exec(line)?.[1]).find(year => year !== undefined)
  return { organ: null, year: period === undefined ? null : Number(period) }
}
