import { describe, expect, it } from 'vitest'
import { readPlan, readPlanDocument } from './read-plan.ts'

describe('a table that came as one cell a line', () => {
  it('finds rows and columns again, missing cells and gaps in the numbering included', () => {
    const { tasks } = readPlan(`2022年任务分解表
工　作　任　务
牵头单位
责 任 单 位
工 作 要 求
一、推进收入公开
1.公开预算

各乡镇人民政府
在网站集中公开。
2.公开收费目录
县财政局
县税务局
各乡镇人民政府，县直各部门
2022年6月底前更新专栏。
7.公开审计结果
县审计局
县直各部门
开设专栏。`)
    expect(
      tasks.map(({ no, heading, lead, responsible, requirement }) => ({
        no,
        heading,
        lead,
        responsible,
        requirement,
      })),
    ).toEqual([
      {
        no: '1',
        heading: ['一、推进收入公开'],
        lead: [],
        responsible: ['各乡镇人民政府'],
        requirement: '在网站集中公开。',
      },
      {
        no: '2',
        heading: ['一、推进收入公开'],
        lead: ['县财政局', '县税务局'],
        responsible: ['各乡镇人民政府', '县直各部门'],
        requirement: '2022年6月底前更新专栏。',
      },
      {
        no: '7',
        heading: ['一、推进收入公开'],
        lead: ['县审计局'],
        responsible: ['县直各部门'],
        requirement: '开设专栏。',
      },
    ])
  })

  it('keeps what is reported apart from what is demanded', () => {
    const { tasks } = readPlan(`2023年重点工作清单落实情况
工作内容

工作要求

责任单位

完成情况

一、优化环境

及时发布惠企政策，推动人找政策向政策找人转变。

县政府办牵头，县直各单位

已开设专栏，发布政策30条。

公开办事程序，提高透明度。

县数据局等县直有关单位

持续推进

二、扩大内需

公开重大项目，每年不少于十个。

县发改委

已完成`)
    expect(
      tasks.map(({ heading, lead, responsible, progress }) => [heading, lead, responsible, progress]),
    ).toEqual([
      [['一、优化环境'], ['县政府办'], ['县直各单位'], '已开设专栏，发布政策30条。'],
      [['一、优化环境'], [], ['县数据局', '县直有关单位'], '持续推进'],
      [['二、扩大内需'], [], ['县发改委'], '已完成'],
    ])
    expect(tasks[2]?.due).toEqual([{ text: '每年', date: null }])
  })

  it('knows numbers in a column without a head, and signs between the cells', () => {
    const { tasks } = readPlan(
      `工作任务\n|\n具体要求\n|\n责任科室\n|\n时限要求\n|\n规范公开\n|\n1\n|\n公布文件目录。\n|\n办公室\n|\n2024年底前\n|\n深化解读\n|\n2\n|\n丰富解读形式。\n|\n各科室\n|\n持续推进\n|`,
    )
    expect(tasks.map(({ no, title, responsible, due }) => [no, title, responsible, due[0]?.date])).toEqual([
      ['1', '规范公开', ['办公室'], '2024-12-31'],
      ['2', '深化解读', ['各科室'], null],
    ])
  })

  it('reads cells that ran together, and is not sure of them', () => {
    const { tasks } = readPlan(
      '序号工作任务责任单位完成时限\n1推进清单公开县委编办2022年6月底前2推进财政公开县财政局、县直各部门持续推进',
    )
    expect(tasks.map(({ title, responsible }) => [title, responsible])).toEqual([
      ['推进清单公开', ['县委编办']],
      ['推进财政公开', ['县财政局', '县直各部门']],
    ])
    expect(tasks[0]?.confidence.responsible).toBeLessThan(0.6)
  })

  it('reads rows divided by tabs, by blanks and by lines', () => {
    for (const sign of ['\t', ' ', ' | ']) {
      const rows = [
        ['序号', '任务', '牵头单位', '配合单位', '完成时限'],
        ['1', '公开规划', '县发改局', '县财政局、县统计局', '2021年6月底前'],
        ['2', '公开监管', '县市场监管局', '县司法局', '持续推进'],
      ]
      const { tasks } = readPlan(rows.map(row => row.join(sign)).join('\n'))
      expect(tasks.map(({ lead, responsible }) => [lead, responsible])).toEqual([
        [['县发改局'], ['县财政局', '县统计局']],
        [['县市场监管局'], ['县司法局']],
      ])
    }
  })
})

describe('a table with cells', () => {
  it('in a page: merged cells, a head of two rows, chapters across, headings above', () => {
    const reading = readPlanDocument({
      form: 'html',
      format: 'html',
      pictures: [],
      title: null,
      doubts: [],
      html: `<html><body><div class="content"><h1>云溪县2023年政务公开工作要点</h1><p>为做好政务公开工作，制定本要点，请认真组织落实。</p>
<table><tr><th rowspan="2">序号</th><th rowspan="2">重点任务</th><th rowspan="2">工作措施</th><th colspan="2">责任单位</th><th rowspan="2">完成时限</th></tr>
<tr><th>牵头单位</th><th>配合单位</th></tr>
<tr><td colspan="6">一、优化环境</td></tr>
<tr><td>1</td><td rowspan="2">推进涉企政策公开</td><td>建立专栏。</td><td rowspan="2">县发改局</td><td>县经信局<br>县商务局</td><td>6月底前</td></tr>
<tr><td>2</td><td>开展政策直播。</td><td>县融媒体中心</td><td>每季度</td></tr></table></div></body></html>`,
    })
    expect(reading.tasks).toMatchObject([
      {
        no: '1',
        heading: ['一、优化环境', '推进涉企政策公开'],
        requirement: '建立专栏。',
        lead: ['县发改局'],
        responsible: ['县经信局', '县商务局'],
        due: [{ text: '6月底前', date: '2023-06-30' }],
      },
      { no: '2', lead: ['县发改局'], responsible: ['县融媒体中心'], due: [{ text: '每季度', date: null }] },
    ])
  })

  it('in a spreadsheet', () => {
    const { tasks, title } = readPlanDocument({
      form: 'sheets',
      format: 'xlsx',
      doubts: [],
      sheets: [
        {
          name: 'Sheet1',
          rows: [
            ['云溪县2025年政务公开任务分解表', '', '', ''],
            ['序号', '工作任务', '责任单位', '完成时限'],
            ['1', '公开预算', '县财政局、县税务局', '2025年3月'],
            ['2', '公开决算', '县财政局', '长期'],
          ],
        },
      ],
    })
    expect(title).toContain('2025年')
    expect(tasks.map(({ responsible, due }) => [responsible, due[0]?.date])).toEqual([
      [['县财政局', '县税务局'], '2025-03-31'],
      [['县财政局'], null],
    ])
  })
})
