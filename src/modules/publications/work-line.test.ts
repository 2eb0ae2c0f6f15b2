import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorkLine, readWorkLines, writeWorkLine } from './work-line.ts'

describe('a work on one line', () => {
  it('reads number, title and day', () => {
    expect(readWorkLine('云政办发〔2021〕18号 《云溪县农村饮水工程管护办法》 @ 2026-12-01')).toEqual({
      docNo: '云政办发〔2021〕18号',
      title: '云溪县农村饮水工程管护办法',
      from: '2026-12-01',
      publicId: null,
    })
  })
  it('keeps quotation marks inside a title', () => {
    expect(readWorkLine('关于印发《试行办法》的通知')).toMatchObject({
      title: '关于印发《试行办法》的通知',
      docNo: null,
    })
  })
  it('reads an address of ours', () => {
    expect(readWorkLine('/policies/7k2m9c4x3p')).toMatchObject({ publicId: '7k2m9c4x3p' })
  })
  it('names the line of a day that does not exist', () => {
    expect(readWorkLines('甲办法\n乙办法 @ 2026-02-30').faults).toEqual([
      '第 2 行：“乙办法 @ 2026-02-30”里的日期不存在，请写成 @ 2026-12-01。',
    ])
  })
  it('writes what it reads', () => {
    const line = '云政发〔2024〕3号 《某办法》 @ 2026-01-01'
    const read = readWorkLine(line)
    expect(read && 'title' in read && writeWorkLine(read)).toBe(line)
  })

  it.each([
    ['《某办法》（云政发〔2024〕3号）', '云政发〔2024〕3号', '某办法'],
    ['《某办法》(云政发〔2024〕3号) @ 2026-01-01', '云政发〔2024〕3号', '某办法'],
    ['云政发〔2024〕3号《某办法》', '云政发〔2024〕3号', '某办法'],
    ['云政发〔2024〕3号', '云政发〔2024〕3号', '云政发〔2024〕3号'],
    ['云政发[2024]3号 《某办法》', '云政发〔2024〕3号', '某办法'],
    ['某办法（云政发（2024）第3号）', '云政发〔2024〕3号', '某办法'],
    [
      '云政发〔2024〕3号 关于废止云政发〔2020〕1号的决定',
      '云政发〔2024〕3号',
      '关于废止云政发〔2020〕1号的决定',
    ],
    ['云溪县人民政府令第12号 《某办法》', '云溪县人民政府令第12号', '某办法'],
    ['《某办法》（云溪县人民政府令第12号）', '云溪县人民政府令第12号', '某办法'],
    ['云溪县水利局公告2026年第3号', '云溪县水利局公告2026年第3号', '云溪县水利局公告2026年第3号'],
    ['关于修改云溪县人民政府令第12号的决定', null, '关于修改云溪县人民政府令第12号的决定'],
    // A number inside a title is not the number of the work
    ['关于废止云政发〔2020〕3号文件的决定', null, '关于废止云政发〔2020〕3号文件的决定'],
    ['关于废止云政发〔2020〕3号', null, '关于废止云政发〔2020〕3号'],
    ['《县政府关于修改云政发〔2020〕3号的决定》', null, '县政府关于修改云政发〔2020〕3号的决定'],
    // What stands in brackets at both ends need not be one title
    ['《甲办法》和《乙办法》', null, '《甲办法》和《乙办法》'],
    ['《关于 help@yunxi.example 信箱的通知》', null, '关于 help@yunxi.example 信箱的通知'],
  ])('%s', (line, docNo, title) => {
    expect(readWorkLine(line)).toMatchObject({ docNo, title })
  })

  it('no day is guessed: two of them, or a word instead, are faults', () => {
    for (const line of ['甲办法 @ 2026-01-01 @ 2026-02-01', '甲办法 @ 明年', '甲办法 @'])
      expect(readWorkLine(line)).toHaveProperty('error')
  })

  const letters = fc.string({ unit: fc.constantFrom(...'甲乙办法《》（）〔〕@＠ 0126-号/关于发abc') })
  const number = fc
    .tuple(
      fc.constantFrom('云政发', '云溪县水利局公告'),
      fc.integer({ min: 1900, max: 2099 }),
      fc.integer({ min: 1, max: 9999 }),
    )
    .map(([code, year, serial]) =>
      serial % 3 === 0 ? `${code}令第${serial}号` : `${code}〔${year}〕${serial}号`,
    )
  const day = fc.date({ min: new Date('1949-10-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  const title = fc
    .string({ unit: fc.constantFrom(...'甲乙办法（）〔〕@ 0126-号关于发abc'), minLength: 1, maxLength: 30 })
    .map(text => text.replace(/\s+/g, ' ').trim())
    .filter(text => text !== '')

  it('whatever was stored comes back from the form as it was', () => {
    const work = fc.record({
      docNo: fc.option(number),
      title: fc.oneof(
        title,
        fc.constantFrom('关于印发《试行办法》的通知', '《甲》和《乙》', '废止云政发〔2020〕3号'),
      ),
      from: fc.option(day.map(date => date.toISOString().slice(0, 10))),
    })
    fc.assert(
      fc.property(work, stored => {
        expect(readWorkLine(writeWorkLine(stored))).toMatchObject(stored)
      }),
      { numRuns: 500 },
    )
  })

  it('any line is read, or its fault is told; nothing that was read is lost on the way back', () => {
    fc.assert(
      fc.property(letters, line => {
        const read = readWorkLine(line)
        if (read === null) expect(line.trim()).toBe('')
        else if (!('error' in read)) expect(readWorkLine(writeWorkLine(read))).toEqual(read)
      }),
      { numRuns: 500 },
    )
  })
})
