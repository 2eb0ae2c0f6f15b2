import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { type Placed, pdf, ruledGrid } from '../../../../../test/make/documents.ts'
import { readDocument } from '../read-document.ts'

async function textOf(bytes: Uint8Array, name = '通知.pdf'): Promise<string> {
  const document = await readDocument(name, bytes)
  if (document.form !== 'text') throw new Error(`read as ${document.form}`)
  return document.text
}

/** Paragraphs as they are printed: 26 letters a line, the first line indented by two. */
function printed(paragraphs: readonly string[], from: number, number: string): Placed[] {
  const lines = paragraphs.flatMap(paragraph => `　　${paragraph}`.match(/.{1,26}/g) ?? [])
  const texts = lines.map((text, i) => ({ text, x: 90, y: from + i * 29 }))
  return [...texts, { text: number, x: 280, y: 800, size: 12 }]
}

const LONG =
  '为了加强农村集体资产管理，防止集体资产流失，保障集体经济组织及其成员的合法权益，根据有关法律法规，结合我县实际，制定本办法。'

describe('readDocument of a .pdf', () => {
  it('reads a font that is not embedded by the tables of its encoding, and joins the lines of a paragraph', async () => {
    const page = [
      { text: '关于印发办法的通知', x: 200, y: 90, size: 22 },
      ...printed([LONG, '一、总体要求', LONG], 140, '— 1 —'),
    ]
    expect(await textOf(pdf([page]))).toBe(`关于印发办法的通知\n\n${LONG}\n一、总体要求\n${LONG}`)
  })

  it.each([['— %d —'], ['－%d－'], ['%d'], ['第 %d 页 共 3 页'], ['%d / 3']])(
    'drops page numbers printed as “%s” and joins what a page parts',
    async number => {
      const half = LONG.slice(0, 24)
      const pages = [
        printed([LONG, half], 140, number.replace('%d', '1')),
        [
          { text: '下一页的话到此为止。', x: 90, y: 90 },
          { text: number.replace('%d', '2'), x: 280, y: 800, size: 12 },
        ],
      ]
      expect(await textOf(pdf(pages))).toBe(`${LONG}\n${half}下一页的话到此为止。`)
    },
  )

  it('drops a head that returns on page after page, but not the title that comes once', async () => {
    const head = { text: '云溪县人民政府公报', x: 200, y: 40, size: 10 }
    const pages = [1, 2, 3].map(n => [head, ...printed([LONG], 140, `${n}`)])
    expect(await textOf(pdf(pages))).toBe([LONG, LONG, LONG].join('\n'))
  })

  it('gives tables row by row and keeps the lines of a signature apart', async () => {
    const rows = ['序号', '1', '2'].flatMap((text, i) => [
      { text, x: 90, y: 300 + i * 29 },
      { text: ['文件名称', '关于甲的通知', '关于乙的通知'][i] ?? '', x: 200, y: 300 + i * 29 },
    ])
    const signed = [
      { text: '云溪县财政局', x: 350, y: 460 },
      { text: '2024年3月1日', x: 350, y: 489 },
    ]
    expect(await textOf(pdf([[...printed([LONG], 140, '1'), ...rows, ...signed]]))).toBe(
      `${LONG}\n\n| 序号 | 文件名称 |\n| 1 | 关于甲的通知 |\n| 2 | 关于乙的通知 |\n\n云溪县财政局\n2024年3月1日`,
    )
  })

  it('reads a ruled table cell by cell, its head once, merged cells beside each row, over the end of a page', async () => {
    const rules = ruledGrid([80, 120, 300, 500], [200, 250, 300, 350]).filter(
      ([x1, y1, x2]) => !(x1 === 80 && x2 === 500 && y1 === 300),
    )
    // No line parts the second row from the third in the last column.
    const parted = [...rules, [80, 300, 300, 300] as const]
    const head = [
      { text: '序号', x: 84, y: 230 },
      { text: '文件名称', x: 170, y: 230 },
      { text: '文号', x: 380, y: 230 },
    ]
    const row = (number: string, y: number) => [
      { text: number, x: 90, y: y + 8 },
      { text: '关于加强甲乙丙', x: 130, y },
      { text: '的通知', x: 130, y: y + 20 },
    ]
    const page = (first: string, second: string) => [
      ...head,
      ...row(first, 270),
      ...row(second, 320),
      { text: '云政发〔2001〕1号', x: 320, y: 305 },
    ]
    const number = (n: number) => ({ text: `— ${n} —`, x: 280, y: 800, size: 12 })
    const text = await textOf(
      pdf(
        [
          [...page('1', '2'), number(1)],
          [...page('3', '4'), number(2)],
        ],
        { rules: parted },
      ),
    )
    expect(text.split('\n')).toEqual([
      '| 序号 | 文件名称 | 文号 |',
      ...[1, 2, 3, 4].map(n => `| ${n} | 关于加强甲乙丙的通知 | 云政发〔2001〕1号 |`),
    ])
  })

  it('gives characters for radicals of the same shape, and joins the lines of a title', async () => {
    const page = [
      { text: '云溪县⼈⺠政府关于加强', x: 177, y: 90, size: 22 },
      { text: '校⻋安全管理的通知', x: 199, y: 125, size: 22 },
      ...printed([LONG, LONG], 170, '1'),
    ]
    expect((await textOf(pdf([page]))).split('\n')[0]).toBe('云溪县人民政府关于加强校车安全管理的通知')
  })

  it('reads two columns one after the other', async () => {
    const column = (x: number, sign: string) =>
      Array.from({ length: 12 }, (_, i) => ({
        text: `${sign}${'行'.repeat(11)}${i % 4 === 3 ? '。' : '，'}`,
        x,
        y: 100 + i * 24,
      }))
    const text = await textOf(pdf([[...column(60, '左'), ...column(320, '右')]]))
    expect(text.indexOf('右')).toBeGreaterThan(text.lastIndexOf('左'))
  })

  it('says of single pages without text that they may be scans', async () => {
    const document = await readDocument('通知.pdf', pdf([printed([LONG], 140, '1'), []]))
    expect(document.doubts).toMatchObject([{ why: expect.stringContaining('第 2 页没有文字') }])
  })

  it('does not hold up other work while it reads 300 pages', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const text = await textOf(
      pdf(Array.from({ length: 300 }, (_, i) => printed([LONG, LONG], 140, `${i + 1}`))),
    )
    delay.disable()
    expect(text.split('\n')).toHaveLength(600)
    expect(delay.max / 1e6).toBeLessThan(1000)
  })

  it.each([
    ['pages that are only pictures', pdf([[], []]), 'scanned', '像是扫描件'],
    [
      'a password',
      pdf([printed([LONG], 140, '1')], {
        trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> /P -4 >> /ID [<00><00>]`,
      }),
      'encrypted',
      '打开密码',
    ],
    ['nothing but its first bytes', Buffer.from('%PDF-1.4\n1 0 obj\n'), 'malformed', '不完整或已损坏'],
    [
      'letters that nobody can tell',
      pdf([[{ text: '\ue001\ue002\ue003\ue004\ue005\ue006\ue007', x: 90, y: 90 }]]),
      'unknown-encoding',
      '文字编码读不出',
    ],
  ])('refuses one with %s', async (_, bytes, reason, words) => {
    await expect(readDocument('甲.pdf', bytes)).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(words),
    })
  })

  it('finds a PDF behind lines of another program', async () => {
    const bytes = Buffer.concat([Buffer.from('X-Scanner: 1\r\n\r\n'), pdf([printed([LONG], 140, '1')])])
    expect(await textOf(bytes)).toBe(LONG)
  })

  it('leaves the bytes as they were: they remain the original', async () => {
    const bytes = pdf([printed([LONG], 140, '1')])
    const before = Buffer.from(bytes)
    await readDocument('通知.docx', bytes)
    expect(bytes.equals(before)).toBe(true)
  })
})
