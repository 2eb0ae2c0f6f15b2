import { describe, expect, it } from 'vitest'
import { type AnnualReport, applicantColumns, type Cell, disputeGroups, requestRows } from '../report.ts'
import { fullReport } from '../report-for-tests.ts'
import { checkReport } from './check-report.ts'

const rulesAt = (report: AnnualReport, others: Parameters<typeof checkReport>[1] = {}) =>
  checkReport(report, others).findings.map(({ rule, where }) => `${rule} ${where}`)

function changed(row: string, column: number, to: (cell: Cell) => Cell): AnnualReport {
  const report = fullReport()
  const cells = [...(report.section3[row] ?? [])]
  cells[column] = to(cells[column] ?? null)
  return { ...report, section3: { ...report.section3, [row]: cells } }
}

it('R-RPT-20…24: a full table that is right has no findings', () => {
  expect(checkReport(fullReport())).toEqual({ findings: [], notes: [] })
})

describe('R-RPT-20, 21, 22: every cell that is changed is found', () => {
  const ways: [string, (cell: Cell) => Cell][] = [
    ['one more', cell => (cell ?? 0) + 1],
    ['one less', cell => Math.max(0, (cell ?? 0) - 1)],
    ['many more', cell => (cell ?? 0) + 37],
    ['blank', () => null],
  ]
  for (const [way, to] of ways)
    it(way, () => {
      for (const row of requestRows('2021'))
        for (const column of applicantColumns.keys()) {
          const before = fullReport().section3[row]?.[column] ?? 0
          if ((to(before) ?? 0) === before) continue
          const found = rulesAt(changed(row, column, to)).sort()
          const balance = `R-RPT-20 section3.D[${column}]`
          const total = `R-RPT-21 section3.C7[${column}]`
          const across = `R-RPT-22 section3.${row}[6]`
          const inBalance = ['A', 'B', 'C7', 'D'].includes(row)
          const inTotal = !['A', 'B', 'D'].includes(row)
          expect(found, `${row}[${column}]`).toEqual(
            [...(inBalance ? [balance] : []), ...(inTotal ? [total] : []), across].sort(),
          )
        }
    })
})

it('names the cell among those of each sum it breaks', () => {
  for (const finding of checkReport(changed('C4.2', 3, cell => (cell ?? 0) + 5)).findings)
    expect(finding.cells).toContain('section3.C4.2[3]')
})

it('R-RPT-24: every cell of section four', () => {
  for (const group of disputeGroups)
    for (let column = 0; column < 5; column++) {
      const report = fullReport()
      const cells = [...(report.section4[group] ?? [])]
      cells[column] = (cells[column] ?? 0) + 1
      expect(rulesAt({ ...report, section4: { ...report.section4, [group]: cells } })).toEqual([
        `R-RPT-24 section4.${group}[4]`,
      ])
    }
})

it('R-RPT §6.5: the totals of a real city pass', () => {
  const totals: Record<string, number> = { A: 14069, B: 560, C1: 5548, C2: 2168, C7: 13810, D: 819 }
  for (const [group, list] of Object.entries({
    C3: [13, 30, 11, 51, 104, 85, 286, 150],
    C4: [3222, 180, 19],
    C5: [203, 148, 0, 101, 5],
    C6: [318, 203, 965],
  }))
    for (const [at, number] of list.entries()) totals[`${group}.${at + 1}`] = number
  const section3 = Object.fromEntries(
    Object.entries(totals).map(([row, number]) => [row, [number, null, null, null, null, null, number]]),
  )
  const report = { ...fullReport(), organ: '某市人民政府', section3, text: '六、其他\n收取信息处理费400元。' }
  expect(rulesAt(report)).toEqual([])
})

it('a blank is nothing: a report that leaves zeros out passes', () => {
  const report = fullReport()
  const blank = (cells: Cell[]) => cells.map(cell => (cell === 0 ? null : cell))
  const section3 = Object.fromEntries(
    Object.entries(report.section3).map(([row, cells]) => [row, blank(cells)]),
  )
  expect(rulesAt({ ...report, section3 })).toEqual([])
})

it('R-RPT-22: totals left out in all rows are a fault of each row, not of their column as well', () => {
  const report = fullReport()
  for (const row of requestRows('2021').slice(2, -2)) (report.section3[row] ?? [])[6] = null
  const found = rulesAt(report)
  expect(found.every(one => one.startsWith('R-RPT-22'))).toBe(true)
  expect(found).toContain('R-RPT-22 section3.C1[6]')
})

