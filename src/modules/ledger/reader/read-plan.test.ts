import { describe, expect, it } from 'vitest'
import type { PlanReading } from './plan-reading.ts'
import { readPlan } from './read-plan.ts'

const short = ({ tasks }: PlanReading) =>
  tasks.map(({ no, heading, title, lead, responsible, due }) => ({
    no,
    heading,
    title,
    lead,
    responsible,
    due: due.map(({ text, date }) => [text, date]),
  }))
const none = { lead: [], responsible: [], due: [] }

describe('a plan in prose', () => {
  const plan = readPlan(`首页 > 政务公开 > 文件
云溪县人民政府办公室关于印发2024年政务公开工作要点的通知
云政办发〔2024〕8号
各乡镇人民政府，县直各单位：
现将《2024年政务公开工作要点》印发给你们，请认真贯彻落实。
云溪县人民政府办公室
2024年4月2日
（此件公开发布）
2024年政务公开工作要点
一、总体要求
坚持以公开为常态。
二、推进重点领域公开
（一）推进财政信息公开
1.公开预算。2024年3月底前公开本级预算（县财政局牵头落实）
2.公开决算，每季度公布执行情况。（县财政局牵头，会同县审计局落实）
（二）推进教育公开。公开招生办法。
责任单位：县教育和体育局，各乡镇人民政府。
（三）推进监管公开。公布抽查结果。【牵头单位：县市场监督管理局；责任单位：县司法局】公布处罚结果。（各行政执法部门按职责分工分别负责）
三、保障措施
加强领导。
扫一扫在手机打开当前页
主办：云溪县人民政府办公室 网站标识码：1234567890`)

  it('reads the facts of the document', () => {
    expect(plan).toMatchObject({
      title: '云溪县人民政府办公室关于印发2024年政务公开工作要点的通知',
      issuer: '云溪县人民政府办公室',
      docNo: '云政办发〔2024〕8号',
      date: '2024-04-02',
    })
  })

  it('gives the smallest items that carry their own assignment, and each bracketed part', () => {
    const chapter = '二、推进重点领域公开'
    expect(short(plan)).toEqual([
      {
        no: '1',
        heading: [chapter, '（一）推进财政信息公开'],
        title: '公开预算',
        lead: ['县财政局'],
        responsible: [],
        due: [['2024年3月底前', '2024-03-31']],
      },
      {
        no: '2',
        heading: [chapter, '（一）推进财政信息公开'],
        title: '公开决算，每季度公布执行情况',
        lead: ['县财政局'],
        responsible: ['县审计局'],
        due: [['每季度', null]],
      },
      {
        ...none,
        no: '（二）',
        heading: [chapter],
        title: '推进教育公开',
        responsible: ['县教育和体育局', '各乡镇人民政府'],
      },
      {
        ...none,
        no: '（三）',
        heading: [chapter],
        title: '推进监管公开',
        lead: ['县市场监督管理局'],
        responsible: ['县司法局'],
      },
      { ...none, no: '（三）', heading: [chapter], title: '公布处罚结果', responsible: ['各行政执法部门'] },
    ])
  })

  it('points at the place of each task', () => {
    for (const { source, title } of plan.tasks)
      expect(plan.text.slice(source.start, source.end)).toContain(title)
    expect(plan.tasks.at(-1)?.text).toBe('公布处罚结果。')
  })
})

describe('a plan without assignments', () => {
  const plan = readPlan(`云溪县2023年政务公开工作要点
一、总体要求
（一）指导思想。坚持公开为常态。
二、推进公开
（一）公开决策。重大决策由起草部门负责解释，年内完成目录（以下简称《目录》）。
（二）公开执行。
三、强化保障。各单位要加强领导。`)

  it('gives the smallest items, and invents no units', () => {
    expect(short(plan)).toEqual([
      { ...none, no: '（一）', heading: ['二、推进公开'], title: '公开决策', due: [['年内', '2023-12-31']] },
      { ...none, no: '（二）', heading: ['二、推进公开'], title: '公开执行' },
      { ...none, no: '三', heading: [], title: '强化保障' },
    ])
    expect(plan.doubts.join()).toContain('单位留空')
  })
})

