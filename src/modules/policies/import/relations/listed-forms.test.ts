import { describe, expect, it } from 'vitest'
import { recogniseDocument } from '../recognise.ts'
import type { Recognised } from '../recognised.ts'

const TITLE = '云溪县人民政府关于公布规范性文件清理结果的决定'
const HEAD = `${TITLE}\n云政规〔2024〕5号\n各单位：\n经清理，县政府决定：\n`
const FOOT = '云溪县人民政府\n2024年3月1日\n'

function ofText(text: string): Recognised {
  const [found] = recogniseDocument('清理.txt', { form: 'text', format: 'text', text, doubts: [] })
  if (!found) throw new Error('nothing recognised')
  return found
}

function ofHtml(table: string): Recognised {
  const html = `<html><body><h1>${TITLE}</h1><p>云政规〔2024〕5号</p><p>各单位：</p><p>经清理，现将结果公布如下：</p><p style="text-align:right">云溪县人民政府</p><p style="text-align:right">2024年3月1日</p>${table}</body></html>`
  const [found] = recogniseDocument('清理.html', {
    form: 'html',
    format: 'html',
    html,
    pictures: [],
    title: null,
    doubts: [],
  })
  if (!found) throw new Error('nothing recognised')
  return found
}

const inWords = (found: Pick<Recognised, 'repeals'>) =>
  found.repeals.map(({ docNo, title }) => `${title ?? '—'}｜${docNo ?? '—'}`)

const LISTED = `${HEAD}${FOOT}附件1：云溪县决定废止的规范性文件目录（2件）\n`
const COLLECTED = ['关于印发甲乙办法的通知｜云政〔2010〕3号', '关于加强收费管理工作的通知｜云政办〔2011〕4号']