describe('against other reports', () => {
  const last = (): AnnualReport => {
    const report = fullReport()
    return {
      ...report,
      year: 2023,
      section3: { ...report.section3, D: report.section3.B ?? [] },
      section2: { ...report.section2, 'T2.2': [5, 1, 27] },
    }
  }

  it('R-RPT-23, R-RPT-11: what fits the year before passes', () => {
    expect(rulesAt(fullReport(), { against: [{ ...last(), year: 2022 }, last()] })).toEqual([])
  })

  it('R-RPT-23: each column that was carried over otherwise', () => {
    const before = last()
    before.section3.D = [4, 0, 1, 0, 2, 0, 7]
    expect(rulesAt(fullReport(), { against: [before] })).toEqual([
      'R-RPT-23 section3.B[0]',
      'R-RPT-23 section3.B[6]',
    ])
  })

  it('R-RPT-11: in force is what was, and was made, less what was repealed; it warns', () => {
    const before = last()
    before.section2 = { ...before.section2, 'T2.2': [5, 1, 20] }
    expect(checkReport(fullReport(), { against: [before] }).findings).toMatchObject([
      { rule: 'R-RPT-11', severity: 'warning', where: 'section2.T2.2[2]', expected: 24, found: 31 },
    ])
  })

  it('tells of the last three years where they do not follow one another, as no fault of this report (R-RPT-23)', () => {
    const years = [2023, 2022, 2021, 2020].map(year => ({ ...last(), year }))
    const { findings, notes } = checkReport(fullReport(), { against: years })
    expect(findings).toEqual([])
    expect(notes.filter(note => note.startsWith('2023年的报告与2022年的不衔接')).length).toBeGreaterThan(0)
    expect(notes.filter(note => note.startsWith('2022年的报告与2021年的不衔接')).length).toBeGreaterThan(0)
    expect(notes.filter(note => note.includes('2020年'))).toEqual([])
  })

  it('says when the year before is not among them', () => {
    const { findings, notes } = checkReport(fullReport(), { against: [{ ...last(), year: 2021 }] })
    expect(findings).toEqual([])
    expect(notes.join()).toContain('没有2023年的')
  })

  it('R-RPT-25: every cell is the sum of the parts', () => {
    const twice = fullReport()
    for (const rows of [twice.section3, twice.section4, twice.section2 ?? {}])
      for (const [row, cells] of Object.entries(rows))
        Object.assign(rows, { [row]: cells.map(cell => (cell ?? 0) * 2) })
    expect(rulesAt(twice, { parts: [fullReport(), fullReport()] })).toEqual([])
    const part = changed('C5.2', 4, cell => (cell ?? 0) + 1)
    expect(rulesAt(twice, { parts: [fullReport(), part] })).toEqual(['R-RPT-25 section3.C5.2[4]'])
  })
})

describe('section two and the fee', () => {
  it('R-RPT-10: a county, a township, a department have no 规章; a city with districts may', () => {
    const of = (organ: string) =>
      rulesAt({ ...fullReport(), organ, section2: { ...fullReport().section2, 'T2.1': [0, 0, 6] } })
    for (const organ of ['云溪县人民政府', '云溪县城关镇人民政府', '青州市东区街道办事处', '某市水利局'])
      expect(of(organ), organ).toEqual(['R-RPT-10 section2.T2.1[2]'])
    for (const organ of [
      '某市人民政府',
      '镇江市人民政府',
      '新乡市人民政府',
      '广西壮族自治区人民政府',
      '景德镇市人民政府',
    ])
      expect(of(organ), organ).toEqual([])
  })

  it('R-RPT-11: counts are whole and not below zero, fees may have decimals', () => {
    const section2 = { ...fullReport().section2, 'T2.3': [1.5], 'T2.4': [-2] }
    expect(rulesAt({ ...fullReport(), section2 })).toEqual([
      'R-RPT-11 section2.T2.3[0]',
      'R-RPT-11 section2.T2.4[0]',
    ])
  })

  it('R-RPT-26: requests dropped for an unpaid fee want the fee told, and notices', () => {
    const report = fullReport()
    expect(rulesAt({ ...report, text: '六、其他需要报告的事项\n无。' })).toEqual([
      'R-RPT-26 section3.C6.2[6]',
    ])
    expect(
      rulesAt({ ...report, text: '六、其他需要报告的事项\n未发出收费通知，未收取信息处理费。' }),
    ).toEqual(['R-RPT-26 section3.C6.2[6]'])
  })
})

it('R-RPT-21: in the trial format 其他处理 is one row', () => {
  const report = fullReport()
  const { 'C6.1': one = [], 'C6.2': two = [], 'C6.3': three = [], ...rest } = report.section3
  const C6 = one.map((cell, at) => (cell ?? 0) + (two[at] ?? 0) + (three[at] ?? 0))
  const old: AnnualReport = {
    ...report,
    year: 2020,
    format: '2019',
    section2: null,
    section3: { ...rest, C6 },
  }
  expect(rulesAt(old)).toEqual([])
  expect(
    rulesAt({ ...old, section3: { ...old.section3, C6: C6.map((cell, at) => cell + (at === 2 ? 1 : 0)) } }),
  ).toEqual(['R-RPT-21 section3.C7[2]', 'R-RPT-22 section3.C6[6]'])
})
