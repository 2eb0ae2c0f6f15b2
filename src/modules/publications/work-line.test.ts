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
})
