import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanBody } from './clean-body.ts'

describe('cleanBody', () => {
  it.each([
    ['<p onclick="x()">甲<script>alert(1)</script></p>', '<p>甲</p>'],
    ['<a href="javascript:alert(1)">甲</a><a href=" java\nscript:alert(1)">乙</a>', '甲乙'],
    ['<img src="javascript:x"><img src="data:image/svg+xml,x"><iframe src="//x">甲</iframe>', ''],
    ['<svg><script>x</script></svg><style>p{}</style><p style="position:fixed">甲</p>', '<p>甲</p>'],
    ['<form action="/x"><input value="1"><textarea>x</textarea>甲</form>', '甲'],
    ['<meta http-equiv="refresh" content="0;url=//x"><base href="//x"><p>甲</p>', '<p>甲</p>'],
  ])('takes out what could act: %s', (dirty, clean) => {
    expect(cleanBody(dirty)).toBe(clean)
  })

  it('keeps what an official document needs', () => {
    const html =
      '<h2 id="s-1">一、要求</h2><p class="align-center">甲<strong>乙</strong><sup>2</sup></p>' +
      '<table><tbody><tr><td colspan="2" rowspan="3">丙</td></tr></tbody></table>' +
      '<p><a href="https://example.gov.cn/a.doc">丁</a><a href="/files/1">戊</a></p><p><img src="/files/2" alt="图" /></p>'
    expect(cleanBody(html)).toBe(html)
  })

  it('turns alignment into a class and drops every other look', () => {
    expect(cleanBody('<p style="text-align: right;color:red" class="MsoNormal">甲</p>')).toBe(
      '<p class="align-right">甲</p>',
    )
    expect(cleanBody('<p align="center"><font color="red">甲</font></p>')).toBe(
      '<p class="align-center">甲</p>',
    )
    expect(cleanBody('<center>甲</center><h1>乙</h1><b>丙</b>')).toBe(
      '<div class="align-center">甲</div><h2>乙</h2><strong>丙</strong>',
    )
  })

  it('keeps only ids of our own form, so that citations hold and nothing else is shadowed', () => {
    expect(cleanBody('<p id="a-12">甲</p><p id="login">乙</p>')).toBe('<p id="a-12">甲</p><p>乙</p>')
  })

  it('lets nothing that acts through, however broken the markup', () => {
    const tag = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<a href="x:y">',
        '</a>',
        '<script>',
        '<script/x>',
        '</script>',
        '<b>',
        '<td>',
        '<svg>',
        '<math>',
      ],
      ...[
        '<img src=a onerror=b>',
        '<!--',
        '-->',
        '<![CDATA[',
        '"',
        "'",
        '`',
        '=',
        '<a href="javascript:z">',
        '甲',
        '<',
        '&lt;',
        '<style>',
      ],
    )
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 24 }), parts => {
        const clean = cleanBody(parts.join(''))
        expect(clean).not.toMatch(/<(?!\/?(?:p|a|strong|td|img|span)\b)|<[^>]*(?:onerror|javascript:|x:y)/)
      }),
      { numRuns: 1000 },
    )
  })
})
