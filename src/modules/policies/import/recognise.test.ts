import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnreadableFile } from '#modules/files'
import { recogniseDocument } from './recognise.ts'
import type { Recognised, RecognisedField } from './recognised.ts'

const read = (text: string): Recognised => {
  const html = /^<(?:!doctype|html|table)/i.test(text)
  const [found] = recogniseDocument(
    '甲',
    html
      ? { form: 'html', format: 'html', html: text, pictures: [], title: null, doubts: [] }
      : { form: 'text', format: 'text', text, doubts: [] },
  )
  if (!found) throw new Error('nothing recognised')
  return found
}
const doubt = (found: Recognised, field: RecognisedField) =>
  found.doubts
    .filter(one => one.field === field)
    .map(one => one.why)
    .join('\n')

const NOTICE = `云溪县人民政府办公室
关于印发云溪县公园管理办法的通知

云政办〔2024〕12号

各乡镇人民政府，县直各单位：

《云溪县公园管理办法》已经县政府同意，现印发给你们，请按照云政发〔2023〕9号文件执行。

云溪县人民政府办公室
2024年3月1日

云溪县公园管理办法

第一条　本办法自印发之日起施行，有效期5年。
`

describe('recognise: what stands in a text', () => {
  const found = read(NOTICE)

  it('joins a title broken by sense and leaves head and site out of the body', () => {
    expect(found.title).toBe('云溪县人民政府办公室关于印发云溪县公园管理办法的通知')
    expect(found.bodyText.startsWith('各乡镇人民政府')).toBe(true)
    expect(found.bodyHtml).toContain('<p class="addressee">')
  })

  it('S-GWG-22: takes its own number, never one quoted in the text', () => {
    expect(found.docNo).toBe('云政办〔2024〕12号')
    const without = read(NOTICE.replace('云政办〔2024〕12号\n', ''))
    expect(without.docNo).toBeNull()
    expect(doubt(without, 'docNo')).toContain('引用的是别的文件')
  })

  it('S-GWG-15: takes signer and day from the signature', () => {
    expect(found).toMatchObject({ issuer: '云溪县人民政府办公室', signedOn: '2024-03-01' })
  })

  it('R-NOR-11: works out when it takes effect and lapses, and says that it did', () => {
    expect(found).toMatchObject({ effectiveFrom: '2024-03-01', validUntil: '2029-02-28' })
    expect(doubt(found, 'effectiveFrom')).toContain('成文日期 2024-03-01')
    expect(doubt(found, 'validUntil')).toContain('5年')
  })

  it('takes no other document’s day for its own', () => {
    const other = read(
      NOTICE.replace(
        /第一条.*/,
        '自2020年1月1日起，我县同步执行《省公园条例》。《市公园办法》自2021年1月1日起施行。',
      ),
    )
    expect(other).toMatchObject({ effectiveFrom: null, validUntil: null })
  })
})

