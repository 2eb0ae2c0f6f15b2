import { describe, expect, it } from 'vitest'
import { recogniseDocument } from './recognise.ts'
import type { Recognised, RecognisedField } from './recognised.ts'

const first = (found: Recognised[]): Recognised => {
  const [one] = found
  if (!one) throw new Error('nothing recognised')
  return one
}
const text = (content: string) =>
  first(recogniseDocument('甲.txt', { form: 'text', format: 'text', text: content, doubts: [] }))
const page = (html: string) =>
  first(
    recogniseDocument('甲.html', {
      form: 'html',
      format: 'html',
      html,
      pictures: [],
      title: null,
      doubts: [],
    }),
  )
const sheets = (rows: string[][], name = '目录') =>
  recogniseDocument('清单.xlsx', { form: 'sheets', format: 'xlsx', sheets: [{ name, rows }], doubts: [] })
const whys = (found: Recognised, field: RecognisedField) =>
  found.doubts
    .filter(one => one.field === field)
    .map(one => one.why)
    .join('\n')

const NOTICE = '云溪县教育局关于加强校车管理的通知\n云教〔2024〕9号\n各学校：\n请认真执行。\n'
const SIGNED = '云溪县教育局\n2024年3月1日\n'

describe('attachments', () => {
  it.each([
    ['one', '附件：校车线路表', ['校车线路表']],
    [
      'several below each other',
      '附件：1.校车线路表\n2.校车驾驶人名单\n3.联系表',
      ['校车线路表', '校车驾驶人名单', '联系表'],
    ],
    ['several on one line', '附件：1. 校车线路表 2. 校车驾驶人名单', ['校车线路表', '校车驾驶人名单']],
    ['each with its word', '附件1：校车线路表\n附件2：校车驾驶人名单', ['校车线路表', '校车驾驶人名单']],
    ['the word alone above', '附件：\n1.校车线路表\n2.校车驾驶人名单', ['校车线路表', '校车驾驶人名单']],
    [
      'a name that runs on',
      '附件：1.云溪县中小学幼儿园校车安全管理工作职责分\n工表\n2.校车驾驶人名单',
      ['云溪县中小学幼儿园校车安全管理工作职责分工表', '校车驾驶人名单'],
    ],
    ['none', '', []],
  ])('S-GWG-14: %s', (_, lines, names) => {
    const found = text(`${NOTICE}${lines}\n${SIGNED}`)
    expect(found.attachments).toEqual(names.map(name => ({ name, href: null })))
  })

  it('S-GWG-17: what is printed below stays text', () => {
    const found = text(`${NOTICE}附件：校车线路表\n${SIGNED}附件\n校车线路表\n一号线从东门到西门。`)
    expect(found.attachments).toEqual([{ name: '校车线路表', href: null }])
    expect(found.bodyText).toContain('一号线从东门到西门。')
  })

  const linked = (base: string, links: string) =>
    page(
      `<!DOCTYPE html>${base}<html><body><h1>云溪县教育局关于加强校车管理的通知</h1><div id="zoom"><p>各学校：</p><p>现将校车管理有关事项通知如下，请认真执行。</p><p>附件：1.校车线路表</p>${links}<p>云溪县教育局</p><p>2024年3月1日</p></div></body></html>`,
    )

  it('takes the files that the page offers, one with the name in the text', () => {
    const found = linked(
      '<!-- saved from url=(0040)http://www.yunxi.gov.cn/zwgk/2024/t1.htm -->',
      '<p><a href="./W020240301.xlsx">附件1：校车线路表.xlsx</a> <a href="/files/b.pdf">驾驶人名单</a> <a href="https://www.gov.cn/x.htm">另一页</a></p>',
    )
    expect(found.attachments).toEqual([
      { name: '校车线路表', href: 'http://www.yunxi.gov.cn/zwgk/2024/W020240301.xlsx' },
      { name: '驾驶人名单', href: 'http://www.yunxi.gov.cn/files/b.pdf' },
    ])
  })

  it('leaves a relative address as printed where the page tells none of its own', () => {
    const found = linked('', '<p><a href="files/线路表.doc">校车线路表</a></p>')
    expect(found.attachments).toEqual([{ name: '校车线路表', href: 'files/线路表.doc' }])
  })
})

