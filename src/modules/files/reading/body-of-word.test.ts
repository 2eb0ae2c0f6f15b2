import { Document, Packer } from 'docx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DocxPicture, docxBlocks } from '#lib/docx-blocks'
import { docxStyles } from '#lib/docx-styles'
import { docx, wordParagraph } from '../../../../test/make/documents.ts'
import { pngBytes } from '../../../../test/make/file-bytes.ts'
import { bodyOfWord } from './body-of-word.ts'
import { cleanBody } from './clean-body.ts'
import { readDocument } from './read-document.ts'

const picture: DocxPicture = { bytes: pngBytes(40, 20), type: 'png', width: 40, height: 20 }
const pictures = new Map([['/files/abcdefghjk/1.png', picture]])

async function wordFile(html: string): Promise<Buffer> {
  const made = docxBlocks(html, { width: 8844, pictures })
  return Packer.toBuffer(
    new Document({
      styles: docxStyles(),
      numbering: made.numbering,
      footnotes: made.footnotes,
      sections: [{ children: made.children }],
    }),
  )
}

/** Out as .docx and in again; where a picture lies is another place afterwards. */
async function thereAndBack(html: string): Promise<string> {
  const read = await readDocument('稿子.docx', await wordFile(html))
  if (read.form !== 'html') throw new Error(read.form)
  return bodyOfWord(read.html).replaceAll(/https:\/\/embedded\.invalid\/[^"]+/g, '/files/abcdefghjk/1.png')
}

const head = '<h2>一、总体要求</h2>'
const shapes: [string, string][] = [
  [
    'four levels',
    `${head}<h3>（一）目标</h3><h4>1.近期</h4><h5>（1）本年</h5><p>完成改造。</p><h2>二、任务</h2>`,
  ],
  [
    'words that are marked',
    `${head}<p><strong>年底前</strong>，<em>新增</em><u>线路</u><s>三</s>四条，CO<sub>2</sub>减排10<sup>4</sup>吨。</p>`,
  ],
  ['a line break and a link', `${head}<p>甲<br>乙，见<a href="https://www.yunxi.example/a">网站</a>。</p>`],
  [
    'addressee, signature and date',
    `<p class="addressee">各乡镇人民政府：</p>${head}<p>请落实。</p><p class="signature">云溪县人民政府</p><p class="signature">2026年11月23日</p>`,
  ],
  [
    'what is centred, right and left',
    `${head}<p class="align-center">居中</p><p class="align-right">靠右</p><p class="align-left">靠左</p>`,
  ],
  [
    'lists within lists',
    `${head}<ul><li>甲<ul><li>乙</li><li>丙</li></ul></li><li>丁</li></ul><p>又：</p><ol><li>一<ol><li>二</li></ol></li></ol>`,
  ],
  [
    'the list of attachments, and where they begin',
    `${head}<p class="attachments">附件：</p><ol class="attachments"><li>分工表</li><li>路线图</li></ol><h2 class="attachment">附件1　分工表</h2><h2 class="document-title">云溪县公交管理办法</h2><p>第一条</p>`,
  ],
  [
    'a table with a name, two head rows, merged cells, and heads of rows',
    `${head}<table><caption>分工表</caption><thead><tr><th rowspan="2" scope="col">任务</th><th colspan="2" scope="col">时限</th></tr>` +
      '<tr><th scope="col">开始</th><th scope="col">完成</th></tr></thead><tbody><tr><th scope="row">新增</th><td rowspan="2" class="align-right">3</td><td>5月</td></tr>' +
      '<tr><th scope="row">延长</th><td>6月</td></tr><tr><td colspan="3">合计</td></tr></tbody></table>',
  ],
  [
    'cells of several paragraphs, with lists',
    `${head}<table><tbody><tr><td><p>甲</p><p>乙</p></td><td><ul><li>丙</li></ul></td></tr></tbody></table>`,
  ],
  ['a cell with nothing in it', `${head}<table><tbody><tr><td>甲</td><td></td></tr></tbody></table>`],
  [
    'a picture with its description',
    `${head}<img src="/files/abcdefghjk/1.png" alt="线路示意图"><p>以上。</p>`,
  ],
  [
    'a picture with words below it',
    `${head}<figure><img src="/files/abcdefghjk/1.png" alt="线路"><figcaption>图1 线路</figcaption></figure>`,
  ],
  [
    'a note at the foot',
    `${head}<p>按办法<sup>[1]</sup>执行，另<sup>[2]</sup>。</p><p>完。</p><p>[1] 指公交办法。</p><p>[2] 见附件。</p>`,
  ],
  ['a quotation and a rule', `${head}<blockquote><p>引文。</p></blockquote><hr><p>正文。</p>`],
  ['signs that are markup elsewhere', `${head}<p>甲 &lt; 乙 &amp;&amp; 丙 &gt; 丁，“引号”……——。</p>`],
]

describe('a body goes out as .docx and comes in again as the same', () => {
  it.each(shapes)('%s', async (_, html) => {
    expect(sameSpelling(await thereAndBack(html))).toBe(sameSpelling(html))
  })

  it('whatever is put together of these', async () => {
    const words = fc.constantFrom('按期完成', '加强管护', '公开结果', 'A-1', '甲、乙')
    const inline = fc
      .array(fc.tuple(words, fc.constantFrom('', 'strong', 'em', 'u', 'sup')), { minLength: 1, maxLength: 4 })
      .map(parts => parts.map(([text, tag]) => (tag ? `<${tag}>${text}</${tag}>` : `${text}，`)).join(''))
    const block = fc.oneof(
      inline.map(text => `<p>${text}</p>`),
      fc
        .tuple(fc.integer({ min: 2, max: 5 }), words)
        .map(([level, text]) => `<h${level}>${text}</h${level}>`),
      fc
        .array(words, { minLength: 1, maxLength: 3 })
        .map(items => `<ol>${items.map(one => `<li>${one}</li>`).join('')}</ol><p>又。</p>`),
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 4 }), fc.boolean(), inline)
        .map(([rows, columns, merged, text]) => table(rows, columns, merged, text)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 8 }), async blocks => {
        const html = head + blocks.join('')
        expect(sameSpelling(await thereAndBack(html))).toBe(sameSpelling(html))
      }),
      { numRuns: 40 },
    )
  })
})