describe('recognise: signature before metadata, metadata before guess', () => {
  const block =
    '索 引 号： 990001/2024-00012\n发文机关： 云溪县教育局\n成文日期： 2024-03-03\n标 题： 关于校车的通知\n发文字号： 云教〔2024〕9号\n发布日期： 2024-03-05\n主题分类： 无\n'

  it('S-IDX-04: reads a metadata block, and the signature outweighs it', () => {
    const found = read(`${block}各学校：\n现将有关事项通知如下，请认真执行。\n云溪县人民政府\n2024年3月1日`)
    expect(found).toMatchObject({
      title: '关于校车的通知',
      docNo: '云教〔2024〕9号',
      indexNo: '990001/2024-00012',
      issuer: '云溪县人民政府',
      signedOn: '2024-03-01',
      publishedOn: '2024-03-05',
      theme: null,
    })
    expect(doubt(found, 'issuer')).toContain('云溪县教育局')
    expect(doubt(found, 'signedOn')).toContain('2024-03-03')
    expect(found.bodyText).not.toContain('索')
  })

  it('falls back on the metadata where nothing is signed', () => {
    expect(read(`${block}各学校：\n现将有关事项通知如下，请认真执行。`)).toMatchObject({
      issuer: '云溪县教育局',
      signedOn: '2024-03-03',
    })
  })

  it('S-IDX-03: never takes a date from the index number', () => {
    expect(read('索引号：990001/2024-00012\n云溪县校车方案\n各学校：\n请认真执行。').signedOn).toBeNull()
  })

  it('the site that shows a document has not issued it', () => {
    const found = read(
      '云溪县2024年工作要点\n来源：县政府网 发布日期：2024-03-05\n今年工作要紧紧围绕中心，服务大局，认真落实各项任务。\n主办：云溪县人民政府 电话：0000\n网站标识码 9900010001',
    )
    expect(found).toMatchObject({
      issuer: null,
      issuers: [],
      publishedOn: '2024-03-05',
      signedOn: null,
      source: '县政府网',
    })
    expect(doubt(found, 'issuer')).toContain('“云溪县人民政府”只是网站的主办单位')
    expect(found.bodyText).not.toMatch(/主办|标识码/)
  })

  it('prints nothing, states nothing: null with a doubt for each', () => {
    const found = read(
      '为做好工作，现结合我局实际，制定本工作要点，请各单位认真贯彻落实。\n一、总体要求\n坚持公开。',
    )
    for (const field of ['title', 'issuer', 'docNo', 'signedOn', 'publishedOn'] as const) {
      expect(found[field], field).toBeNull()
      expect(doubt(found, field), field).not.toBe('')
    }
  })
})

