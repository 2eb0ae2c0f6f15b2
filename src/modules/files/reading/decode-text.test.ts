import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'
import { TEXT_LIMIT_BYTES, tooLargeMessage, UnreadableFile } from './unreadable-file.ts'

const TEXT = '云溪县人民政府办公室\r\n关于做好2024年工作的通知\r\n各乡镇人民政府：\n'
const PLAIN = TEXT.replaceAll('\r\n', '\n')
/** 「云溪县政务公开」 in GB 18030; Node writes no such encoding. */
const GBK = Uint8Array.from([
  0xd4, 0xc6, 0xcf, 0xaa, 0xcf, 0xd8, 0xd5, 0xfe, 0xce, 0xf1, 0xb9, 0xab, 0xbf, 0xaa, 0x0a,
])

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
  return order === 'be' ? bytes.swap16() : bytes
}

function refusal(bytes: Uint8Array, file = '甲.txt'): UnreadableFile {
  try {
    decodeText(bytes, file)
  } catch (error) {
    if (error instanceof UnreadableFile) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('decodeText', () => {
  it('reads UTF-8 with and without a mark, and makes one kind of line end', () => {
    expect(decodeText(Buffer.from(TEXT))).toEqual({ text: PLAIN, encoding: 'utf-8', doubts: [] })
    expect(decodeText(Buffer.from(`\ufeff${TEXT}`)).text).toBe(PLAIN)
  })

  it('reads GBK as a matter of course', () => {
    expect(decodeText(GBK)).toEqual({ text: '云溪县政务公开\n', encoding: 'gb18030', doubts: [] })
  })

  it.each(['le', 'be'] as const)('reads UTF-16%s with and without a mark', order => {
    for (const mark of [true, false]) {
      expect(decodeText(utf16(TEXT, order, mark))).toEqual({
        text: PLAIN,
        encoding: `utf-16${order}`,
        doubts: [],
      })
    }
    expect(decodeText(utf16('云溪县政务公开工作要点已经印发', order, false)).encoding).toBe(`utf-16${order}`)
  })

  it('believes the content, not what a page says about itself', () => {
    const page = '<html><head><meta charset="gb2312"></head><body>云溪县政务公开</body></html>'
    expect(decodeText(Buffer.from(page)).encoding).toBe('utf-8')
    const wrong = Buffer.concat([Buffer.from('<meta charset="utf-8">'), GBK])
    expect(decodeText(wrong)).toMatchObject({
      encoding: 'gb18030',
      text: '<meta charset="utf-8">云溪县政务公开\n',
    })
  })

  it('names the place of characters that cannot be read, and keeps the rest', () => {
    const damaged = Buffer.concat([
      Buffer.from('第一行\n前面'),
      Buffer.from([0xe5, 0x91]),
      Buffer.from('后面的文字都还在'),
    ])
    const { text, encoding, doubts } = decodeText(damaged)
    expect(encoding).toBe('utf-8')
    expect(text).toBe('第一行\n前面\ufffd后面的文字都还在')
    expect(doubts).toHaveLength(1)
    expect(doubts[0]).toMatchObject({ line: 2, column: 3 })
    expect(doubts[0]?.why).toContain('第 2 行第 3 个字')
  })

  it.each([
    [
      'a .docx called .txt',
      Buffer.from('PK\x03\x04\x14\0\x06\0....[Content_Types].xml....word/document.xml', 'latin1'),
      'Word',
    ],
    ['a zip', Buffer.from('PK\x03\x04\x14\0\0\0....folder/a.txt', 'latin1'), '解压'],
    ['an old .doc', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0', 'latin1'), 'WPS'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ', 'latin1'), 'PDF'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), '图片'],
    ['zero bytes', Buffer.from([1, 2, 0, 0, 0, 255, 0, 3, 0, 0, 9, 0]), '不是纯文本'],
  ])('refuses %s and says what it is and what to do', (_, bytes, word) => {
    const error = refusal(bytes)
    expect(error.reason).toBe('binary')
    expect(error.message).toContain('“甲.txt”')
    expect(error.message).toContain(word)
  })

  it('refuses an empty file and one of blanks only', () => {
    expect(refusal(new Uint8Array()).message).toContain('空文件')
    expect(refusal(Buffer.from(' \n\t \r\n')).reason).toBe('empty')
  })

  it('says how large a file may be', () => {
    expect(TEXT_LIMIT_BYTES).toBe(20 * 1024 * 1024)
    expect(tooLargeMessage('大.txt', 200 * 1024 * 1024)).toMatch(/“大\.txt”有 200 MB，超过.*20 MB/)
  })

  it('never throws anything but UnreadableFile, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        try {
          return typeof decodeText(bytes).text === 'string'
        } catch (error) {
          return error instanceof UnreadableFile
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('gives back any text that was written as UTF-8', () => {
    const chinese = fc.string({
      unit: fc.constantFrom(...'云溪县政务公开〔2024〕3号，。\n abc'),
      minLength: 1,
      maxLength: 200,
    })
    fc.assert(
      fc.property(chinese, text => {
        fc.pre(text.trim() !== '')
        expect(decodeText(Buffer.from(text)).text).toBe(text)
        expect(decodeText(utf16(`${text}公开`, 'le', false)).text).toBe(`${text}公开`)
      }),
    )
  })
})
