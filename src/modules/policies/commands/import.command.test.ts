import { mkdir, readdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOrgan, createOrganInput } from '#modules/organisations'
import { listPublic } from '#modules/publications'
import { openStorage } from '#platform/storage/storage'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import type { ImportFault, ImportLine } from '../import/import-line.ts'
import { gbk, printed } from '../import-for-tests.ts'
import { importCommandWith } from './import.command.ts'

let house: Publishing
let folder: string
let data: string
beforeAll(async () => {
  house = await makePublishing()
  await createOrgan(
    house.system,
    createOrganInput.parse({
      key: 'slj',
      name: '云溪县水利局',
      shortName: '县水利局',
      type: 'department',
      level: 'county',
      parentId: house.at.government.id,
      docCodes: [],
    }),
  )
  folder = await makeTestFolder()
  data = await makeTestFolder()
  await fill(folder)
})
afterAll(() => house.leave())

const notice = (title: string, docNo: string, body?: string) => printed(title, docNo, '云溪县水利局', body)

/** What comes with a real folder of an old site. */
async function fill(at: string) {
  const put = (name: string, content: string | Uint8Array) => writeFile(join(at, name), content)
  await put('a-utf8.txt', notice('关于春灌用水的通知', '云水〔2021〕1号'))
  await put('b-gbk.txt', gbk(notice('关于水库除险加固的通知', '云水〔2021〕2号')))
  await put(
    'c-utf16.txt',
    Buffer.from(`\ufeff${notice('关于河长制考核的通知', '云水〔2021〕3号')}`, 'utf16le'),
  )
  await put('d-hostile.html', hostile)
  await put(
    'e-february.txt',
    notice('关于汛期值班的通知', '云水〔2021〕5号').replace('2021年3月5日', '2021年2月30日'),
  )
  await put('f-emoji.txt', notice('关于节水宣传的通知', '云水〔2021〕😀号'))
  await put('g-empty.txt', '')
  await put('h-binary.txt', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)))
  await put('i-huge.txt', '')
  await truncate(join(at, 'i-huge.txt'), 200 * 1024 * 1024)
  await put('j-scan.pdf', '%PDF-1.4')
  await put('k-old.rtf', 'x')
  await put('.hidden.txt', 'x')
  await mkdir(join(at, 'sub', 'page_files'), { recursive: true })
  await put(
    'sub/page.html',
    `<html><body><h1>关于取水许可的通知</h1><p>${'各用水户应当按时申报。'.repeat(5)}</p></body></html>`,
  )
  await put('sub/page_files/ad.html', '<p>ad</p>')
  await put('sub/page_files/logo.png', 'x')
  await symlink(at, join(at, 'sub', 'circle'))
}

const hostile = `<!doctype html><html><head><meta charset="utf-8"><title>关于供水价格的通知</title>
<meta name="PubDate" content="2021-04-02 08:00"><meta name="Url" content="http://www.yunxi.gov.cn/a/1.html"></head>
<body><script>alert(1)</script><h1>关于供水价格的通知</h1><div class="content" onclick="steal()">
<p>一、基本水价每吨二元。<img src="x" onerror="alert(2)"><img src="http://evil.example/p.gif" alt="公章"></p>
<p>二、<a href="javascript:alert(3)">详见</a>附表，<a href="https://casino.example/">链接</a>。</p>
<iframe src="http://evil.example"></iframe><p>特此通知，请遵照执行，并做好宣传解释工作。</p></div></body></html>`

interface Ran {
  code: number
  text: string
  errors: string
  documents: ImportLine[]
  faults: ImportFault[]
}

async function run(...args: string[]): Promise<Ran> {
  const printedLines: string[] = []
  const errors: string[] = []
  const command = importCommandWith(() => openStorage(data))
  const code = await command.run(house.system, args, {
    print: line => void printedLines.push(line),
    error: line => void errors.push(line),
  })
  const text = printedLines.join('\n')
  const found = args.includes('--json') && code < 2 ? JSON.parse(text) : { documents: [], faults: [] }
  return { code, text, errors: errors.join('\n'), documents: found.documents, faults: found.faults }
}

