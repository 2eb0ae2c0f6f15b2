import { describe, expect, it } from 'vitest'
import { withoutForeignParts } from './foreign-parts.ts'

const source = 'http://www.yunxi.gov.cn/a/1.html'

describe('what other hosts would put into our page (S-CHK-01)', () => {
  it('takes every picture out and names where it came from', () => {
    const { bodyHtml, doubts } = withoutForeignParts(
      '<p>前文</p><p><img src="http://old.example/a.png" alt="图"></p><figure><img src="//cdn.example/b.png"></figure><p>后<img src="https://x.example/c.gif">文</p>',
      source,
    )
    expect(bodyHtml).toBe('<p>前文</p><p>后文</p>')
    expect(doubts).toHaveLength(1)
    expect(doubts[0]?.why).toContain('3 张图片')
    expect(doubts[0]?.why).toContain('http://old.example/a.png')
  })

  it('keeps links, and names those that leave the government’s sites', () => {
    const html =
      '<p><a href="http://www.yunxi.gov.cn/b.html">甲</a><a href="https://www.gov.cn/c">乙</a><a href="https://casino.example/x">丙</a></p>'
    const { bodyHtml, doubts } = withoutForeignParts(html, source)
    expect(bodyHtml).toBe(html)
    expect(doubts.map(doubt => doubt.why).join()).toContain('（casino.example）')
  })

  it('says that attachments still lie on the old site', () => {
    const html = '<p><a href="http://www.yunxi.gov.cn/files/table.xlsx?v=1">附表</a></p>'
    expect(withoutForeignParts(html, source).doubts[0]?.why).toContain('table.xlsx')
  })

  it('leaves plain text alone', () => {
    expect(withoutForeignParts('<p>正文</p>', null)).toEqual({ bodyHtml: '<p>正文</p>', doubts: [] })
  })
})