const flattened: [what: string, rows: string, repeals?: string[], cites?: string[]][] = [
  [
    'remarks with numbers, days and a second line',
    '序号 文件名称 发布机关及文号 说明\n1 关于印发甲乙办法的通知 云政〔2010〕3号 1、制定依据发生了重大变化。（2008年3月新的《停车条例》正式实施）\n2、根据现行规划，已制定了新的政策。\n2 关于加强收费管理工作的通知 云政办〔2011〕4号 适用期已过',
  ],
  [
    'replaced by another',
    '序号 文件名称 文号 备注\n1 关于印发甲乙办法的通知 云政〔2010〕3号 已被云政规〔2019〕9号代替\n2 关于加强收费管理工作的通知 云政办〔2011〕4号 与《停车条例》不一致',
    COLLECTED,
    ['云政规〔2019〕9号'],
  ],
  [
    'number first',
    '序号 文号 文件名称 备注\n1 云政〔2010〕3号 关于印发甲乙办法的通知 任务已完成\n2 云政办〔2011〕4号 关于加强收费管理工作的通知 适用期已过',
  ],
  [
    'without row numbers',
    '文件名称 文号 废止理由\n关于印发甲乙办法的通知 云政〔2010〕3号 任务已完成\n关于加强收费管理工作的通知 云政办〔2011〕4号 已有新的规定',
  ],
  [
    'broken over two lines',
    '序号 文件名称 文号 说明\n1 关于印发甲乙办法\n的通知 云政〔2010〕3号 与上位法\n不一致\n2 关于加强收费管理工作的通知 云政办\n〔2011〕4号 适用期已过',
  ],
  [
    'the remark before the title',
    '序号 废止理由 文件名称 文号\n1 任务已完成 关于印发甲乙办法的通知 云政〔2010〕3号\n2 适用期已过 关于加强收费管理工作的通知 云政办〔2011〕4号',
  ],
  [
    'tabs',
    '序号\t文件名称\t文号\n1\t关于印发甲乙办法的通知\t云政〔2010〕3号\n2\t关于加强收费管理工作的通知\t云政办〔2011〕4号',
  ],
  [
    'full-width blanks',
    '序号　文件名称　　文号\n1　关于印发甲乙办法的通知　云政〔2010〕3号\n2　关于加强收费管理工作的通知　　云政办〔2011〕4号',
  ],
  [
    'organ and day in columns of their own',
    '序号 制定机关 文件名称 文号 成文日期\n1 云溪县人民政府 关于印发甲乙办法的通知 云政〔2010〕3号 2010年3月1日\n2 云溪县人民政府办公室 关于加强收费管理工作的通知 云政办〔2011〕4号 2011年5月6日',
  ],
  [
    'organ between title and number',
    '序号 文件名称 发布机关 文号\n1 关于印发甲乙办法的通知 县政府办公室 云政〔2010〕3号\n2 关于加强收费管理工作的通知 县政府办公室 云政办〔2011〕4号',
  ],
  ['no header', '1 关于印发甲乙办法的通知 云政〔2010〕3号\n2 关于加强收费管理工作的通知 云政办〔2011〕4号'],
  [
    'no header, points behind the numbers',
    '1. 关于印发甲乙办法的通知 云政〔2010〕3号 适用期已过\n2. 关于加强收费管理工作的通知 云政办〔2011〕4号 任务已完成',
  ],
  [
    'everything run together',
    '序号文件名称发文字号\n1关于印发甲乙办法的通知云政〔2010〕3号\n2关于加强收费管理工作的通知云政办〔2011〕4号',
  ],
  [
    'one cell a line with remarks',
    '序号\n文件名称\n文号\n废止理由\n1\n关于印发甲乙办法的通知\n云政〔2010〕3号\n已被《云溪县停车办法》（云政规〔2019〕9号）代替\n2\n关于加强收费管理\n工作的通知\n云政办〔2011〕4号\n适用期已过',
    COLLECTED,
    ['云政规〔2019〕9号'],
  ],
  [
    'one cell a line with remarks, no header',
    '1\n关于印发甲乙办法的通知\n云政〔2010〕3号\n已被云政规〔2019〕9号代替\n2\n关于加强收费管理工作的通知\n云政办〔2011〕4号\n适用期已过',
    COLLECTED,
    ['云政规〔2019〕9号'],
  ],
  [
    'no numbers of documents',
    '序号 文件名称 发布日期 说明\n1 关于印发甲乙办法的通知 2003年5月1日 适用期已过\n2 关于加强收费管理工作的通知 2004年6月1日 任务已完成',
    ['关于印发甲乙办法的通知｜—', '关于加强收费管理工作的通知｜—'],
  ],
  [
    'orders beside notices',
    '序号 文件名称 文号\n1 云溪县甲乙办法 云溪县人民政府令第12号\n2 关于加强收费管理工作的通知 云政办〔2011〕4号',
    ['云溪县甲乙办法｜云溪县人民政府令第12号', '关于加强收费管理工作的通知｜云政办〔2011〕4号'],
  ],
  [
    'two numbers in a cell',
    '序号 文件名称 文号\n1 关于印发甲乙办法的通知 云政〔2010〕3号、5号\n2 关于加强收费管理工作的通知 云政办〔2011〕4号',
    [
      '关于印发甲乙办法的通知｜云政〔2010〕3号',
      '关于印发甲乙办法的通知｜云政〔2010〕5号',
      '关于加强收费管理工作的通知｜云政办〔2011〕4号',
    ],
  ],
  [
    'header and page numbers again on the next page',
    '序号 文件名称 文号\n1 关于印发甲乙办法的通知 云政〔2010〕3号\n— 3 —\n序号 文件名称 文号\n2 关于加强收费管理工作的通知 云政办〔2011〕4号',
  ],
  [
    'a printed table whose row goes on over the page',
    '|序号|文件名称|文号|备注|\n|---|---|---|---|\n|1|关于印发甲乙办法的通知|云政〔2010〕3号|适用期已过|\n|2|关于加强收费|云政办〔2011〕4号|与《停车条例》不一致|\n||管理工作的通知|||',
  ],
  [
    'two lists beside each other',
    '|序号|文件名称|文号|序号|文件名称|文号|\n|1|关于印发甲乙办法的通知|云政〔2010〕3号|2|关于加强收费管理工作的通知|云政办〔2011〕4号|\n|3|关于丙丁事项的通知|云政办〔2012〕7号||||',
    [...COLLECTED, '关于丙丁事项的通知｜云政办〔2012〕7号'],
  ],
  [
    'a sentence below ends the list',
    '序号 文件名称 文号\n1 关于印发甲乙办法的通知 云政〔2010〕3号\n2 关于加强收费管理工作的通知 云政办〔2011〕4号\n上述文件自本决定公布之日起停止执行。\n各单位要按照《停车条例》（闽政〔2020〕8号）做好衔接。',
    COLLECTED,
    ['闽政〔2020〕8号'],
  ],
]

