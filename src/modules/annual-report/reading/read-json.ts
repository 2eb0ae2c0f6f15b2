import { invalid } from '#lib/errors'
import {
  type AnnualReport,
  applicantColumns,
  type Cell,
  type DisputeGroup,
  disclosureRows,
  disputeGroups,
  everyRequestRow,
  type ReportFormat,
  resultColumns,
  sum,
} from '../report.ts'
import { readCell } from './numbers.ts'

type Values = Record<string, unknown>

/**
 * A report as JSON → the report. Keys may be spelled in several ways (C3.1, C3_1, C31, `"C3": {"1": […]}`), cells be numbers, figures
 * as text, or null; what is not understood is refused with its place.
 */
export function readJsonReport(name: string, text: string): AnnualReport {
  const given = parsed(name, text)
  const section3 = readRequests(name, given.section3)
  const year = readYear(given.year)
  return {
    organ: typeof given.organ === 'string' && given.organ.trim() !== '' ? given.organ.trim() : null,
    year,
    ...settleFormat(name, given.format, year, section3),
    section2: readDisclosure(name, given.section2, given.format),
    section4: readDisputes(name, given.section4),
    text: textOf(given.text),
    odd: [],
  }
}

function parsed(name: string, text: string): Values {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw unreadable(
      name,
      `不是完整的 JSON（${(error as Error).message}）。请核对括号和逗号，或改用 .docx、.xlsx、.html 文件。`,
    )
  }
  if (!isValues(value))
    throw unreadable(name, '最外层应当是一个对象，像 {"organ":…,"year":…,"section3":{…}}。')
  if (!isValues(value.section3)) throw unreadable(name, '没有 section3（第三部分的表）。请补上这一项。')
  return value
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unreadable = (name: string, why: string) =>
  invalid('annual-report.unreadable', `“${name}”读不了：${why}`)

function readYear(given: unknown): number | null {
  const digits = /20\d\d/.exec(String(given ?? ''))
  return digits ? Number(digits[0]) : null
}

/** Text may come as one piece or as sections by their name or number. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given
  if (Array.isArray(given)) return given.map(textOf).join('\n')
  if (isValues(given)) return Object.values(given).map(textOf).join('\n')
  return ''
}

/** C3.1, c3_1, C31, C3-1 → C3.1; also T2.1. */
function codeOf(key: string): string {
  const tight = key.replace(/[\s._\-()（）]/g, '').toUpperCase()
  const parts = /^([CT]\d)(\d)$/.exec(tight)
  return parts ? `${parts[1]}.${parts[2]}` : tight
}

function readRequests(name: string, given: unknown): Record<string, Cell[]> {
  const rows: Record<string, Cell[]> = {}
  for (const [key, value] of Object.entries(isValues(given) ? given : {})) {
    const code = codeOf(key)
    for (const [row, cells] of rowsIn(code, value)) {
      const where = `section3.${row}`
      if (!everyRequestRow.includes(row) && !/^C[345]$/.test(row))
        throw unreadable(
          name,
          `section3 里有不认识的行“${key}”。行名应当是 A、B、C1、C2、C3.1 … C6.3、C7、D。`,
        )
      rows[row] = cellsOf(name, where, cells, applicantColumns)
    }
  }
  const missing = ['A', 'B', 'C7', 'D'].filter(row => !rows[row])
  if (missing.length > 0)
    throw unreadable(name, `section3 缺少${missing.join('、')}行。空白的行请写成七个 null。`)
  return rows
}

/** A group may hold its rows: `"C3": {"1": […], …}` or `"C3": [[…], …]`. */
function rowsIn(code: string, value: unknown): [string, unknown][] {
  if (/^C[3-6]$/.test(code) && Array.isArray(value) && value.some(Array.isArray))
    return value.map((row, at) => [`${code}.${at + 1}`, row])
  if (/^C[3-6]$/.test(code) && isValues(value) && !applicantColumns.some(column => column in value))
    return Object.entries(value).map(([key, row]) => [/^\d$/.test(key) ? `${code}.${key}` : codeOf(key), row])
  return [[code, value]]
}

function cellsOf(name: string, where: string, given: unknown, columns: readonly string[]): Cell[] {
  const list = Array.isArray(given)
    ? given
    : isValues(given)
      ? columns.map(column => given[column] ?? null)
      : null
  if (list === null || list.length !== columns.length)
    throw unreadable(
      name,
      `${where} 应当是${columns.length}个数（${columns.join('、')}），空白写 null${list ? `；现在有${list.length}个` : ''}。`,
    )
  return list.map((one, at) => cellOf(name, `${where}[${at}]`, one))
}

