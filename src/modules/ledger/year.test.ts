import { describe, expect, it } from 'vitest'
import { yearOf } from './year.ts'

const silent = { docNo: null, date: null }

describe('the year of a plan', () => {
  it.each([
    ['关于印发2026年冬季政务公开重点任务的通知', 2026],
    ['2023年度政务公开重点工作清单', 2023],
    ['二〇一六年政务公开工作要点', 2016],
    ['二○二五年工作要点', 2025],
    ['2021 年工作要点', 2021],
  ])('is that of its title: %s', (title, year) => {
    expect(yearOf(title, { docNo: '云政办发〔2019〕3号', date: '2018-01-05' })).toBe(year)
  })

  it('of a title without one is that of its number, else of its day', () => {
    expect(yearOf('政务公开任务分解表', { docNo: '云政办发〔2025〕3号', date: '2024-12-30' })).toBe(2025)
    expect(yearOf('政务公开任务分解表', { docNo: null, date: '2024-12-30' })).toBe(2024)
  })

  it.each(['任务分解表', '12026年的任务', '一二年级的任务', '1066年的任务'])('is not invented: %s', title => {
    expect(yearOf(title, silent)).toBeNull()
  })
})