describe('relations: lists that lost their rules', () => {
  it.each(flattened)('%s', (_, rows, repeals = COLLECTED, cites = []) => {
    const found = ofText(`${LISTED}${rows}\n`)
    expect(inWords(found)).toEqual(repeals)
    expect(found.amends).toEqual([])
    expect(found.cites).toEqual(cites)
    expect(new Set(found.repeals.map(one => one.from))).toEqual(new Set(['2024-03-01']))
  })

  it('two attachments: each heading decides for its own rows', () => {
    const found = ofText(
      `${LISTED}序号 文件名称 文号 说明\n1 关于印发甲乙办法的通知 云政〔2010〕3号 适用期已过\n附件2：云溪县继续有效的规范性文件目录（1件）\n序号 文件名称 文号 说明\n1 关于丙丁事项的通知 云政办〔2012〕7号 2015年修订\n附件3：云溪县修改的规范性文件目录\n1 关于戊己事项的通知 云政办〔2013〕8号 修改第三条\n2 关于庚辛事项的通知 云政办〔2013〕9号 修改第五条`,
    )
    expect(inWords(found)).toEqual(['关于印发甲乙办法的通知｜云政〔2010〕3号'])
    expect(found.amends.map(one => one.docNo)).toEqual(['云政办〔2013〕8号', '云政办〔2013〕9号'])
    expect(found.cites).toEqual(['云政办〔2012〕7号'])
  })

  it('sections inside one table', () => {
    const found = ofText(
      `${HEAD}${FOOT}附件\n序号 文件名称 文号\n一、废止的文件（1件）\n1 关于印发甲乙办法的通知 云政〔2010〕3号\n二、继续有效的文件（1件）\n1 关于加强收费管理工作的通知 云政办〔2011〕4号`,
    )
    expect(inWords(found)).toEqual(['关于印发甲乙办法的通知｜云政〔2010〕3号'])
    expect(found.cites).toEqual(['云政办〔2011〕4号'])
  })

  it('a verdict on every row', () => {
    const found = ofText(
      `${HEAD}${FOOT}附件\n规范性文件清理结果目录\n序号 文件名称 文号 清理结果\n1 关于印发甲乙办法的通知 云政〔2010〕3号 废止\n2 关于加强收费管理工作的通知 云政办〔2011〕4号 继续有效\n3 关于丙丁事项的通知 云政办〔2012〕7号 宣布失效`,
    )
    expect(inWords(found)).toEqual([
      '关于印发甲乙办法的通知｜云政〔2010〕3号',
      '关于丙丁事项的通知｜云政办〔2012〕7号',
    ])
    expect(found.cites).toEqual(['云政办〔2011〕4号'])
  })

  it('what is no title is a doubt, never an effect', () => {
    const found = ofText(
      `${LISTED}序号 文件名称 文号 说明\n1 详见县政府网站公布的有关材料。\n2 关于加强收费管理工作的通知 云政办〔2011〕4号 适用期已过`,
    )
    expect(inWords(found)).toEqual(['关于加强收费管理工作的通知｜云政办〔2011〕4号'])
    expect(found.doubts.map(one => one.why).join()).toContain('没有读懂')
  })
})