function cellOf(name: string, where: string, given: unknown): Cell {
  if (given === null || given === undefined) return null
  if (typeof given === 'number' && Number.isFinite(given)) return given
  const read = typeof given === 'string' ? readCell(given) : undefined
  if (read === undefined)
    throw unreadable(name, `${where} 写的是 ${JSON.stringify(given)}，不是一个数。请改成数字，空白写 null。`)
  return read
}

const disclosureNames: Record<string, string> = {
  规章: 'T2.1',
  行政规范性文件: 'T2.2',
  规范性文件: 'T2.2',
  行政许可: 'T2.3',
  行政处罚: 'T2.4',
  行政强制: 'T2.5',
  行政事业性收费: 'T2.6',
}

/** Columns by their names, in several languages of those who write such files. */
const disclosureColumn = [/制发|made|issued/i, /废止|repeal|abolish/i, /有效|force|valid/i]

function readDisclosure(name: string, given: unknown, format: unknown): Record<string, Cell[]> | null {
  if (!isValues(given) || String(format) === '2019') return null
  const rows: Record<string, Cell[]> = {}
  for (const [key, value] of Object.entries(given)) {
    const code = disclosureNames[key.replace(/\s+/g, '')] ?? codeOf(key)
    const row = disclosureRows.find(one => one.code === code)
    if (!row) throw unreadable(name, `section2 里有不认识的行“${key}”。行名应当是 T2.1 … T2.6。`)
    rows[code] = cellsOf(name, `section2.${code}`, asList(value, row.columns.length), row.columns)
  }
  return Object.keys(rows).length > 0 ? rows : null
}

function asList(value: unknown, count: number): unknown {
  if (Array.isArray(value)) return value
  if (!isValues(value)) return count === 1 ? [value] : value
  const found = Object.entries(value)
  if (count === 1) return [found[0]?.[1] ?? null]
  const named = disclosureColumn.map(column => found.find(([key]) => column.test(key))?.[1])
  return named.some(one => one !== undefined) ? named.map(one => one ?? null) : found.map(([, one]) => one)
}

const disputeNames: [RegExp, DisputeGroup][] = [
  [/未经复议|直接起诉|direct/i, '未经复议直接起诉'],
  [/复议后|经复议|post|after/i, '复议后起诉'],
  [/复议|review|reconsider/i, '复议'],
]

function readDisputes(name: string, given: unknown): Partial<Record<DisputeGroup, Cell[]>> {
  const groups: Partial<Record<DisputeGroup, Cell[]>> = {}
  for (const [key, value] of Object.entries(isValues(given) ? given : {})) {
    if (key === '行政诉讼' && isValues(value)) {
      Object.assign(groups, readDisputes(name, value))
      continue
    }
    const group = disputeNames.find(([pattern]) => pattern.test(key))?.[1]
    if (!group)
      throw unreadable(name, `section4 里有不认识的一组“${key}”。应当是${disputeGroups.join('、')}。`)
    groups[group] = cellsOf(name, `section4.${group}`, value, resultColumns)
  }
  return groups
}

/** The format as said, else as the rows show it, else by the year; its rows completed or summed where they come in another form. */
function settleFormat(
  name: string,
  said: unknown,
  year: number | null,
  rows: Record<string, Cell[]>,
): { format: ReportFormat; section3: Record<string, Cell[]> } {
  const parts = ['C6.1', 'C6.2', 'C6.3'].filter(row => rows[row])
  const told = said === undefined || said === null ? null : String(said).slice(0, 4)
  if (told !== null && told !== '2019' && told !== '2020' && told !== '2021')
    throw unreadable(name, `format 写的是“${String(said)}”，应当是 "2019" 或者 "2021"。`)
  const format: ReportFormat =
    told !== null
      ? told === '2021'
        ? '2021'
        : '2019'
      : parts.length > 0 || !(rows.C6 || (year !== null && year <= 2020))
        ? '2021'
        : '2019'
  const whole = { ...rows }
  if (format === '2021' && rows.C6 && parts.length === 0) whole['C6.3'] = rows.C6
  if (format === '2019' && !rows.C6 && parts.length > 0)
    whole.C6 = applicantColumns.map((_, column) => sum(parts.map(row => rows[row]?.[column] ?? 0)))
  return { format, section3: whole }
}