describe('what is no plan', () => {
  it('finds no task in a report of results', () => {
    const report = readPlan(`云溪县2022年政务公开工作总结
一、主要做法
（一）主动公开。全年共公开信息3210条，其中网站公开2800条。
（二）依申请公开。共受理申请12件，已全部答复。
二、下一步打算
（一）进一步加强组织领导，健全工作机制。`)
    expect(report.tasks).toEqual([])
    expect(report.doubts.join()).toContain('已经做了什么')
  })

  it('finds no task in lists of names, attachments and contact data', () => {
    const { tasks } = readPlan(`云溪县关于报送名单的通知
一、请各单位及时报送名单。
附件：1.单位名单
2.联系方式
云溪县人民政府办公室
2024年3月1日
附件1
单位名单
一、县直单位
县财政局 县民政局
二、乡镇
东溪镇人民政府 西溪乡人民政府`)
    expect(tasks.map(({ title }) => title)).toEqual(['请各单位及时报送名单'])
  })
})

describe('habits of single documents', () => {
  it('reads labels on lines of their own, the leader left out', () => {
    const { tasks } = readPlan(`2020年重点工作分工
1、打好脱贫攻坚战。
牵头领导：张某
牵头单位：县乡村振兴局
责任单位：县财政局、县住房和城乡
建设局、县水利局
完成时限：6月底`)
    expect(tasks[0]).toMatchObject({
      lead: ['县乡村振兴局'],
      responsible: ['县财政局', '县住房和城乡建设局', '县水利局'],
      due: [{ text: '6月底', date: '2020-06-30' }],
      text: '打好脱贫攻坚战。',
    })
  })

  it('takes the first of a list as the lead where the document says so', () => {
    const { tasks } = readPlan(`责任分解中，列第一位的责任单位为牵头单位。
1.推进统计公开。（责任单位：县统计局、县发改局）`)
    expect(tasks[0]).toMatchObject({ lead: ['县统计局'], responsible: ['县发改局'] })
  })

  it('gives a chapter to one task when only the chapter is assigned', () => {
    const { tasks } = readPlan(`一、工业类（牵头单位：县工信局）
1.支持中小企业
2.推动技改
二、农业类（牵头单位：县农业农村局）
1.发展种业`)
    expect(tasks.map(({ no, lead }) => [no, ...lead])).toEqual([
      ['一', '县工信局'],
      ['二', '县农业农村局'],
    ])
  })

  it('finds items that ran together on one line', () => {
    const { tasks } = readPlan(
      '关于支持发展的意见。1.给予补助，每户不超过10万元。责任单位：县财政局。2.增加指标。责任单位：县发改局、县工信局。',
    )
    expect(tasks.map(({ responsible }) => responsible)).toEqual([['县财政局'], ['县发改局', '县工信局']])
  })

  it('reads an assignment in a sentence, less surely', () => {
    const [task] = readPlan(
      '一、稳定就业。由县人力资源和社会保障局牵头，县总工会、县妇联配合，每月更新岗位。',
    ).tasks
    expect(task).toMatchObject({ lead: ['县人力资源和社会保障局'], responsible: ['县总工会', '县妇联'] })
    expect(task?.confidence.lead).toBeLessThan(0.8)
  })

  it('reads a bracket that was never closed, and one that ran over the margin', () => {
    const { tasks } = readPlan(`1.做好公示。(县政务服务局牵头,各审批单位落实
2.做好公开。（县住房和城
乡建设局牵头，县水利局按职
责分工负责）`)
    expect(tasks.map(({ lead, responsible }) => [...lead, ...responsible])).toEqual([
      ['县政务服务局', '各审批单位'],
      ['县住房和城乡建设局', '县水利局'],
    ])
    expect(tasks[0]?.doubts.map(({ why }) => why)).toContain('括号没有印全')
  })
})
