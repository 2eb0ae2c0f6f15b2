import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPublicView, type PublicView } from '#modules/publications'
import { openStorage } from '#platform/storage/storage'
import { docx, wordParagraph, zip } from '../../../../test/make/documents.ts'
import { pngBytes } from '../../../../test/make/file-bytes.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import type { ImportLine } from '../import/import-line.ts'
import { WorkerPool } from '../import/worker-pool.ts'
import { listener, printed } from '../import-for-tests.ts'
import { beginImport } from './begin-import.ts'
import { previewImport, runImport } from './run-import.ts'

let house: Publishing
let data: string
beforeAll(async () => {
  house = await makePublishing()
  data = await makeTestFolder()
})
afterAll(() => house.leave())

const db = () => house.connection.db
async function importFolder(path: string, publishes = true) {
  const run = await beginImport(house.system, { choice: {}, publishes, paths: [path] })
  const report = listener()
  await runImport(house.system, run, { paths: [path] }, { storage: openStorage(data), report })
  return report
}
async function viewOf(line: ImportLine | undefined): Promise<PublicView> {
  const [, segment = '', publicId = ''] = line?.address?.split('/') ?? []
  const found = await findPublicView(db(), house.now(), { siteId: house.at.site.id, publicId, segment })
  if (!found || !('bodyHtml' in found)) throw new Error('not public')
  return found
}

describe('an archive', () => {
  it('is a folder that came packed; what is wrong in it is told and the rest goes in', async () => {
    const folder = await makeTestFolder()
    const text = printed('关于打包的通知', '云水〔2018〕1号', '云溪县水利局')
    await writeFile(
      join(folder, '备份.zip'),
      zip([
        { name: '2018/一.txt', bytes: text },
        { name: '2018/空.txt', bytes: '' },
        { name: '../外面.txt', bytes: text },
        { name: '2018/程序.exe', bytes: 'MZ' },
      ]),
    )
    const { lines, faults } = await importFolder(folder)
    expect(lines.map(line => [line.file.slice(folder.length), line.result])).toEqual([
      ['/备份.zip/2018/一.txt', 'published'],
    ])
    const why = faults.map(fault => fault.why)
    expect(why).toHaveLength(3)
    for (const words of ['空文件', '是程序', '指向压缩包外面']) expect(why.join(), words).toContain(words)
    expect((await importFolder(folder)).lines.map(line => line.result)).toEqual(['unchanged'])
  })
})

describe('a list of documents', () => {
  it('fills in what its documents do not state; rows without a document become drafts, once', async () => {
    const folder = await makeTestFolder()
    await writeFile(
      join(folder, '清单.csv'),
      [
        '文件名称,文号,发文机关,成文日期,发布日期',
        '关于甲事的通知,云水〔2017〕1号,云溪县水利局,2017-01-02,2017-01-09',
        '关于乙事的通知,云水〔2017〕2号,云溪县水利局,2017-02-02,2017-02-09',
      ].join('\n'),
    )
    const without = printed('关于甲事的通知', '云水〔2017〕1号', '云溪县水利局').replace('2021年3月5日', '')
    await writeFile(join(folder, '甲.txt'), without)
    const { lines } = await importFolder(folder)
    expect(lines.map(line => [line.title, line.result, line.signedOn, line.publishedOn])).toEqual([
      ['关于甲事的通知', 'published', '2017-01-02', '2017-01-09'],
      ['关于乙事的通知', 'draft', '2017-02-02', '2017-02-09'],
    ])
    expect(lines[0]?.doubts.map(doubt => doubt.why).join()).toContain('按清单“清单.csv”填写')
    const again = await importFolder(folder)
    expect(new Set(again.lines.map(line => line.result))).toEqual(new Set(['unchanged']))
    const { rows } = await sql`select 1 from editions where title = '关于乙事的通知'`.execute(db())
    expect(rows).toHaveLength(1)
  })
})

const drawing = `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="示意图"/><a:graphic><a:graphicData>
  <pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`

describe('a document in a format of its own', () => {
  it('keeps the original, closed, and shows the pictures that it holds', async () => {
    const folder = await makeTestFolder()
    const picture = pngBytes(6, 4)
    const body = [
      '关于图表的通知',
      '云水〔2016〕8号',
      '各乡镇：',
      '请按下图执行，抓好落实。',
      '云溪县水利局',
      '2016年5月6日',
    ]
      .map(line => wordParagraph(line))
      .toSpliced(4, 0, drawing)
      .join('')
    await writeFile(join(folder, '图表.docx'), docx(body, { 'word/media/image1.png': picture }))
    const [line] = (await importFolder(folder)).lines
    expect(line).toMatchObject({ title: '关于图表的通知', docNo: '云水〔2016〕8号', result: 'published' })
    const view = await viewOf(line)
    expect(view.attachments).toMatchObject([{ href: null, title: '原件：图表.docx' }])
    expect(view.bodyHtml).toMatch(/<img [^>]*src="\/files\/[^"]+\.png"/)
    expect(view.bodyHtml).not.toContain('embedded.invalid')
    expect((await importFolder(folder)).lines.map(one => one.result)).toEqual(['unchanged'])
  })

  it('that a page hands out is no item of its own', async () => {
    const folder = join(await makeTestFolder(), 'www.old-site.example')
    await mkdir(folder)
    const lines = ['关于附表的通知', '请按表格填报，抓好落实，按时上报。', '云溪县水利局']
    await writeFile(join(folder, '附表.docx'), docx(lines.map(line => wordParagraph(line)).join('')))
    await writeFile(
      join(folder, '1.html'),
      `<html><body><h1>关于填报的通知</h1><div class="content"><p>${'请各单位按照附表认真填报。'.repeat(6)}</p>
        <p>附件：<a href="%E9%99%84%E8%A1%A8.docx">填报表</a></p></div></body></html>`,
    )
    const { lines: told, faults } = await importFolder(folder)
    expect([told.map(line => line.title), faults]).toEqual([['关于填报的通知'], []])
    expect((await viewOf(told[0])).attachments).toMatchObject([{ title: '填报表', href: null }])
    const preview = listener()
    await previewImport(house.system, {}, { paths: [folder] }, { report: preview })
    expect(preview.lines.map(line => line.result)).toEqual(['unchanged'])
  })
})

describe('readers', () => {
  it('one that dies over a file takes only that file with it', async () => {
    const folder = await makeTestFolder()
    const names = Array.from({ length: 8 }, (_, n) => join(folder, `${n}.txt`))
    for (const [n, name] of names.entries())
      await writeFile(name, printed(`关于第${n}件的通知`, `云水〔2010〕${n + 1}号`, '云溪县水利局'))
    // Nobody can read a folder of 20 MB of tags with so little memory
    const heavy = join(folder, 'heavy.html')
    await writeFile(heavy, `<html><body>${'<p><b>甲</b><i>乙</i></p>'.repeat(400_000)}</body></html>`)
    const pool = new WorkerPool(1, 64)
    const done = await Promise.all(
      [names[0] ?? '', heavy, ...names.slice(1)].map(name =>
        pool.read(name, { name, base: null, told: false }),
      ),
    )
    await pool.close()
    expect(done[1]).toMatchObject({ why: expect.stringContaining('内存不够') })
    expect(done.filter(one => 'documents' in one)).toHaveLength(8)
  })
})