describe('relations: what a list does', () => {
  it('parts of a list keep its heading; the rest of the text does not', () => {
    const found = ofText(
      `${HEAD}一、废止下列文件\n序号 文件名称 文号\n1 关于印发甲乙办法的通知 云政〔2010〕3号\n二、宣布失效的文件\n（一）县政府办公室文件（1件）\n1.关于加强收费管理工作的通知（云政办〔2011〕4号）\n三、工作要求\n各单位要按照《停车条例》（闽政〔2020〕8号）做好衔接。\n${FOOT}`,
    )
    expect(inWords(found)).toEqual(COLLECTED)
    expect(found.cites).toEqual(['闽政〔2020〕8号'])
  })

  it('articles that end leave the rest of a document in force', () => {
    const found = ofText(
      `${HEAD}${FOOT}附件1\n全文废止的规范性文件目录\n|序号|标题|文号|\n|1|关于印发甲乙办法的通知|云政〔2010〕3号|\n附件2\n部分条款废止的规范性文件目录\n|序号|标题|文号|废止条款|\n|1|关于加强收费管理工作的通知|云政办〔2011〕4号|第二条、第五条|`,
    )
    expect(inWords(found)).toEqual(['关于印发甲乙办法的通知｜云政〔2010〕3号'])
    expect(found.amends).toEqual([
      {
        docNo: '云政办〔2011〕4号',
        title: '关于加强收费管理工作的通知',
        from: '2024-03-01',
        type: 'partly-repeals',
        part: '第二条、第五条',
      },
    ])
  })

  it('no local organ repeals what the State Council laid down', () => {
    const found = ofText(
      `${HEAD}${FOOT}附件\n宣布失效的国务院文件目录\n序号 文件名称 文号\n1 国务院关于甲乙事项的通知 国发〔1990〕3号`,
    )
    expect(found.repeals).toEqual([])
    expect(found.cites).toEqual(['国发〔1990〕3号'])
    expect(found.doubts.map(one => one.why).join()).toContain('不能废止')
  })

  it('later changes of an order are not repealed beside it', () => {
    const found = ofText(
      `${HEAD}决定废止下列规章：\n一、《云溪县暂住人口规定》（2001年县政府令第40号公布，2006年县政府令第71号修改）；\n${FOOT}`,
    )
    expect(inWords(found)).toEqual(['云溪县暂住人口规定｜县政府令第40号'])
    expect(found.cites).toEqual(['县政府令第71号'])
  })

  it('what is only suspended is not repealed', () => {
    const found = ofText(
      '云溪县人民政府办公室关于暂停执行《云溪县人才细则》的通知\n云政办〔2020〕45号\n各单位：\n自2020年8月1日起暂停执行《云溪县人才细则》（云政办〔2018〕12号）。\n云溪县人民政府办公室\n2020年7月30日',
    )
    expect([found.repeals, found.cites]).toEqual([[], ['云政办〔2018〕12号']])
    expect(found.doubts.map(one => one.why).join()).toContain('暂停')
  })

  it('since when stays open where the document takes effect some days later', () => {
    const found = ofText(
      `${HEAD}本决定自印发之日起30日后施行。《云溪县停车办法》（云政〔2010〕3号）同时废止。\n${FOOT}`,
    )
    expect(found.repeals).toEqual([{ docNo: '云政〔2010〕3号', title: '云溪县停车办法', from: null }])
  })
})

describe('relations: HTML tables', () => {
  it('cells that span rows and columns', () => {
    const found = ofHtml(
      '<table><tr><td colspan="4">规范性文件清理结果目录</td></tr><tr><td>序号</td><td>文件名称</td><td>文号</td><td>清理结果</td></tr><tr><td>1</td><td>关于印发甲乙办法的通知</td><td>云政〔2010〕3号</td><td rowspan="2">废止</td></tr><tr><td>2</td><td>关于加强收费管理工作的通知</td><td>云政办〔2011〕4号</td></tr><tr><td>3</td><td>关于丙丁事项的通知</td><td>云政办〔2012〕7号</td><td>继续有效</td></tr></table>',
    )
    expect(inWords(found)).toEqual(COLLECTED)
    expect(found.cites).toEqual(['云政办〔2012〕7号'])
  })

  it('a caption row that says it for all below', () => {
    const found = ofHtml(
      '<table><tr><td colspan="3">一、继续有效的规范性文件</td></tr><tr><td>序号</td><td>文件名称</td><td>文号</td></tr><tr><td>1</td><td>关于丙丁事项的通知</td><td>云政办〔2012〕7号</td></tr><tr><td colspan="3">二、废止的规范性文件</td></tr><tr><td>1</td><td>关于印发甲乙办法的通知</td><td>云政〔2010〕3号</td></tr></table>',
    )
    expect(inWords(found)).toEqual(['关于印发甲乙办法的通知｜云政〔2010〕3号'])
  })

  it('a remark that names another document is not what is repealed', () => {
    const found = ofHtml(
      '<p>附件</p><p>废止的规范性文件目录</p><table><tr><td>序号</td><td>废止理由</td><td>文件名称</td><td>文号</td></tr><tr><td>1</td><td>已被《云溪县停车办法》（云政规〔2019〕9号）代替</td><td>关于印发甲乙办法的通知</td><td>云政〔2010〕3号</td></tr></table>',
    )
    expect(inWords(found)).toEqual(['关于印发甲乙办法的通知｜云政〔2010〕3号'])
    expect(found.cites).toEqual(['云政规〔2019〕9号'])
  })
})
