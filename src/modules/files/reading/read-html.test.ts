import { describe, expect, it } from 'vitest'
import { readHtml } from './read-html.ts'
import { structureBlocks } from './structure-blocks.ts'
import { UnreadableFile } from './unreadable-file.ts'

const BODY = `<p style="text-align:center"><b>关于加强校车安全管理的通知</b></p>
  <p>各乡镇人民政府：</p>
  <p onclick="steal()">　　为加强校车安全管理，现就有关事项通知如下，请各单位认真贯彻执行。</p>
  <p><strong>　　一、总体要求</strong></p>
  <p>　　见<a href="./P1.doc">附件</a>，1 &lt; 2。<br>　　又一段。</p>
  <table border="1"><tr><th colspan="2">任务</th></tr><tr><td>检查</td><td>三月</td></tr></table>
  <p><img src="W1.jpg" alt="示意图"></p>
  <p align="right">云溪县人民政府办公室</p><p align="right">2024年3月1日</p>`

const page = (main: string, head = '') => `<!DOCTYPE html>
  <!-- saved from url=(0050)http://www.yunxi.gov.cn/zwgk/202403/t1.htm -->
  <html><head><title>通知_云溪县人民政府</title><meta name="SiteName" content="云溪县人民政府">
  <meta name="PubDate" content="2024-03-05 10:30"><meta name="Keywords" content="null">${head}</head><body onload="x()">
  <div class="header"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>
  <table><tr><td>索 引 号：</td><td>990001/2024-00012</td><td>发文字号：</td><td>云政办〔2024〕12号</td></tr>
    <tr><td>成文日期：</td><td>2024年3月1日</td><td>有 效 性：</td><td></td></tr></table>
  <h1>云溪县人民政府办公室关于加强校车安全管理的通知</h1>
  <p>来源：县政府办　发布时间：2024-03-05 10:30　浏览次数：<script>document.write(1)</script></p>
  ${main}
  <div style="display:none">隐藏的字</div>
  <div class="footer">主办：云溪县人民政府办公室</div></body></html>`

describe('readHtml', () => {
  const read = readHtml(page(`<div class="TRS_Editor"><style>.x{}</style>${BODY}</div>`))

  it('S-META-01: reads the page tags, S-META-03: takes null for nothing', () => {
    expect(read.metaTags).toEqual({ SiteName: '云溪县人民政府', PubDate: '2024-03-05 10:30' })
  })

  it('S-IDX-04: reads the metadata block by its labels, blanks inside them or not', () => {
    expect(read.metadataTable).toEqual({
      索引号: '990001/2024-00012',
      发文字号: '云政办〔2024〕12号',
      成文日期: '2024年3月1日',
    })
  })

  it('finds the address of a saved page, its titles and the line under the title', () => {
    expect(read.sourceUrl).toBe('http://www.yunxi.gov.cn/zwgk/202403/t1.htm')
    expect(read.titleCandidates[0]).toBe('云溪县人民政府办公室关于加强校车安全管理的通知')
    expect(read.labelled).toContainEqual({
      kind: 'publishedOn',
      label: '发布时间',
      value: '2024-03-05 10:30',
    })
    expect(read.labelled).toContainEqual({ kind: 'source', label: '来源', value: '县政府办' })
  })

  it('gives the main content alone, safe and structured', () => {
    expect(structureBlocks(read.blocks).split('\n')).toEqual([
      '<p class="align-center"><strong>关于加强校车安全管理的通知</strong></p>',
      '<p class="addressee">各乡镇人民政府：</p>',
      '<p>为加强校车安全管理，现就有关事项通知如下，请各单位认真贯彻执行。</p>',
      '<h2 id="s-1">一、总体要求</h2>',
      '<p>见<a href="http://www.yunxi.gov.cn/zwgk/202403/P1.doc">附件</a>，1 &lt; 2。</p>',
      '<p>又一段。</p>',
      '<table><tbody><tr><th colspan="2">任务</th></tr><tr><td>检查</td><td>三月</td></tr></tbody></table>',
      '<p><img src="http://www.yunxi.gov.cn/zwgk/202403/W1.jpg" alt="示意图"></p>',
      '<p class="signature">云溪县人民政府办公室</p>',
      '<p class="signature">2024年3月1日</p>',
    ])
    expect(read.links).toEqual([{ href: 'http://www.yunxi.gov.cn/zwgk/202403/P1.doc', text: '附件' }])
    expect(read.pictures).toHaveLength(1)
  })

  it.each([
    ['#zoom', `<div id="zoom">${BODY}</div>`],
    ['an unknown container', `<div class="k7"><div class="q">${BODY}</div></div>`],
    ['a layout table', `<table><tr><td>${BODY}</td></tr></table>`],
  ])('finds the text in %s', (_, main) => {
    const text = readHtml(page(main))
      .blocks.map(block => block.text)
      .join('\n')
    expect(text).toContain('现就有关事项通知如下')
    expect(text).not.toMatch(/隐藏的字|主办：|索引号/)
  })

  it('drops a relative link that leads nowhere, and keeps its words', () => {
    const { blocks, links } = readHtml(`<html><body><div id="zoom">${BODY}</div></body></html>`)
    expect(links).toEqual([{ href: './P1.doc', text: '附件' }])
    expect(blocks.map(block => block.html).join('')).not.toMatch(/<a |<img/)
  })

  it('takes the place of the page from who reads it, when the page does not say', () => {
    const html = `<html><body><div id="zoom">${BODY}</div></body></html>`
    const { blocks, sourceUrl } = readHtml(html, 'https://mirror.invalid/zwgk/t1.htm')
    expect(sourceUrl).toBeNull()
    expect(blocks.map(block => block.html).join('')).toContain('src="https://mirror.invalid/zwgk/W1.jpg"')
  })

  it('finds links to documents that stand outside of the main content', () => {
    const below = '<p>附件：<a href="./P2.xlsx">任务分工表</a><a href="t2.htm">上一篇</a></p>'
    expect(readHtml(page(`<div class="TRS_Editor">${BODY}</div>${below}`)).fileLinks).toEqual([
      { href: 'http://www.yunxi.gov.cn/zwgk/202403/P1.doc', text: '附件' },
      { href: 'http://www.yunxi.gov.cn/zwgk/202403/P2.xlsx', text: '任务分工表' },
    ])
  })

  it('refuses a page nested beyond reason before it takes any time', () => {
    expect(() => readHtml('<div>'.repeat(200_000))).toThrow(UnreadableFile)
  })

  it('reads anything that is no page at all without failing', () => {
    expect(readHtml('').blocks).toEqual([])
    expect(readHtml('<p>').sourceUrl).toBeNull()
  })
})

describe('tables whose head names columns', () => {
  const words = (table: string) =>
    readHtml(page(`<div class="article">${BODY}${table}</div>`))
      .blocks.map(block => block.text)
      .join('\n')

  it.each([
    ['序号', '文件名称', '主管部门', '文号', '备注'],
    ['文件名称', '文号', '发文机关', '成文日期', '备注'],
  ])('a list of documents headed %s, %s … stays in the text', (...heads) => {
    const row = (cells: readonly string[]) => `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`
    const rows = [1, 2].map(at =>
      row([String(at), `云溪县第${at}号办法`, '县水利局', `云政发〔2019〕${at}号`, '废止']),
    )
    expect(words(`<table>${row(heads)}${rows.join('')}</table>`)).toContain('云溪县第2号办法')
  })
})