const named = <Row extends { file: string }>(rows: Row[], name: string): Row => {
  const row = rows.find(one => one.file.endsWith(name))
  if (!row) throw new Error(`nothing about ${name}`)
  return row
}
const publications = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from publications`.execute(
    house.connection.db,
  )
  return rows[0]?.n
}

describe('import: a folder of an old site', () => {
  it('is previewed first: every file is told, nothing is written', async () => {
    const { code, documents, faults } = await run(folder, '--json')
    expect(code).toBe(1)
    expect(documents.map(one => [one.file.slice(folder.length + 1), one.result])).toEqual([
      ['a-utf8.txt', 'preview'],
      ['b-gbk.txt', 'preview'],
      ['c-utf16.txt', 'preview'],
      ['d-hostile.html', 'preview'],
      ['e-february.txt', 'preview'],
      ['f-emoji.txt', 'preview'],
      ['sub/page.html', 'preview'],
    ])
    expect(faults.map(one => one.file.slice(folder.length + 1)).sort()).toEqual([
      'g-empty.txt',
      'h-binary.txt',
      'i-huge.txt',
      'j-scan.pdf',
      'k-old.rtf',
    ])
    expect(await publications()).toBe(0)
  })

  it('reads GBK and UTF-16; what is impossible is null with a doubt', async () => {
    const { documents } = await run(folder, '--json')
    expect(named(documents, 'b-gbk.txt')).toMatchObject({
      title: '关于水库除险加固的通知',
      docNo: '云水〔2021〕2号',
      issuer: '云溪县水利局',
    })
    expect(named(documents, 'c-utf16.txt')).toMatchObject({
      title: '关于河长制考核的通知',
      docNo: '云水〔2021〕3号',
    })
    const february = named(documents, 'e-february.txt')
    expect(february.signedOn).toBeNull()
    expect(
      february.doubts
        .filter(doubt => doubt.field === 'signedOn')
        .map(doubt => doubt.why)
        .join(),
    ).toMatch(/2月30日/)
    const emoji = named(documents, 'f-emoji.txt')
    expect(emoji).toMatchObject({ docNo: null, docNoPrinted: '云水〔2021〕😀号' })
    expect(emoji.doubts.find(doubt => doubt.field === 'docNo')?.why).toContain('😀')
  })

  it('says of each refused file what it is and what to do; 200 MB are never read', async () => {
    const before = process.memoryUsage().rss
    const { faults } = await run(folder, '--json')
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    expect(named(faults, 'g-empty.txt').why).toContain('空文件')
    expect(named(faults, 'h-binary.txt').why).toContain('不是纯文本')
    expect(named(faults, 'i-huge.txt').why).toMatch(/200 MB.*20 MB.*原文件未动/)
    expect(named(faults, 'j-scan.pdf').why).toContain('损坏')
    expect(named(faults, 'k-old.rtf').why).toContain('另存为')
  })

  it('is published as archive: script and foreign pictures are gone, the rest stands', async () => {
    const { code, documents } = await run(folder, '--publish-as-archive', '--json')
    expect(code).toBe(1)
    expect(new Set(documents.map(one => one.result))).toEqual(new Set(['published']))
    const { rows } = await sql<{
      bodyHtml: string
    }>`select body_html from editions where title = '关于供水价格的通知'`.execute(house.connection.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.bodyHtml).not.toMatch(/script|alert|onerror|onclick|<img|<iframe|evil/)
    expect(rows[0]?.bodyHtml).toContain('基本水价每吨二元')
    const why = named(documents, 'd-hostile.html')
      .doubts.map(doubt => doubt.why)
      .join('\n')
    expect(why).toContain('evil.example/p.gif')
    expect(why).toContain('casino.example')
    const found = await listPublic(
      house.connection.db,
      house.now(),
      { siteId: house.at.site.id, year: 2021 },
      { page: 1, pageSize: 20 },
    )
    expect(found.rows.map(row => [row.title, row.sourcePublishedOn])).toContainEqual([
      '关于供水价格的通知',
      '2021-04-02',
    ])
  })

  it('again changes nothing, also after one file has come', async () => {
    const before = (await publications()) ?? 0
    await writeFile(join(folder, 'z-new.txt'), notice('关于冬修水利的通知', '云水〔2021〕9号'))
    const { documents } = await run(folder, '--publish-as-archive', '--json')
    expect(documents.filter(one => one.result !== 'unchanged').map(one => one.title)).toEqual([
      '关于冬修水利的通知',
    ])
    expect(documents.every(one => one.address?.startsWith('/'))).toBe(true)
    expect(await publications()).toBe(before + 1)
    const preview = await run(folder, '--json')
    expect(new Set(preview.documents.map(one => one.result))).toEqual(new Set(['unchanged']))
  })

  it('can be reported again, refused files included', async () => {
    await run(folder, '--publish-as-archive')
    const { documents, faults, code } = await run('--report', 'last', '--json')
    expect([documents.length, faults.length, code]).toEqual([8, 5, 1])
    expect((await run('--report', 'last')).text).toContain('没有改动')
  })

  it('leaves the files as they are', async () => {
    expect((await readdir(folder)).length).toBe(14)
  })
})

describe('import: what a person reads', () => {
  it('is a table with the doubts under each document', async () => {
    const file = join(folder, 'print.txt')
    await writeFile(file, notice('关于抗旱的通知', '云水〔2020〕1号'))
    const { text, code } = await run(file)
    expect(code).toBe(0)
    expect(text).toMatch(/可导入 +云水〔2020〕1号 +2021-03-05 +— +关于抗旱的通知/)
    expect(text).toContain('核对　发布日期：')
    expect(text).toContain('什么也没有写')
  })

  it('names the remedy when it cannot run', async () => {
    expect(await run()).toMatchObject({ code: 2, errors: expect.stringContaining('用法') })
    await expect(run(folder, '--site', 'nowhere')).rejects.toThrow('可用的站点：yunxi')
    await expect(run(folder, '--column', 'nowhere')).rejects.toThrow('可用的栏目')
    await expect(run(folder, '--organ', 'nowhere')).rejects.toThrow('没有代码为“nowhere”的机构')
    await expect(run(folder, '--kind', 'interpretation')).rejects.toThrow('可用的种类')
    const missing = await run(join(folder, 'nothing-here.txt'), '--json')
    expect(missing).toMatchObject({ code: 1, faults: [{ why: expect.stringContaining('没有') }] })
  })
})

const real = process.env.REAL_DOCUMENTS

describe.skipIf(!real)(`import: the five seed documents${real ? '' : ' (skipped: no ../shared)'}`, () => {
  it('are published as archive; what they do not state is null with a doubt', async () => {
    const { code, documents } = await run(
      join(real ?? '', 'seeds'),
      '--publish-as-archive',
      '--column',
      'policies',
      '--json',
    )
    expect(code).toBe(0)
    const stated = documents.map(({ title, issuer, docNo, signedOn, publishedOn, result }) => ({
      title,
      issuer,
      docNo,
      signedOn,
      publishedOn,
      result,
    }))
    const none = {
      title: null,
      issuer: null,
      docNo: null,
      signedOn: null,
      publishedOn: null,
      result: 'published',
    }
    expect(stated).toEqual([
      { ...none, title: '2016年政务公开工作要点', publishedOn: '2016-07-18' },
      { ...none, title: '霍邱县2023年度政务公开重点工作清单落实情况', publishedOn: '2023-05-31' },
      none,
      {
        ...none,
        title: '益阳市人民政府办公室关于印发《2017年全市政务公开政务服务工作要点》的通知',
        issuer: '益阳市人民政府办公室',
        docNo: '益政办函〔2017〕19号',
        signedOn: '2017-03-10',
        publishedOn: '2017-03-22',
      },
      {
        ...none,
        title: '临夏回族自治州人民政府办公室关于贯彻落实《〈全面推进政务公开工作的意见〉实施细则》的通知',
        issuer: '临夏回族自治州人民政府办公室',
        signedOn: '2017-10-13',
        publishedOn: '2017-11-28',
      },
    ])
    for (const line of documents)
      for (const field of ['title', 'issuer', 'docNo', 'signedOn', 'publishedOn'] as const)
        if (line[field] === null)
          expect(
            line.doubts.some(doubt => doubt.field === field),
            `${line.file} ${field}`,
          ).toBe(true)
  })
})
