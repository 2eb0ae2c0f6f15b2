import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type MeasuredLine, measuredPages } from '../../../../test/make/measured-pages.ts'
import { type Faces, findFonts } from '../fonts.ts'
import { letterDocument } from '../letter-document.ts'
import type { OfficialDocument } from '../official-document.ts'
import { type EditionSource, readEdition } from '../read-edition.ts'
import { writePdf } from './write-pdf.ts'

let faces: Faces
beforeAll(() => {
  faces = findFonts('/no/such/folder')
})

const sentence =
  '各乡镇人民政府、县政府各部门要把涉企检查纳入统一计划，同一部门一年内对同一企业原则上只检查一次（专项检查除外），确需增加的，报县司法局备案并说明理由。'
const solid = '统一计划分级负责依法行政公开透明便民高效'.repeat(12)

const source = (more: Partial<EditionSource> = {}): EditionSource => ({
  title: '云溪县人民政府办公室关于印发云溪县规范涉企行政检查若干措施的通知',
  docNo: '云政办发〔2026〕12号',
  issuers: ['云溪县人民政府办公室'],
  genre: '通知',
  keywords: '行政检查 营商环境',
  signedOn: '2026-03-09',
  bodyHtml: '<p>正文。</p>',
  organName: '云溪县人民政府办公室',
  siteName: '云溪县人民政府',
  indexNo: '11330100/2026-00012',
  number: 1,
  digest: 'sha256:0123456789abcdef',
  publicFrom: new Date('2026-03-10T01:00:00Z'),
  ...more,
})

const tenPages = () =>
  readEdition(
    source({
      bodyHtml: [
        '<p class="addressee">各乡镇人民政府，县政府各部门、各直属机构：</p>',
        ...Array.from({ length: 10 }, () => `<p>${sentence.repeat(3)}</p><p>${solid}</p>`),
        '<h3>二、组织实施</h3>',
        `<p>${sentence}</p>`,
        '<p class="signature">云溪县人民政府办公室</p><p class="signature">2026年3月9日</p>',
        '<p>（此件公开发布）</p>',
        '<p>抄送：县委各部门，县人大常委会办公室，县政协办公室。</p>',
        '<p>云溪县人民政府办公室　　2026年3月9日印发</p>',
      ].join(''),
    }),
  )

const write = (document: OfficialDocument) => writePdf(document, new Map(), faces)
const bare = (text: string) => text.replace(/\s+/gu, '')
/** Upper and lower edge of the type of a line: Chinese signs reach from -0.12 to 0.88 of their size. */
const top = (line: MeasuredLine) => line.baseline - (0.88 * line.points * 25.4) / 72
const bottom = (line: MeasuredLine) => line.baseline + (0.12 * line.points * 25.4) / 72
const isNumber = (line: MeasuredLine) => /^— \d+ —$/.test(line.text)
const within = (value: number | undefined, wanted: number, most = 1) =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThanOrEqual(most)