const table = (rows: number, columns: number, merged: boolean, text: string) =>
  `<table><thead><tr>${'<th scope="col">项</th>'.repeat(columns)}</tr></thead><tbody>${
    merged ? `<tr><td colspan="${columns}">${text}</td></tr>` : ''
  }${`<tr>${'<td>值</td>'.repeat(columns)}</tr>`.repeat(rows)}</tbody></table>`

/** Two neighbours of one mark are one; attributes stand in one order. */
const sameSpelling = (html: string) =>
  cleanBody(html)
    .replace(/<\/(strong|em|u|sup)><\1>/g, '')
    .replace(/<(t[dh]|img)((?: [a-z]+="[^"]*")+)(?: \/)?>/g, (_, tag: string, all: string) => {
      const attributes = [...all.matchAll(/[a-z]+="[^"]*"/g)].map(([one]) => one).sort()
      return `<${tag} ${attributes.join(' ')}>`
    })

describe('a .docx that somebody else wrote', () => {
  it('gets its structure from its words where it has no headings', async () => {
    const file = docx([wordParagraph('一、总体要求'), wordParagraph('加强管护。')].join(''))
    const read = await readDocument('通知.docx', file)
    if (read.form !== 'html') throw new Error(read.form)
    expect(bodyOfWord(read.html)).toBe('<h2 id="s-1">一、总体要求</h2>\n<p>加强管护。</p>')
  })
})
