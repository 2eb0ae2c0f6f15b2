import { describe, expect, it } from 'vitest'
import { csvLine } from '#lib/csv'
import { readDocument } from '#modules/files'
import { sheetRow, xlsx } from '../../../test/make/documents.ts'
import { sameContent } from './item.ts'
import { readSheets } from './sheet.ts'
import { workbookOf } from './workbook.ts'
import { sheetColumns, sheetOf, tableOf } from './write-sheet.ts'

const known = {
  isBody: (words: string) => /民政|乡镇|水利/.test(words),
  isPlace: (place: string) => place === 'notices',
}
const title = ['云溪县社会救助领域基层政务公开标准目录']
const head1 = [
  '序号',
  '公开事项',
  null,
  '公开内容（要素）',
  '公开依据',
  '公开时限',
  '公开主体',
  '公开渠道和载体',
]
const heads = [
  [...head1, '公开对象', null, '公开方式', null, '公开层级', null, null, '法定类别', '网站位置'],
  [
    ...[null, '一级事项', '二级事项', null, null, null, null, null],
    ...['全社会', '特定群体', '主动', '依申请', '县级', '乡级', '村级', null, null],
  ],
]
type Cells = Record<string, string | null>
const order = [
  ...['serial', 'level1', 'level2', 'elements', 'ground', 'limit', 'body', 'channels'],
  ...['everybody', 'group', 'proactive', 'onRequest', 'county', 'township', 'village', 'code', 'place'],
]
const good: Cells = {
  level1: '最低生活保障',
  elements: '办理条件、申请材料、办理流程',
  ground: '《社会救助暂行办法》，国发〔2012〕45号',
  limit: '制定或获取信息之日起10个工作日内',
  body: '县级民政部门、乡镇政府(街道办事处)',
  channels: '■政府网站 □政府公报 ■公开查阅点 □其他______',
  everybody: '√',
  proactive: '√',
  county: '√',
  township: '√',
  code: 'P21A-7',
}
const names: Record<string, string> = { ...sheetColumns, onRequest: sheetColumns['on-request'] }
async function sheetsOf(name: string, bytes: Uint8Array) {
  const document = await readDocument(name, bytes)
  if (document.form !== 'sheets') throw new Error('not a sheet')
  return document.sheets
}
/** A sheet with a title, the head of two rows, and then these rows: the first one is row 4. */
async function sheetWith(rows: readonly Cells[], merged: readonly string[] = []) {
  const lines = [
    title,
    ...heads,
    ...rows.map((row, i) => {
      const cells: Cells = { ...good, serial: String(i + 1), level2: `事项${i + 1}`, ...row }
      return order.map(name => cells[name] ?? null)
    }),
  ]
  const xml = lines.map((cells, i) => sheetRow(i + 1, cells)).join('')
  const bytes = xlsx([
    { name: '社会救助', rows: xml, merged: ['A1:Q1', 'A2:A3', 'D2:D3', 'H2:H3', ...merged] },
  ])
  const document = await readDocument('目录.xlsx', bytes)
  if (document.form !== 'sheets') throw new Error('not a sheet')
  return readSheets(document.sheets, known)
}

/** One fault in each row: cells that are wrong, the column that is named, and a word of the remedy. */
const faulty: [Cells, column: string, remedy: string][] = [
  [{ level1: null }, '一级事项', '请写一级事项'],
  [{ level2: null }, '二级事项', '请写二级事项'],
  [{ level2: '长'.repeat(101) }, '二级事项', '最多 100 字'],
  [{ elements: null }, '公开内容（要素）', '请写要公开的要素'],
  [{ elements: '要'.repeat(3001) }, '公开内容（要素）', '写要点'],
  [{ elements: '#REF!' }, '公开内容（要素）', '改成文字'],
  [{ elements: '张某 110101199003070011' }, '公开内容（要素）', '身份证号码'],
  [{ ground: null }, '公开依据', '请写依据'],
  [{ ground: '国发[2012]45号' }, '公开依据', '六角括号'],
  [{ ground: '国发(2012)45号' }, '公开依据', '六角括号'],
  [{ limit: null }, '公开时限', '可以写'],
  [{ limit: '按有关规定' }, '公开时限', '可以写'],
  [{ limit: '20内' }, '公开时限', '20个工作日内'],
  [{ limit: '信息形成后0个工作日内' }, '公开时限', '实时公开'],
  [{ limit: '信息形成后30个工作日内', ground: '本县规定' }, '公开时限', '请改短'],
  [{ limit: '每半年公开' }, '公开时限', '每季度'],
  [{ limit: '每月31日前' }, '公开时限', '1日到28日'],
  [{ body: null }, '公开主体', '由谁公开'],
  [{ body: '某某委员会' }, '公开主体', '单位全称'],
  [{ channels: null }, '公开渠道和载体', '至少选一项'],
  [{ channels: '□政府网站 □政府公报' }, '公开渠道和载体', '写“■”'],
  [{ channels: '■政府网站 ■口口相传' }, '公开渠道和载体', '标准写法'],
  [{ channels: '■政府网站 □政府网站' }, '公开渠道和载体', '只留一处'],
  [{ everybody: null }, '全社会', '写明是谁'],
  [{ everybody: '看情况' }, '全社会', '√'],
  [{ everybody: null, group: '√' }, '特定群体', '写明是哪些人'],
  [{ group: '低保对象' }, '特定群体', '只留一项'],
  [{ proactive: null }, '主动', '打√'],
  [{ onRequest: '√' }, '依申请', '只留一项'],
  [{ onRequest: '也许' }, '依申请', '√'],
  [{ county: null, township: null }, '县级', '打√'],
  [{ village: '部分' }, '村级', '√'],
  [{ code: 'P20-99' }, '法定类别', 'P20-15'],
  [{ place: 'no/such/column' }, '网站位置', '核对栏目路径'],
  [{ serial: '第一' }, '序号', '写数字'],
  [{ level2: '事项40' }, '二级事项', '同一个事项'],
]

