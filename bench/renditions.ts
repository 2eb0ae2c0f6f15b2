import { PDFiumLibrary } from '@hyzyla/pdfium'
import { PageThread } from '../src/modules/renditions/making/page-thread.ts'
import { type Format, formats } from '../src/modules/renditions/making/rendition.ts'
import { readEdition } from '../src/modules/renditions/read-edition.ts'
import { load, megabytes, milliseconds, type Print, quantile } from './figures.ts'

const times = 20
const sentence =
  '各乡镇人民政府要把农村供水保障工作摆上重要位置，明确责任人，排出时间表，逐村逐户落实到位；县水利局会同有关部门加强督促检查，每季度通报一次进展情况。'

/** A document of ten pages with levels, a table over a page end and an annex; none like another, or the compiler would remember it. */
const bodyOf = (turn: number) =>
  [
    '<p class="addressee">各乡镇人民政府，县政府各部门：</p>',
    ...['一、总体要求', '二、重点任务', '三、保障措施', '四、组织实施'].flatMap((heading, at) => [
      `<h2>${heading}</h2>`,
      ...Array.from({ length: 10 + at }, () => `<p>${sentence.replace('各', `第${turn}批`)}</p>`),
      '<h3>（一）工作目标</h3>',
    ]),
    '<table><thead><tr><th>序号</th><th>任务</th><th>单位</th><th>时限</th></tr></thead><tbody>',
    ...Array.from(
      { length: 30 },
      (_, at) =>
        `<tr><td>${at + 1}</td><td>铺设第${at + turn}段管网并通水</td><td>县水利局</td><td>2027年6月底前</td></tr>`,
    ),
    '</tbody></table>',
    '<p class="signature">云溪县人民政府办公室</p><p class="signature">2026年11月3日</p>',
    '<h2 class="attachment">附件1 任务分工表</h2>',
    ...Array.from({ length: 4 }, () => `<p>${sentence.replace('各', `第${turn}批`)}</p>`),
  ].join('')

const documentOf = (turn: number) =>
  readEdition({
    title: '云溪县人民政府办公室关于进一步做好农村供水保障工作的通知',
    docNo: '云政办发〔2026〕12号',
    issuers: ['云溪县人民政府办公室'],
    genre: '通知',
    keywords: '供水',
    signedOn: '2026-11-03',
    bodyHtml: bodyOf(turn),
    organName: '云溪县人民政府办公室',
    siteName: '云溪县人民政府',
    indexNo: '11000000-0000-2026-00001',
    number: 1,
    digest: `sha256:${'ab'.repeat(32)}`,
    publicFrom: new Date('2026-11-04T02:00:00Z'),
  })

/** How long a reader waits for a PDF and a Word file that nobody has made yet: the first of a process, and the next ones. */
export async function benchRenditions(print: Print): Promise<void> {
  for (const format of Object.keys(formats) as Format[]) {
    const thread = new PageThread()
    let turn = 0
    const make = async () => {
      const document = documentOf(++turn)
      const begun = performance.now()
      const bytes = await thread.write({ format, document, pictures: new Map(), fonts: '' })
      return { bytes, took: performance.now() - begun }
    }
    const first = await make()
    const warm: number[] = []
    for (let at = 0; at < times; at++) warm.push((await make()).took)
    const pages = format === 'pdf' ? `${await pagesOf(first.bytes)} 页，` : ''
    print(
      formats[format].label,
      `${pages}第一份 ${milliseconds(first.took)} ms（含启动线程、读字体），以后 p50 ${milliseconds(quantile(warm, 0.5))} · p95 ${milliseconds(quantile(warm, 0.95))} ms，${Math.round(first.bytes.length / 1024)} KB；进程内存 ${megabytes(process.memoryUsage.rss())}；${load()}`,
    )
    await thread.stop()
  }
}

async function pagesOf(bytes: Uint8Array): Promise<number> {
  const library = await PDFiumLibrary.init()
  const count = (await library.loadDocument(bytes)).getPageCount()
  library.destroy()
  return count
}