describe('a document of ten pages', () => {
  let measured: Awaited<ReturnType<typeof measuredPages>>
  let inner: MeasuredLine[][]
  beforeAll(async () => {
    write(readEdition(source()))
    const start = performance.now()
    const pdf = write(tenPages())
    const spent = performance.now() - start
    measured = await measuredPages(pdf)
    inner = measured.pages.slice(1, 8).map(page => page.filter(line => !isNumber(line)))
    const first = inner[0]?.[0]
    const last = inner[0]?.at(-1)
    if (first && last)
      console.log(
        `${measured.pages.length} pages in ${Math.round(spent)} ms; type from ${top(first).toFixed(2)} to ${bottom(last).toFixed(2)} mm, ` +
          `from ${first.left.toFixed(2)} to ${Math.max(...inner.flat().map(line => (line.text.length === 28 && !/[，。）、]$/.test(line.text) ? line.right : 0))).toFixed(2)} mm`,
      )
  })

  test('it has ten pages of 22 lines in a block of 156 × 225 mm (S-GWG-02, S-GWG-03)', () => {
    expect(measured.pages).toHaveLength(10)
    for (const page of inner) {
      expect(page).toHaveLength(22)
      within(page[0] && top(page[0]), 37, 0.3)
      within(page[21] && bottom(page[21]), 262, 0.3)
      for (const [at, line] of page.entries())
        within(line.baseline, (page[0]?.baseline ?? 0) + at * 10.446, 0.1)
    }
  })

  test('full lines of signs alone have 28, from 28 to 184 mm (S-GWG-02, S-GWG-03)', () => {
    const full = inner
      .flat()
      .filter(line => /^\p{Script=Han}{20,}$/u.test(line.text) && line.left < 30 && line.right > 180)
    expect(full.length).toBeGreaterThan(40)
    for (const line of full) {
      if (solid.repeat(2).includes(line.text)) expect([...line.text]).toHaveLength(28)
      within(line.left, 28, 0.2)
      within(line.right, 184, 0.2)
    }
  })

  test('no line begins with a stop nor ends with an opening bracket', () => {
    for (const line of measured.pages.flat()) {
      expect(line.text).not.toMatch(/^[，。、；：？！）》”’]/)
      expect(line.text).not.toMatch(/[（《“‘]$/)
    }
  })

  test('page numbers stand outside, their dashes 7 mm below the text, one blank from its edge (S-GWG-19)', () => {
    for (const [at, page] of measured.pages.entries()) {
      const number = page.find(isNumber)
      expect(number?.text).toBe(`— ${at + 1} —`)
      within(number?.points, 14, 0.1)
      // The dash stands a third of the type above its line
      within((number?.baseline ?? 0) - (0.34 * 14 * 25.4) / 72, 269, 0.3)
      if (at % 2 === 0) within(number?.right, 184 - 4.94)
      else within(number?.left, 28 + 4.94)
    }
  })

  test('the mark stands 35 mm below the upper edge of the text, the title in 二号 (S-GWG-07, S-GWG-08, S-GWG-11)', () => {
    const [mark, number, title] = measured.pages[0] ?? []
    expect(mark?.text).toBe('云溪县人民政府办公室文件')
    within(mark && top(mark), 72)
    expect(number?.text).toBe('云政办发〔2026〕12号')
    within(((number?.left ?? 0) + (number?.right ?? 0)) / 2, 106, 0.5)
    within(title?.points, 22, 0.1)
    expect(title?.text).toBe('云溪县人民政府办公室关于印发云溪县')
  })

  test('its text is found in its order; it has title, language, tags and the time of its edition', () => {
    const text = bare(measured.text)
    const places = [
      '文件',
      '〔2026〕12号',
      '若干措施的通知',
      '各直属机构：',
      '二、组织实施',
      '2026年3月9日',
      '（此件公开发布）',
      '抄送：',
      '印发',
    ].map(word => text.lastIndexOf(word))
    expect(text).toContain(bare(sentence.repeat(3)).slice(0, 40))
    expect(places.every(place => place >= 0)).toBe(true)
    expect(text.indexOf('各直属机构：')).toBeLessThan(text.indexOf('二、组织实施'))
    expect(text.indexOf('二、组织实施')).toBeLessThan(text.indexOf('2026年3月9日'))
    expect(measured.info).toMatchObject({
      Title: source().title,
      Language: 'zh-CN',
      CreationDate: 'D:20260310010000Z',
    })
    expect([...measured.tags]).toEqual(expect.arrayContaining(['H1', 'H2', 'P']))
  })

  test('made twice it is the same to the byte, also by fresh fonts', () => {
    const once = Buffer.from(write(tenPages()))
    expect(Buffer.from(write(tenPages())).equals(once)).toBe(true)
    expect(Buffer.from(writePdf(tenPages(), new Map(), findFonts('/no/such/folder'))).equals(once)).toBe(true)
  })
})

test('a long table repeats its head on each page and loses no row', async () => {
  const rows = Array.from(
    { length: 90 },
    (_, at) =>
      `<tr><td>${at + 1}</td><td>检查事项第${at + 1}项含现场核查和抽样检验以及资料审核</td><td>县市场监管局</td></tr>`,
  )
  const html = `<p>${sentence}</p><table><thead><tr><th>序号</th><th>检查事项</th><th>牵头部门</th></tr></thead><tbody>${rows.join('')}</tbody></table><p>${sentence}</p>`
  const { pages, text, tags } = await measuredPages(write(readEdition(source({ bodyHtml: html }))))
  for (let at = 1; at <= 90; at++) expect(text.split(`检查事项第${at}项`)).toHaveLength(2)
  const tabled = pages.filter(page => page.some(line => line.text.includes('检查事项第')))
  expect(tabled.length).toBeGreaterThan(2)
  for (const page of tabled) expect(page.some(line => /序号.*检查事项.*牵头部门/.test(line.text))).toBe(true)
  for (const line of pages.flat()) expect(line.right).toBeLessThan(187)
  expect([...tags]).toEqual(expect.arrayContaining(['Table', 'TH', 'TD']))
  // Text after a table is on the grid again
  const after = pages.flat().findLast(line => line.text.startsWith('各乡镇'))
  const lines = ((after ? top(after) : 0) - 37) / 10.446
  within(lines, Math.round(lines), 0.1)
})