describe('readSheets: the standard spreadsheet (R-GRS-02, §11.2)', () => {
  it('reads titles, a head of two rows, ticks, boxes and cells merged downwards', async () => {
    const second = {
      level1: null,
      limit: '每月10日前',
      everybody: null,
      group: '√：项目单位',
      channels: '政府网站、精准推送',
    }
    const { rows, faults } = await sheetWith([{}, second], ['B4:B5'])
    expect(faults).toEqual([])
    expect(rows).toMatchObject([
      {
        row: 4,
        content: {
          domain: '社会救助',
          level1: '最低生活保障',
          level2: '事项1',
          channels: ['website', 'reading-place'],
          audience: '全社会',
          mode: 'proactive',
          levels: ['county', 'township'],
          code: 'P21A-7',
        },
      },
      {
        row: 5,
        content: { level1: '最低生活保障', audience: '项目单位', channels: ['website', 'targeted'] },
      },
    ])
  })

  it(`names each of ${faulty.length} deliberate faults by row, column and remedy, and reads on`, async () => {
    const fault40 = faulty.length
    const rows = [...faulty.map(([cells]) => cells), { level2: '事项40' }]
    // Before the first row nothing stands that a blank 一级事项 could repeat
    const { faults, rows: whole } = await sheetWith([
      ...rows.slice(0, -2),
      rows.at(-1) ?? {},
      rows.at(-2) ?? {},
    ])
    const found = faults.map(fault => [fault.row, fault.column, fault.why])
    expect(found).toHaveLength(faulty.length)
    faulty.forEach(([, column, remedy], index) => {
      const row = index + 4 + (index === fault40 - 1 ? 1 : 0)
      expect(found).toContainEqual([row, column, expect.stringContaining(remedy)])
    })
    expect(whole.map(row => row.row)).toEqual([39, 40])
  })

  it('a sheet without the columns it needs says which', async () => {
    const { faults } = readSheets(
      [
        {
          name: '表',
          rows: [
            ['序号', '公开内容', '公开依据'],
            ['1', '甲', '乙'],
          ],
        },
      ],
      known,
    )
    expect(faults.map(fault => fault.column)).toContain('公开时限')
    expect(readSheets([{ name: '表', rows: [['甲', '乙']] }], known).faults[0]?.why).toContain('没有找到表头')
  })

  it(`the same faults are named in the table as CSV, and marked in the workbook that is given back`, async () => {
    const [, ...cases] = faulty.filter(([cells]) => cells.everybody !== null || cells.group !== undefined)
    const rows = [
      ['domain', ...order].map(name => names[name] ?? name),
      ...cases.map(([cells], i) => {
        const row: Cells = {
          ...good,
          domain: '社会救助',
          serial: String(i + 1),
          level2: `事项${i + 1}`,
          ...cells,
        }
        return ['domain', ...order].map(name => row[name] ?? '')
      }),
    ]
    const csv = `${rows.map(row => csvLine(row)).join('')}`
    const inCsv = await sheetsOf('目录.csv', Buffer.from(csv))
    const { faults } = readSheets(inCsv, known)
    expect(faults.length).toBeGreaterThanOrEqual(30)
    for (const [index, [, column, remedy]] of cases.entries())
      if (cases[index]?.[0].level2 !== '事项40')
        expect(faults).toContainEqual(
          expect.objectContaining({ row: index + 2, column, why: expect.stringContaining(remedy) }),
        )
    expect(faults.every(fault => fault.cell === rows[0]?.indexOf(fault.column))).toBe(true)
    const marked = await sheetsOf('错误.xlsx', await workbookOf(inCsv, faults))
    // Uploaded again without correction it has the same faults; the remedies stand behind their rows
    expect(readSheets(marked, known).faults.map(fault => [fault.row, fault.column, fault.why])).toEqual(
      faults.map(fault => [fault.row, fault.column, fault.why]),
    )
    for (const fault of faults) expect(marked[0]?.rows[fault.row - 1]?.at(-1)).toContain(fault.why)
  })

  it('the workbook keeps every cell as text: dates, numbers, leading noughts and what looks like a formula', async () => {
    const cells = ['2026-11-23', '0012', '1/2', '1e5', '=1+1', '+86', '√', '■政府网站']
    const back = await sheetsOf('表.xlsx', await workbookOf([{ name: '表', rows: [cells] }]))
    expect(back[0]?.rows[0]).toEqual(cells)
  })

  it('takes back the table that it writes, the same in every field', async () => {
    const { rows } = await sheetWith([
      {},
      { everybody: null, group: '项目单位', village: '√', limit: '每月公开' },
    ])
    const items = rows.map(row => ({ ...row.content, elements: `${row.content.elements}；\n另起一行的要素` }))
    for (const sheets of [
      await sheetsOf('目录.csv', Buffer.from(sheetOf(items))),
      await sheetsOf('目录.xlsx', await workbookOf([{ name: '公开目录', rows: tableOf(items) }])),
    ]) {
      const back = readSheets(sheets, known)
      expect(back.faults).toEqual([])
      expect(back.rows).toHaveLength(items.length)
      expect(back.rows.every((row, i) => items[i] && sameContent(row.content, items[i]))).toBe(true)
    }
  })
})
