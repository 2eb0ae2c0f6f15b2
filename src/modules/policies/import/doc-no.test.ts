import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docNosIn, normaliseDocNo, readDocNo, resemblesDocNo } from './doc-no.ts'

describe('doc-no', () => {
  it.each([
    '云政办〔2024〕3号',
    '云政办[2024]3号',
    '云政办【2024】3号',
    '云政办（2024）3号',
    '云政办(2024)3号',
    '云政办［２０２４］３号',
    ' 云政办 〔 2024 〕 3 号 ',
  ])('S-GWG-22: accepts %s', printed => {
    expect(readDocNo(printed)).toEqual({
      value: { docNo: '云政办〔2024〕3号', code: '云政办', year: 2024, no: 3 },
      why: null,
    })
  })

  it('S-GWG-22: keeps brackets that belong to the code', () => {
    expect(normaliseDocNo('云(溪)综实管〔2010〕2号')?.docNo).toBe('云（溪）综实管〔2010〕2号')
  })

  it.each([
    ['云政办〔2O24〕3号', '云政办〔2024〕3号'],
    ['云政办［２０２4］l2号', '云政办〔2024〕12号'],
    ['云政办〔2〇24〕1O号', '云政办〔2024〕10号'],
    ['云政办2024〕3号', '云政办〔2024〕3号'],
    ['云政办〔2024 3号', '云政办〔2024〕3号'],
    ['云政办〔2024〔3号', '云政办〔2024〕3号'],
  ])('S-GWG-22: %s is mended where it is certain, and says so', (printed, docNo) => {
    const { value, why } = readDocNo(printed)
    expect(value?.docNo).toBe(docNo)
    expect(why).toContain(printed)
  })

  it.each([
    ['根据中办发〔2016〕8号、云办发〔2016〕41号文件', ['中办发〔2016〕8号', '云办发〔2016〕41号']],
    ['（云政〔2010〕1号、2号）', ['云政〔2010〕1号', '云政〔2010〕2号']],
    ['（云政〔2010〕1、2号）', ['云政〔2010〕1号', '云政〔2010〕2号']],
    ['云政〔2010〕1号至3号', ['云政〔2010〕1号', '云政〔2010〕2号', '云政〔2010〕3号']],
    ['云政〔2010〕1号、〔2011〕2号', ['云政〔2010〕1号', '云政〔2011〕2号']],
    ['（榕（云）综管〔2010〕2号）', ['榕（云）综管〔2010〕2号']],
    ['国发(2012) 64 号和云政〔2017〕1号', ['国发〔2012〕64号', '云政〔2017〕1号']],
    ['和政办发〔2010〕3号', ['和政办发〔2010〕3号']],
    ['原云政发〔2010〕12号文', ['云政发〔2010〕12号']],
    ['云溪县人民政府令第十二号', ['云溪县人民政府令第12号']],
    ['县交通运输局公告2023年第5号、国务院令第711号', ['县交通运输局公告2023年第5号', '国务院令第711号']],
    ['第5号令', []],
    ['联系电话12345号', []],
  ])('S-GWG-22: finds the numbers in running text: %s', (text, expected) => {
    expect(docNosIn(text).map(({ docNo }) => docNo)).toEqual(expected)
  })

  it('S-GWG-08: drops 第 and leading zeros, and says so', () => {
    const { value, why } = readDocNo('云政办〔2024〕第003号')
    expect(value?.docNo).toBe('云政办〔2024〕3号')
    expect(why).toContain('“云政办〔2024〕第003号”')
  })

  it.each([
    ['云政办〔20243号', '缺了括号'],
    ['云政办20243号', '缺了括号'],
    ['云政办〔2024〕😀号', '“😀”'],
    ['云政办〔3020〕3号', '年份 3020 不可能'],
    ['云政办〔2X24〕3号', '年份不是四位数'],
    ['云政办〔24〕3号', '不是四位数'],
    ['云政办〔2024〕0号', '序号是 0'],
    ['云政办〔2024〕3', '没有“号”字'],
    ['〔2024〕3号', '没有机关代字'],
  ])('S-GWG-22: %s is a doubt, not a guess', (printed, reason) => {
    const { value, why } = readDocNo(printed)
    expect(value).toBeNull()
    expect(why).toContain(printed)
    expect(why).toContain(reason)
    expect(normaliseDocNo(printed)).toBeNull()
  })

  it('knows a line that is meant as a number from a title or a sentence', () => {
    for (const line of [
      '云政办〔2024〕3号',
      '中云办发〔20248号',
      '云政发2024 3号',
      '云财〔2024〕😀号',
      '云政办〔2024〕第3号',
    ]) {
      expect(resemblesDocNo(line), line).toBe(true)
    }
    for (const line of [
      '云溪县人民政府',
      '关于印发方案（试行）',
      '联系电话：05918号',
      '云溪县2024年公开要点',
      '2024年3月1号',
    ]) {
      expect(resemblesDocNo(line), line).toBe(false)
    }
  })

  it('gives every well-formed number back in its normal form', () => {
    const code = fc.string({ unit: fc.constantFrom(...'云溪政办发函综规教财'), minLength: 2, maxLength: 8 })
    const pair = fc.constantFrom('〔〕', '[]', '（）', '【】', '()')
    fc.assert(
      fc.property(
        code,
        pair,
        fc.integer({ min: 1949, max: 2099 }),
        fc.integer({ min: 1, max: 9999 }),
        (letters, brackets, year, no) => {
          expect(normaliseDocNo(`${letters}${brackets[0]}${year}${brackets[1]}${no}号`)?.docNo).toBe(
            `${letters}〔${year}〕${no}号`,
          )
        },
      ),
    )
  })

  it('never throws on anything', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        text => readDocNo(text) !== null && typeof resemblesDocNo(text) === 'boolean',
      ),
    )
  })
})