describe('recognise: site lines, labels and titles', () => {
  it('keeps navigation, labels and footer out of title and body', () => {
    const found = read(`云溪政务服务网·云溪县
网站首页 走进云溪 政务动态 信息公开 政民互动
当前位置: 首页 > 信息公开 > 政策文件
【政策】云溪县2024年度公开清单落实情况
浏览次数: 信息来源:县政府办 发布时间:2024-05-31 15:08  文字大小:[ ] 背景色:

工作内容

责任单位

文件下载
政策咨询
扫一扫在手机打开当前页`)
    expect(found).toMatchObject({
      title: '云溪县2024年度公开清单落实情况',
      titlePrinted: '【政策】云溪县2024年度公开清单落实情况',
      publishedOn: '2024-05-31',
    })
    expect(found.bodyText).toBe('工作内容\n责任单位')
    expect(doubt(found, 'title')).toContain('【政策】')
  })

  it('reads labels with their values on the next line', () => {
    const found = read(
      '返回顶部\n云溪县工作规则\n • 索引号:\n\n   9900/2024-1\n • 主题分类:\n\n • 发文字号:\n\n   云政发〔2024〕7号\n • 发布日期:\n\n   2024年04月06日 16:34\n • 内容概述:\n云溪县工作规则\n第一章 总则',
    )
    expect(found).toMatchObject({
      title: '云溪县工作规则',
      indexNo: '9900/2024-1',
      docNo: '云政发〔2024〕7号',
      publishedOn: '2024-04-06',
      theme: null,
    })
    expect(found.bodyText).toBe('第一章 总则')
  })

  it('a title printed twice is one title; a different one is a doubt and stays with the text', () => {
    const twice = read(
      '云溪县要点\n云溪县2024年工作要点\n发布时间：2024-03-05 来源：甲\n\n 云溪县2024年工作要点 \n\n正文在这里，有一句完整的话，说明了要做的事情。',
    )
    expect(twice.title).toBe('云溪县2024年工作要点')
    expect(twice.bodyText.startsWith('正文')).toBe(true)
    const differ = read(
      '云溪回族自治县人民政府关于公开的通知\n发布时间：2024-03-05 来源：甲\n云溪县人民政府关于公开的通知\n各单位：\n请执行。',
    )
    expect(differ.title).toBe('云溪回族自治县人民政府关于公开的通知')
    expect(doubt(differ, 'title')).toContain('云溪县人民政府关于公开的通知')
    expect(differ.bodyHtml).toContain('<p class="align-center">云溪县人民政府关于公开的通知</p>')
  })

  it('takes the full title where the page printed a short form', () => {
    const found = read(
      '关于加强校车管理的通知\n发布时间：2024-03-05 来源：甲\n云溪县教育局关于加强校车管理的通知\n各学校：\n请执行。',
    )
    expect(found).toMatchObject({ title: '云溪县教育局关于加强校车管理的通知', issuer: '云溪县教育局' })
  })

  it('takes the number off a title, in front or behind', () => {
    for (const line of [
      '云溪县教育局关于校车的通知（云教〔2024〕9号）',
      '云教〔2024〕9号《云溪县教育局关于校车的通知》',
    ]) {
      expect(read(`${line}\n各学校：\n请执行。`)).toMatchObject({
        title: '云溪县教育局关于校车的通知',
        docNo: '云教〔2024〕9号',
      })
    }
  })

  it('S-IDX-07: joint issuers are told apart, the last day counts', () => {
    const found = read(
      '云溪县财政局　云溪县教育局\n关于下达经费的通知\n各学校：\n请按规定使用经费。\n云溪县财政局\n2024年3月1日\n云溪县教育局\n2024年3月4日',
    )
    expect(found).toMatchObject({
      title: '云溪县财政局 云溪县教育局关于下达经费的通知',
      issuers: ['云溪县财政局', '云溪县教育局'],
      signedOn: '2024-03-04',
    })
  })

  it('an order: number by count, signed by a person, issued by its organ', () => {
    const found = read(
      '云溪县人民政府令\n第12号\n《云溪县公园办法》已经县政府审议通过，现予公布，自2024年4月1日起施行。\n县长　张某某\n2024年3月1日',
    )
    expect(found).toMatchObject({
      docNo: '云溪县人民政府令第12号',
      issuer: '云溪县人民政府',
      signedOn: '2024-03-01',
    })
  })

  it('an order is called by the rules it puts in force', () => {
    const found = read(
      '云溪县人民政府令\n第12号\n《云溪县公园办法》已经县政府审议通过，现予公布。\n县长　张某某\n2024年3月1日\n云溪县公园办法\n第一条　为了加强管理，制定本办法。',
    )
    expect(found).toMatchObject({
      title: '云溪县公园办法',
      titlePrinted: '云溪县人民政府令第12号',
      issuer: '云溪县人民政府',
    })
  })

  it('S-GWG-11: joins a title broken where its first line could be an organ', () => {
    for (const [first, second] of [
      ['云溪县人民政府关于同意组建云溪县', '公园管理委员会的批复'],
      ['云溪县人民政府办公室对县第十届人大', '四次会议第24号建议的答复'],
      ['云溪县人民政府关于加强公园', '管理制度建设的意见'],
    ] as const) {
      expect(read(`${first}\n${second}\n各单位：\n请执行。`).title).toBe(first + second)
    }
  })

  it('what is passed on carries its author’s signature, not the issuer’s', () => {
    const found = read(
      '云溪县人民政府办公室转发县教育局关于校车意见的通知\n各学校：\n县教育局《意见》已经县政府同意，现转发给你们。\n关于校车的意见\n意见的内容在这里。\n云溪县教育局\n2024年2月1日',
    )
    expect(found).toMatchObject({ issuer: '云溪县人民政府办公室', signedOn: null })
  })

  it('one who passes on another’s document is the issuer', () => {
    expect(read('云溪县人民政府办公室转发县教育局关于校车管理意见的通知\n各学校：\n请执行。').issuer).toBe(
      '云溪县人民政府办公室',
    )
  })

  it('S-GWG-24: a secrecy mark is named', () => {
    expect(doubt(read(`秘密★1年\n${NOTICE}`), 'body')).toContain('秘密★1年')
  })
})