describe('a list of documents in a spreadsheet', () => {
  const header = [
    '序号',
    '文件名称',
    '发文字号',
    '发文机关',
    '成文日期',
    '发布日期',
    '施行日期',
    '有效期至',
    '是否有效',
    '备注',
    '链接',
  ]
  const rows = [
    ['云溪县行政规范性文件目录', '', '', '', '', '', '', '', '', '', ''],
    header,
    [
      '1',
      '云溪县停车办法',
      '云政规[2022]3号',
      '云溪县人民政府',
      '2022-05-06',
      '2022年5月9日',
      '2022-06-01',
      '5年',
      '是',
      '',
      'http://www.yunxi.gov.cn/a/t3.htm',
    ],
    [
      '2',
      '关于校车的通知',
      '云教〔2O21〕9号',
      '云溪县教育局、云溪县公安局',
      '2021.3.1',
      '',
      '',
      '2026-12-31',
      '废止',
      '被云政规〔2024〕5号废止',
      '附件/校车.pdf',
    ],
    ['3', '关于公园的通知', '', '', '2021-02-30', '', '', '长期', '', '', ''],
    ['', '', '', '', '', '', '', '', '', '', ''],
  ]

  it('gives one document of each row, and names sheet and row', () => {
    const found = sheets(rows)
    expect(found.map(one => one.file)).toEqual([
      '清单.xlsx · 目录 第 3 行',
      '清单.xlsx · 目录 第 4 行',
      '清单.xlsx · 目录 第 5 行',
    ])
    expect(found[0]).toMatchObject({
      title: '云溪县停车办法',
      docNo: '云政规〔2022〕3号',
      docNoPrinted: '云政规[2022]3号',
      issuers: ['云溪县人民政府'],
      signedOn: '2022-05-06',
      publishedOn: '2022-05-09',
      effectiveFrom: '2022-06-01',
      validUntil: '2027-05-31',
      sourceUrl: 'http://www.yunxi.gov.cn/a/t3.htm',
      bodyText: '',
    })
    expect(found[1]).toMatchObject({
      docNo: '云教〔2021〕9号',
      issuers: ['云溪县教育局', '云溪县公安局'],
      signedOn: '2021-03-01',
      validUntil: '2026-12-31',
      attachments: [{ name: '校车.pdf', href: '附件/校车.pdf' }],
    })
  })

  it('every odd cell is a doubt with its row and column; a stated end is never stored', () => {
    const [, repealed, odd] = sheets(rows)
    if (!repealed || !odd) throw new Error('rows are missing')
    expect(whys(repealed, 'docNo')).toContain('第 4 行“发文字号”')
    expect(whys(repealed, 'validUntil')).toMatch(/第 4 行“是否有效”：写着“废止”[\s\S]*第 4 行“备注”/)
    expect(whys(odd, 'signedOn')).toContain('第 5 行“成文日期”')
    expect(whys(odd, 'validUntil')).toContain('“长期”不是日期')
    for (const field of ['docNo', 'issuer', 'publishedOn'] as const)
      expect(whys(odd, field)).toContain('第 5 行没有写')
    expect(odd).toMatchObject({ docNo: null, issuer: null, signedOn: null, validUntil: null })
  })

  it('any other sheet is one document with its tables', () => {
    const found = sheets([
      ['云溪县2024年校车线路表', '', ''],
      ['线路', '起点', '终点'],
      ['一号线', '东门', '西门'],
    ])
    expect(found).toHaveLength(1)
    expect(found[0]?.title).toBe('云溪县2024年校车线路表')
    expect(found[0]?.bodyHtml).toContain('<td>西门</td>')
  })

  it('a workbook without a word is a document without text', () => {
    expect(sheets([])[0]?.bodyText).toBe('')
  })
})

