import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import { describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { checkReport } from '../check/check-report.ts'
import type { AnnualReport, Cell } from '../report.ts'
import { fullReport, pageOf } from '../report-for-tests.ts'
import { gridsOfHtml } from './grids.ts'
import { readReport } from './read-report.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const tablesOf = ({ section2, section3, section4 }: AnnualReport) => ({ section2, section3, section4 })

/** Blanks for nothing, as people leave them. */
function blanked(report: AnnualReport): AnnualReport {
  const rows = <Rows extends object>(of: Rows): Rows =>
    Object.fromEntries(
      Object.entries(of).map(([row, cells]) => [
        row,
        (cells as Cell[]).map(cell => (cell === 0 ? null : cell)),
      ]),
    ) as Rows
  return {
    ...report,
    section2: rows(report.section2 ?? {}),
    section3: rows(report.section3),
    section4: rows(report.section4),
  }
}

const fullWidth = (cell: Cell) =>
  cell === null
    ? '　'
    : String(cell).replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

describe('a page', () => {
  it('is read by its labels: merged cells, broken labels', async () => {
    const report = await readReport('a.html', bytes(pageOf(fullReport())))
    expect(tablesOf(report)).toEqual(tablesOf(fullReport()))
    expect(report).toMatchObject({ organ: '云溪县人民政府', year: 2024, format: '2021' })
    expect(checkReport(report).findings).toEqual([])
  })

  it('may write full-width figures, and blanks or strokes for nothing', async () => {
    const blank = blanked(fullReport())
    for (const nothing of ['', '/', '—', '-', '　'])
      expect(
        tablesOf(
          await readReport(
            'a.html',
            bytes(pageOf(blank, cell => (cell === null ? nothing : fullWidth(cell)))),
          ),
        ),
      ).toEqual(tablesOf(blank))
  })

  it('in the trial format has one row 其他处理, and section two is left alone', async () => {
    const full = fullReport()
    const { 'C6.1': one = [], 'C6.2': two = [], 'C6.3': three = [], ...rest } = full.section3
    const C6 = one.map((cell, at) => (cell ?? 0) + (two[at] ?? 0) + (three[at] ?? 0))
    const old: AnnualReport = { ...full, year: 2020, format: '2019', section3: { ...rest, C6 } }
    const page = pageOf(old)
      .replace('本年制发件数', '本年新制作数量')
      .replace('现行有效件数', '对外公开总数量')
    const report = await readReport('a.html', bytes(page))
    expect(report).toMatchObject({ format: '2019', section2: null, section3: old.section3 })
  })
})

it('a Word file typed by a person: merged cells, full-width figures, blanks', async () => {
  const blank = blanked(fullReport())
  const document = await word(pageOf(blank, fullWidth))
  expect(tablesOf(await readReport('a.docx', document))).toEqual(tablesOf(blank))
})

it('a workbook', async () => {
  const { rows } = gridsOfHtml(pageOf(fullReport()))
  const width = 15
  const data = rows.map(({ spread }) =>
    Array.from({ length: width }, (_, at) => {
      const cell = spread[at] ?? ''
      return cell === '' ? null : /^\d/.test(cell) && !/[^\d.]/.test(cell) ? Number(cell) : cell
    }),
  )
  const book = await (await writeExcelFile(data)).toBuffer()
  expect(tablesOf(await readReport('a.xlsx', new Uint8Array(book)))).toEqual(tablesOf(fullReport()))
})

describe('text', () => {
  it('with a cell a line', async () => {
    const lines = gridsOfHtml(pageOf(fullReport())).rows.flatMap(({ cells }) => cells)
    const at = lines.indexOf('行政复议')
    const text = [
      '云溪县人民政府2024年政府信息公开工作年度报告',
      '二、主动公开政府信息情况',
      ...lines.slice(0, at),
      '四、政府信息公开行政复议、行政诉讼情况',
      ...lines.slice(at),
      '五、存在的主要问题及改进情况',
    ].join('\n')
    expect(tablesOf(await readReport('a.txt', bytes(text)))).toEqual(tablesOf(fullReport()))
  })

  it('with rows divided by bars, blanks kept', async () => {
    const blank = blanked(fullReport())
    const lines = gridsOfHtml(pageOf(blank)).rows.map(({ cells }) => `${cells.join(' | ')} |`)
    expect(tablesOf(await readReport('a.txt', bytes(lines.join('\n'))))).toEqual(tablesOf(blank))
  })

  it('with bars between cells on lines of their own, blanks kept', async () => {
    const blank = blanked(fullReport())
    const lines = gridsOfHtml(pageOf(blank)).rows.flatMap(({ cells }) => cells)
    for (const text of [lines.join('\n|\n'), lines.map(cell => `${cell} |`.trim()).join('\n')])
      expect(tablesOf(await readReport('a.txt', bytes(text)))).toEqual(tablesOf(blank))
  })

  it('in which blanks got lost is refused with the row that nobody can tell', async () => {
    const lines = gridsOfHtml(pageOf(blanked(fullReport()))).rows.flatMap(({ cells }) => cells)
    const text = lines.filter(line => line !== '').join('\n')
    await expect(readReport('a.txt', bytes(text))).rejects.toThrow(/只读出\d个数/)
  })
})

describe('JSON', () => {
  const json = (report: object) => bytes(JSON.stringify(report))

  it('takes several spellings of rows', async () => {
    const full = fullReport()
    for (const spell of [
      (row: string) => row,
      (row: string) => row.replace('.', '_'),
      (row: string) => row.replace('.', ''),
    ]) {
      const section3 = Object.fromEntries(
        Object.entries(full.section3).map(([row, cells]) => [spell(row), cells]),
      )
      expect(tablesOf(await readReport('a.json', json({ ...full, section3 })))).toEqual(tablesOf(full))
    }
  })

  it('takes groups that hold their rows, and section two by its names', async () => {
    const full = fullReport()
    const section3: Record<string, unknown> = {}
    for (const [row, cells] of Object.entries(full.section3)) {
      const [group = '', part] = row.split('.')
      if (part === undefined) section3[row] = cells
      else section3[group] = { ...(section3[group] as object), [part]: cells }
    }
    const section2 = {
      规章: { 制发: 0, 废止: 0, 现行有效: 0 },
      规范性文件: { made: 6, repealed: 2, inForce: 31 },
      行政许可: 1204,
      行政处罚: [318],
      行政强制: '12',
      行政事业性收费: '８６.５',
    }
    expect(tablesOf(await readReport('a.json', json({ ...full, section2, section3 })))).toEqual(
      tablesOf(full),
    )
  })

  it('refuses what it cannot read, with the place', async () => {
    const full = fullReport()
    const A = full.section3.A ?? []
    for (const [given, message] of [
      [{ ...full, section3: { ...full.section3, A: A.slice(1) } }, /section3\.A 应当是7个数/],
      [{ ...full, section3: { ...full.section3, A: ['多', ...A.slice(1)] } }, /section3\.A\[0\]/],
      [{ ...full, section3: { ...full.section3, X: A } }, /不认识的行“X”/],
      [{ organ: '云溪县' }, /没有 section3/],
    ] as const)
      await expect(readReport('a.json', json(given))).rejects.toThrow(message)
    await expect(readReport('a.json', bytes('{"organ":'))).rejects.toThrow(/不是完整的 JSON/)
  })
})

/** The page once more as a Word file. */
async function word(html: string): Promise<Uint8Array> {
  const { load } = await import('cheerio')
  const $ = load(html)
  const children = $('body')
    .children('h1, p, table')
    .toArray()
    .map(one =>
      one.tagName === 'table'
        ? new Table({
            rows: $(one)
              .find('tr')
              .toArray()
              .map(
                tr =>
                  new TableRow({
                    children: $(tr)
                      .children('td')
                      .toArray()
                      .map(
                        td =>
                          new TableCell({
                            columnSpan: Number($(td).attr('colspan') ?? 1),
                            rowSpan: Number($(td).attr('rowspan') ?? 1),
                            children: [new Paragraph($(td).text().trim())],
                          }),
                      ),
                  }),
              ),
          })
        : new Paragraph($(one).text()),
    )
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}
