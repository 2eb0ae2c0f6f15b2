import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanBody } from './clean-body.ts'
import { structureText } from './structure-text.ts'

const lines = (text: string) => structureText(text).split('\n')

describe('structureText', () => {
  it('S-GWG-13: makes headings of 一、 and （一）, each with an id to cite', () => {
    expect(lines('一、总体要求\n坚持公开。\n（一）主要目标\n看得懂。\n(二)基本原则\n二、重点任务')).toEqual([
      '<h2 id="s-1">一、总体要求</h2>',
      '<p>坚持公开。</p>',
      '<h3 id="s-1-1">（一）主要目标</h3>',
      '<p>看得懂。</p>',
      '<h3 id="s-1-2">(二)基本原则</h3>',
      '<h2 id="s-2">二、重点任务</h2>',
    ])
  })

  it('S-GWG-13: keeps a numbered sentence a paragraph, its first sentence strong when it is a title', () => {
    expect(
      lines('三、强化保障。各单位要落实责任。\n四、本通知自印发之日起施行。\n（一）提交材料；\n1.及时公开。'),
    ).toEqual([
      '<p id="s-1"><strong>三、强化保障。</strong>各单位要落实责任。</p>',
      '<p id="s-2">四、本通知自印发之日起施行。</p>',
      '<p id="s-2-1">（一）提交材料；</p>',
      '<p>1.及时公开。</p>',
    ])
  })

  it('sets chapters, sections and articles of rules, and nests what follows an attached title', () => {
    const text =
      '云溪县人民政府\n2024年3月1日\n云溪县公园管理办法\n第一章　总则\n第一条　为了加强管理，制定本办法。\n第二章　管理\n第一节　日常\n第十二条　公园应当开放。'
    expect(lines(text)).toEqual([
      '<p class="signature">云溪县人民政府</p>',
      '<p class="signature">2024年3月1日</p>',
      '<h2 class="document-title" id="s-1">云溪县公园管理办法</h2>',
      '<h3 id="s-1-1">第一章 总则</h3>',
      '<p id="a-1"><strong>第一条</strong> 为了加强管理，制定本办法。</p>',
      '<h3 id="s-1-2">第二章 管理</h3>',
      '<h4 id="s-1-2-1">第一节 日常</h4>',
      '<p id="a-12"><strong>第十二条</strong> 公园应当开放。</p>',
    ])
  })

  it('does not take a reference to an article for an article', () => {
    expect(structureText('第三条规定的期限不变。')).toBe('<p>第三条规定的期限不变。</p>')
  })

  it('S-GWG-12: sets the addressee flush left, only at the top', () => {
    expect(structureText('各乡镇人民政府，县直各单位：\n现将有关事项通知如下：')).toBe(
      '<p class="addressee">各乡镇人民政府，县直各单位：</p>\n<p>现将有关事项通知如下：</p>',
    )
  })

  it('S-GWG-15: sets signature and date to the right, several signers and Chinese figures included', () => {
    expect(lines('特此通知。\n云溪县财政局　云溪县教育局\n二〇二四年三月一日\n（此件公开发布）')).toEqual([
      '<p>特此通知。</p>',
      '<p class="signature">云溪县财政局 云溪县教育局</p>',
      '<p class="signature">二〇二四年三月一日</p>',
      '<p>（此件公开发布）</p>',
    ])
  })

  it('S-GWG-14, S-GWG-17: lists attachments and begins each with a heading', () => {
    const text =
      '附件：1.任务表\n2.名单\n云溪县人民政府\n2024年3月1日\n附件1\n任务表\n内容。\n附件2\n一、名单'
    expect(lines(text)).toEqual([
      '<p class="attachments">附件：</p>',
      '<ol class="attachments"><li>任务表</li><li>名单</li></ol>',
      '<p class="signature">云溪县人民政府</p>',
      '<p class="signature">2024年3月1日</p>',
      '<h2 class="attachment" id="s-1">附件1　任务表</h2>',
      '<p>内容。</p>',
      '<h2 class="attachment" id="s-2">附件2</h2>',
      '<h3 id="s-2-1">一、名单</h3>',
    ])
    expect(structureText('附件：任务表')).toBe('<p class="attachments">附件：任务表</p>')
  })

  it('makes a table of | lines, the first row its header', () => {
    expect(structureText('| 任务 | 单位 |\n|---|---|\n| 公开 | <b>县政府办</b> |\n| 解读 |')).toBe(
      '<table><thead><tr><th scope="col">任务</th><th scope="col">单位</th></tr></thead><tbody>' +
        '<tr><td>公开</td><td>&lt;b&gt;县政府办&lt;/b&gt;</td></tr><tr><td>解读</td><td></td></tr></tbody></table>',
    )
  })

  it('takes a line far to the right for a signature line', () => {
    expect(structureText(`正文。\n${' '.repeat(30)}张某某`)).toBe(
      '<p>正文。</p>\n<p class="signature">张某某</p>',
    )
  })

  it('gives no id twice and lets no markup of the input through', () => {
    const piece = fc.constantFrom(
      ...[
        '一、要求',
        '（一）目标',
        '第一章 总则',
        '第一条 内容',
        '附件1',
        '附件：1.表',
        '2.表',
        '| a | b |',
        '2024年3月1日',
      ],
      ...[
        '云溪县人民政府',
        '<script>alert(1)</script>',
        '<img src=x onerror=y>',
        '"\'&lt;',
        '各单位：',
        '一、<b>要求</b>',
        '正文。',
      ],
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 40 })), { maxLength: 40 }), parts => {
        const html = structureText(parts.join('\n'))
        const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
        expect(new Set(ids).size).toBe(ids.length)
        const own =
          /<\/?(?:h[2-6]|p|table|thead|tbody|tr|th|td|ol|li|strong)(?: (?:id|class|scope)="[\w -]*")*>/g
        expect(html.replace(own, '')).not.toMatch(/[<>]/)
      }),
      { numRuns: 500 },
    )
  })

  it('writes nothing that the cleaning of bodies would take away', () => {
    const html = structureText(
      '各单位：\n一、要求\n第一条 内容\n附件：1.表\n2.单\n云溪县人民政府\n2024年3月1日\n附件1\n表\n| a | b |\n| c | d |',
    )
    expect(cleanBody(html)).toBe(html)
  })
})