describe('wrong input', () => {
  it.each([
    ['one line', '通知'],
    [
      'english',
      'Notice on School Buses\nThe buses shall run every day from Monday to Friday.\nYunxi County, 1 March 2024',
    ],
    [
      'traditional characters',
      '雲溪縣教育局關於加強校車管理的通知\n各學校：\n請認真執行。\n雲溪縣教育局\n2024年3月1日',
    ],
    [
      'a news article',
      '县领导调研校车工作\n3月1日上午，县领导来到云溪县第一中学，实地察看了校车运行情况，并同师生亲切交谈。\n他强调，要废止不合理的规定，切实方便群众出行。（记者 某某）',
    ],
    ['only a table', '|线路|起点|\n|一号线|东门|'],
    ['only signs', '。。。\n——\n《》〔〕（）'],
    [
      'only navigation',
      '网站首页 走进云溪 政务动态 信息公开 政民互动\n当前位置：首页 > 信息公开\n版权所有：云溪县人民政府\n网站标识码 9900010001',
    ],
  ])('%s: states nothing, and says so', (_, content) => {
    const found = text(content)
    expect(found.docNo).toBeNull()
    expect(found.repeals).toEqual([])
    expect(found.amends).toEqual([])
    expect(whys(found, 'docNo')).not.toBe('')
    if (found.title === null) expect(whys(found, 'title')).not.toBe('')
  })

  it('traditional characters: the day still stands', () => {
    expect(
      text('雲溪縣教育局關於加強校車管理的通知\n各學校：\n請認真執行。\n雲溪縣教育局\n2024年3月1日').signedOn,
    ).toBe('2024-03-01')
  })

  it('a page with broken tags is still read', () => {
    const found = page(
      '<html><body><div><h1>云溪县教育局关于校车的通知<div id=zoom><p>各学校：<p>现将校车管理有关事项通知如下，决定废止《校车办法》（云教〔2020〕1号）。<p>云溪县教育局<p>2024年3月1日</span></td></div>',
    )
    expect(found.signedOn).toBe('2024-03-01')
    expect(found.repeals).toEqual([{ docNo: '云教〔2020〕1号', title: '校车办法', from: '2024-03-01' }])
  })

  it('the validity that the old site states is a doubt, never a fact', () => {
    const found = text(`索引号：9900/2024-1 发文机关：云溪县教育局 有效性：废止\n${NOTICE}${SIGNED}`)
    expect(whys(found, 'validUntil')).toContain('“废止”')
    expect(found.validUntil).toBeNull()
  })

  it('R-NOR-11: on trial without a term is asked about, not reckoned', () => {
    const found = text(
      `云溪县停车办法（试行）\n云政规〔2024〕9号\n第一条　为了加强管理，制定本办法。\n第二条　本办法自2024年4月1日起施行。`,
    )
    expect(found).toMatchObject({ effectiveFrom: '2024-04-01', validUntil: null })
    expect(whys(found, 'validUntil')).toContain('试行')
  })

  it.each([
    '《',
    '》',
    '《〈',
    '1',
    '（',
    '〔',
    '“',
    '云政〔2010〕3号、',
    '《甲的通知》（云政〔2010〕3号）同时废止；',
    '自2024年1月1日起',
    '标题\n',
    '1\n关于甲的通知\n云政〔2010〕3号\n',
    '云溪县财政局\n',
  ])('takes time in step with length: %j', sign => {
    // Not by the clock, which says little on a busy machine: a square would not come to its end in a minute.
    const found = text(`${NOTICE}决定废止以下文件：\n${sign.repeat(Math.ceil(60_000 / sign.length))}`)
    expect(found.docNo).toBe('云教〔2024〕9号')
  })

  it('ten megabytes on one line', () => {
    expect(text(`${NOTICE}${'校车'.repeat(5_000_000)}`).docNo).toBe('云教〔2024〕9号')
  })
})
