import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compound, docx, ofd, pdf, wordParagraph, xlsx, zip } from '../../../../test/make/documents.ts'
import { readDocument } from './read-document.ts'
import { readableExtensions, remedyFor } from './unread-formats.ts'
import { UnreadableFile } from './unreadable-file.ts'

const text = (value: string) => Buffer.from(value)

async function refusal(name: string, bytes: Uint8Array): Promise<UnreadableFile> {
  const error: unknown = await readDocument(name, bytes).catch((refused: unknown) => refused)
  if (!(error instanceof UnreadableFile)) throw new Error(`“${name}” was not refused`)
  return error
}

describe('readDocument', () => {
  it('tells text from a page by what stands in it, not by its name', async () => {
    expect(await readDocument('甲.html', text('关于甲的通知\n正文'))).toMatchObject({
      form: 'text',
      format: 'text',
    })
    expect(await readDocument('甲.txt', text('<!DOCTYPE html><p>正文</p>'))).toMatchObject({
      form: 'html',
      title: null,
    })
    expect(await readDocument('甲.doc', text('<html><body>正文</body></html>'))).toMatchObject({
      form: 'html',
    })
  })

  it.each([
    ['empty.txt', text(''), 'empty', '空文件'],
    ['甲.rtf', text('{\\rtf1 x}'), 'unsupported', '另存为 .docx'],
    ['甲.rar', Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), 'unsupported', '解压'],
    ['甲.caj', Buffer.from('CAJ\0\0\0\0\0\0', 'latin1'), 'unsupported', 'CAJViewer'],
    ['甲.ceb', Buffer.from('\x01\x02\xff\0\xfe\0\0\x03\0', 'latin1'), 'unsupported', '.pdf'],
    ['甲.png', Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'), 'unsupported', '文字识别'],
    ['甲.mht', text('MIME-Version: 1.0\nContent-Type: multipart/related; x'), 'web-archive', '仅 HTML'],
    [
      '甲.odt',
      zip([
        { name: 'mimetype', bytes: 'x' },
        { name: 'content.xml', bytes: '<x/>' },
      ]),
      'unsupported',
      'OpenDocument',
    ],
    ['甲.docx', zip([{ name: 'a.txt', bytes: 'x' }]), 'unsupported', '改成 .zip'],
    [
      '甲.pptx',
      zip([
        { name: '[Content_Types].xml', bytes: 'x' },
        { name: 'ppt/a.xml', bytes: '<x/>' },
      ]),
      'unsupported',
      '演示文稿',
    ],
    ['甲.docx', Buffer.from('PK\x03\x04 and nothing more', 'latin1'), 'malformed', '已损坏'],
    ['甲.docx', zip([{ name: 'word/document.xml', bytes: 'x', flags: 1 }]), 'encrypted', '密码'],
    ['甲.docx', zip([{ name: '../word/document.xml', bytes: 'x' }]), 'malformed', '已损坏'],
    ['甲.doc', compound({}).subarray(0, 600), 'malformed', '已损坏'],
    ['大.txt', Buffer.alloc(21 * 1024 * 1024, 0x61), 'too-large', '20 MB'],
  ])('S-OFD-03: refuses %s with the way out (%#)', async (name, bytes, reason, words) => {
    const error = await refusal(name, bytes)
    expect(error).toMatchObject({ reason })
    expect(error.message).toContain(words)
    expect(error.message).toContain(`“${name}”`)
  })

  it('never throws anything but UnreadableFile, however a document is broken', async () => {
    const documents = [
      docx(wordParagraph('甲'.repeat(200))),
      ofd([[{ text: '甲'.repeat(20), x: 20, y: 20 }]]),
      pdf([[{ text: '甲'.repeat(20), x: 20, y: 20 }]]),
      xlsx([{ name: '表', rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }]),
      compound({ WordDocument: Buffer.alloc(5000, 7) }),
    ]
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...documents), damage, fc.boolean(), async (document, places, cut) => {
        const bytes = Buffer.from(document)
        for (const [place, value] of places) bytes[place % bytes.length] = value
        const part = cut ? bytes.subarray(0, places.length * 100) : bytes
        await readDocument('甲', part).catch((error: unknown) => expect(error).toBeInstanceOf(UnreadableFile))
      }),
      { numRuns: 100 },
    )
  })
})

describe('remedyFor', () => {
  it('knows every format that is not read, and says how to convert it', () => {
    expect(readableExtensions.map(extension => remedyFor(`甲.${extension}`))).toEqual(
      readableExtensions.map(() => null),
    )
    expect(remedyFor('甲.ZIP')).toBeNull()
    expect(remedyFor('甲.et')).toContain('.xlsx')
    expect(remedyFor('甲.rar')).toContain('解压')
    expect(remedyFor('甲.tif')).toContain('文字识别')
    expect(remedyFor('甲.xyz')).toContain('只能读 .txt')
    expect(remedyFor('没有扩展名')).toContain('只能读 .txt')
  })
})
