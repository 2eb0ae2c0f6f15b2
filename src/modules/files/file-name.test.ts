import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanFileName, extensionOf, saysNothing } from './file-name.ts'

describe('cleaning a file name', () => {
  it.each([
    ['关于印发2026年工作要点的通知（终稿）.PDF', '关于印发2026年工作要点的通知（终稿）.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\王\\桌面\\预算表.xlsx', '预算表.xlsx'],
    ['/files/报告.docx', '报告.docx'],
    ['通知\u202Efdp.exe', '通知fdp.exe'],
    ['报\u200b告\u0000\r\n.pdf', '报告.pdf'],
    ['a<b>:"c|d?*.txt', 'a_b___c_d__.txt'],
    ['   ...隐藏.pdf. ', '隐藏.pdf'],
    ['con.pdf', '文件-con.pdf'],
    ['.pdf', '未命名.pdf'],
    ['', '未命名'],
    ['表   格\t一.csv', '表 格一.csv'],
  ])('makes %j into %j', (raw, clean) => {
    expect(cleanFileName(raw)).toBe(clean)
  })

  it('keeps the extension of a name that is far too long', () => {
    const clean = cleanFileName(`${'关于'.repeat(300)}.docx`)
    expect([...clean]).toHaveLength(120)
    expect(clean.endsWith('.docx')).toBe(true)
  })

  it('cleans whatever name comes: no path, no control or direction sign, never empty, the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), raw => {
        const clean = cleanFileName(raw)
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}/\\<>:"|?*]/u)
        expect(clean.length).toBeGreaterThan(0)
        expect(cleanFileName(clean)).toBe(clean)
      }),
    )
  })

  it('reads the extension of the last point only', () => {
    expect(extensionOf('年报.pdf.EXE')).toBe('exe')
    expect(extensionOf('年报')).toBe('')
    expect(extensionOf('第1.2节')).toBe('')
  })
})

describe('names that say nothing (S-DES-05)', () => {
  it.each([
    '附件1.docx',
    '附件一',
    '新建 Microsoft Word 文档 (2).docx',
    'IMG_20260301_1012.jpg',
    '1.pdf',
    '微信图片_20260101.png',
    '扫描件.pdf',
  ])('%s', name => expect(saysNothing(name)).toBe(true))
  it.each(['2026年部门预算表.xlsx', '附件1：评分细则.docx', '云溪县养老服务设施规划图.pdf'])(
    'but %s does',
    name => expect(saysNothing(name)).toBe(false),
  )
})
