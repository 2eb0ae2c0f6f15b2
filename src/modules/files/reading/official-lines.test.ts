import { describe, expect, it } from 'vitest'
import {
  isAddressee,
  isDateLine,
  looksLikeOrgan,
  numberingOf,
  signersOf,
  splitSignedLine,
} from './official-lines.ts'

describe('lines of an official document', () => {
  it('S-GWG-15: knows a date that stands alone', () => {
    for (const line of [
      '2024年3月1日',
      '２０２４年３月１日',
      '2024 年 3 月 1 日',
      '二〇二四年三月一日',
      '二OO六年二月二十日',
      '（2024年3月1日）',
    ]) {
      expect(isDateLine(line), line).toBe(true)
    }
    for (const line of ['2024年3月', '2024年3月1日前', '自2024年3月1日起'])
      expect(isDateLine(line), line).toBe(false)
  })

  it('knows the names of organs from other short lines', () => {
    for (const name of [
      '云溪县人民政府',
      '云溪县人民政府办公室（盖章）',
      '云溪县委',
      '云溪综合实验区管委会',
      '云溪县教育局',
    ]) {
      expect(looksLikeOrgan(name), name).toBe(true)
    }
    for (const line of ['关于印发云溪县人民政府', '各乡镇人民政府', '请县教育局，县财政局', '附件'])
      expect(looksLikeOrgan(line), line).toBe(false)
  })

  it('tells joint signers apart', () => {
    expect(signersOf('云溪县财政局　云溪县教育局')).toEqual(['云溪县财政局', '云溪县教育局'])
    expect(signersOf('国务院 中央军委')).toEqual(['国务院', '中央军委'])
    expect(signersOf('云溪县人民政府 办公室')).toEqual(['云溪县人民政府办公室'])
    expect(signersOf('云 溪 县 财 政 局')).toEqual(['云溪县财政局'])
    expect(splitSignedLine('云溪县财政局 2024年3月1日')).toEqual({
      signer: '云溪县财政局',
      date: '2024年3月1日',
    })
    expect(splitSignedLine('云溪县财政局2024年3月1日印发')).toBeNull()
  })

  it('S-GWG-12: knows an addressee from a sentence that ends with a colon', () => {
    expect(isAddressee('各乡镇人民政府，县直各单位：')).toBe(true)
    expect(isAddressee('县教育局、县财政局：')).toBe(true)
    expect(isAddressee('云溪县教育局：')).toBe(true)
    for (const line of ['现将有关事项通知如下：', '一、各单位：', '责任单位：', '各单位要做到以下几点：'])
      expect(isAddressee(line), line).toBe(false)
  })

  it('S-GWG-13: reads the numbering', () => {
    expect(numberingOf('（十二）内容')).toEqual({ kind: 'bracket', mark: '（十二）' })
    expect(numberingOf('第十条之一　内容')).toEqual({ kind: 'article', mark: '第十条之一' })
    for (const line of ['第三条第二款', '第三条规定的', '第一季度', '一是'])
      expect(numberingOf(line), line).toBeNull()
  })
})