describe('recognise: wrong input is named, nothing is lost', () => {
  it('2月30日 under the text: null and a doubt that names it, no other date instead', () => {
    const found = read(`成文日期：2024-03-01\n${NOTICE.replace('2024年3月1日', '2024年2月30日')}`)
    expect(found.signedOn).toBeNull()
    expect(doubt(found, 'signedOn')).toContain('“2024年2月30日”')
    expect(found.bodyText).toContain('2024年2月30日')
  })

  it('an emoji, a lost bracket, an impossible year in the number', () => {
    for (const [printed, reason] of [
      ['云政办〔2024〕😀号', '😀'],
      ['云政办〔202412号', '缺了括号'],
      ['云政办〔3020〕12号', '3020'],
    ] as const) {
      const found = read(NOTICE.replace('云政办〔2024〕12号', printed))
      expect(found).toMatchObject({ docNo: null, docNoPrinted: printed })
      expect(doubt(found, 'docNo')).toContain(reason)
    }
  })

  it('published before it was signed cannot be', () => {
    expect(doubt(read(`发布日期：2024-02-01\n${NOTICE}`), 'publishedOn')).toContain('早于成文日期')
  })

  it('never throws anything but UnreadableFile, whatever the lines', () => {
    const piece = fc.constantFrom(
      ...NOTICE.split('\n'),
      '来源：',
      '索引号',
      '|a|b|',
      '<p>',
      '附件',
      '2024-01-01',
      '第12号',
      '《',
      '首页 > a',
      '云溪县财政局 2024年3月1日',
    )
    const html = fc.constantFrom('', '<html><body>', '<!doctype html><table><tr><td>')
    fc.assert(
      fc.property(
        html,
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 30 }),
        (start, parts) => {
          try {
            const found = read(start + parts.join('\n'))
            expect(found.issuer).toBe(found.issuers[0] ?? null)
            for (const on of [found.signedOn, found.publishedOn, found.effectiveFrom, found.validUntil]) {
              if (on !== null) expect(on).toMatch(/^\d{4}-\d{2}-\d{2}$/)
            }
            if (found.title === null) expect(doubt(found, 'title')).not.toBe('')
          } catch (error) {
            if (!(error instanceof UnreadableFile)) throw error
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('recognise: a saved page', () => {
  const page = `<!DOCTYPE html><!-- saved from url=(0050)http://www.yunxi.gov.cn/zwgk/t1.htm --><html><head>
    <meta name="ArticleTitle" content="云溪县教育局关于校车的通知"><meta name="PubDate" content="2024-03-05 10:30"><script>alert(1)</script></head><body>
    <table><tr><td>索引号：</td><td>9900/2024-1</td><td>发文机关：</td><td>云溪县教育局</td></tr><tr><td>成文日期：</td><td>2024-03-01</td><td>文号：</td><td>云教〔2024〕9号</td></tr></table>
    <h1>云溪县教育局关于校车的通知</h1><div>来源：县教育局 发布时间：2024-03-05 10:30 浏览次数：9</div>
    <div id="zoom"><p align="center">云溪县教育局关于校车的通知</p><p align="center">云教〔2024〕9号</p><p onclick="x()">各学校：</p>
    <p>现将校车管理有关事项通知如下，请认真贯彻执行。<script>alert(2)</script></p><p>一、加强管理</p><p>见<a href="javascript:x">这里</a>。</p>
    <p align="right">云溪县教育局</p><p align="right">2024年3月1日</p></div><div class="footer">主办：云溪县人民政府</div></body></html>`

  it('takes title, number, dates and text; leaves script and site behind', () => {
    const found = read(page)
    expect(found).toMatchObject({
      sourceUrl: 'http://www.yunxi.gov.cn/zwgk/t1.htm',
      title: '云溪县教育局关于校车的通知',
      issuer: '云溪县教育局',
      docNo: '云教〔2024〕9号',
      indexNo: '9900/2024-1',
      signedOn: '2024-03-01',
      publishedOn: '2024-03-05',
      publishedAtPrinted: '2024-03-05 10:30',
      source: '县教育局',
      doubts: [],
    })
    expect(found.bodyHtml.split('\n')).toEqual([
      '<p class="addressee">各学校：</p>',
      '<p>现将校车管理有关事项通知如下，请认真贯彻执行。</p>',
      '<h2 id="s-1">一、加强管理</h2>',
      '<p>见这里。</p>',
      '<p class="signature">云溪县教育局</p>',
      '<p class="signature">2024年3月1日</p>',
    ])
  })
})