test('what looks like a program in a text is only text', async () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        '#',
        '$',
        '[',
        ']',
        '@',
        '\\',
        '`',
        '*',
        '_',
        '=',
        '/',
        '//',
        '/*',
        '<a>',
        '"',
        '~',
        '{',
        '}',
        'eval(',
        'read("x")',
        '#panic()',
        '云',
        'x',
        '1.',
        '- ',
      ),
      { minLength: 1, maxLength: 30 },
    )
    .map(parts => parts.join('').trim())
    .filter(text => text !== '')
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (title, body) => {
      const made = await measuredPages(
        write({
          ...readEdition(source({ title: '通知', digest: null })),
          title,
          titleLines: [title],
          blocks: [
            { kind: 'addressee', text: body },
            { kind: 'paragraph', runs: [{ text: `甲${body}乙` }] },
            { kind: 'attachments', items: [body, body] },
            { kind: 'signature', lines: [body] },
          ],
        }),
      )
      expect(bare(made.text)).toContain(bare(title))
      expect(bare(made.text)).toContain(bare(`甲${body}乙`))
    }),
    { numRuns: 40 },
  )
})

test('empty fields, a title of 300 signs and signs of no font still make a page', async () => {
  const empty = await measuredPages(
    write(
      readEdition(
        source({
          title: '',
          docNo: null,
          issuers: [],
          keywords: '',
          bodyHtml: '',
          siteName: '',
          indexNo: null,
        }),
      ),
    ),
  )
  expect(empty.pages).toHaveLength(1)
  const long = await measuredPages(write(readEdition(source({ title: '云溪县规范'.repeat(60) }))))
  expect(bare(long.text).replace('—1—', '')).toContain('云溪县规范'.repeat(60))
  expect(Math.max(...long.pages.flat().map(line => line.right))).toBeLessThan(185)
  const wide = (text: string) => write(readEdition(source({ bodyHtml: `<p>甲${text}乙</p>` })))
  const [without, strange] = await Promise.all([measuredPages(wide('')), measuredPages(wide('😀𠮷'))])
  const width = (one: typeof without) => {
    const line = one.pages.flat().find(({ text }) => text.startsWith('甲'))
    return (line?.right ?? 0) - (line?.left ?? 0)
  }
  // A box stands where the sign should be
  expect(width(strange) - width(without)).toBeGreaterThan(8)
  const endless = await measuredPages(wide('a'.repeat(400)))
  expect(Math.max(...endless.pages.flat().map(line => line.right))).toBeLessThan(190)
})

test('a review copy says so on each page and has neither red head nor number', async () => {
  const copy = readEdition(source({ digest: null, bodyHtml: `<p>${sentence.repeat(20)}</p>` }))
  const { pages, text } = await measuredPages(write(copy))
  expect(text.split('送审稿').length - 1).toBeGreaterThanOrEqual(pages.length)
  expect(text).not.toContain('12号')
  expect(text).not.toContain('文件')
})

test('a letter bears its mark 30 mm from the edge, its number right, no number on its first page; large print is 1.5 times (S-GWG-20, R-LET-03)', async () => {
  const letter = {
    organName: '云溪县农业农村局',
    letterNumber: '云农公开告〔2026〕12号',
    title: '关于政府信息公开申请的答复书',
    recipient: '李明',
    paragraphs: ['你提交的申请收悉，现答复如下。', '一、予以公开部分', sentence.repeat(5)],
    remedyParagraph: '如对本答复不服，应当自收到本答复书之日起60日内先向云溪县人民政府申请行政复议。',
    signature: ['云溪县农业农村局'],
    date: '2026-03-20',
    sealSlot: true,
    madeAt: new Date('2026-03-20T02:00:00Z'),
  } as const
  const { pages, text } = await measuredPages(write(letterDocument(letter)))
  const [mark, number] = pages[0] ?? []
  within(mark && top(mark), 30)
  within(number?.right, 184, 0.5)
  expect(pages[0]?.some(isNumber)).toBe(false)
  expect(bare(text)).toContain('2026年3月20日')
  expect(bare(text).indexOf('60日内')).toBeLessThan(bare(text).indexOf('2026年3月20日'))
  const large = await measuredPages(write(letterDocument({ ...letter, largePrint: true })))
  within(large.pages.flat().find(line => line.text.startsWith('李明'))?.points, 24, 0.1)
})
