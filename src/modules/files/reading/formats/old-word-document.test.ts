import { describe, expect, it } from 'vitest'
import { compound, doc } from '../../../../../test/make/documents.ts'
import { readDocument } from '../read-document.ts'

describe('readDocument of a .doc', () => {
  it('gives one line a paragraph and the cells of a row on one line', async () => {
    const bytes = doc('关于印发办法的通知\r各单位：\r项目\x07金额\x07\x07\r云溪县财政局\r')
    expect(await readDocument('通知.doc', bytes)).toEqual({
      form: 'text',
      format: 'doc',
      text: '关于印发办法的通知\n各单位：\n项目\t金额\n云溪县财政局\n',
      doubts: [],
    })
  })

  it('gives a table row by row, empty cells too', async () => {
    const document = await readDocument(
      '清单.doc',
      doc('清单\r名称\x07文号\x07\n关于甲的通知\x07\x07\n以上。\r'),
    )
    expect(document.form === 'text' && document.text).toBe(
      '清单\n| 名称 | 文号 |\n| 关于甲的通知 |  |\n以上。\n',
    )
  })

  it('keeps the quotation marks and dashes of Chinese', async () => {
    const document = await readDocument('通知.doc', doc('“放管服”——改革\r'))
    expect(document.form === 'text' && document.text).toBe('“放管服”——改革\n')
  })

  it('reads a .wps that is built like a .doc, and doubts it', async () => {
    expect(await readDocument('通知.wps', doc('正文\r'))).toMatchObject({
      text: '正文\n',
      doubts: [{ why: expect.stringContaining('另存为 .docx') }],
    })
  })

  const circle = () => {
    const bytes = doc('正文\r')
    // The second sector of the text leads back to the first.
    bytes.writeInt32LE(2, 512 + 3 * 4)
    return bytes
  }

  it.each([
    ['macros', doc('正文\r', { streams: { _VBA_PROJECT: Buffer.alloc(10) } }), 'macros', '带有宏'],
    ['a password', doc('正文\r', { flags: 0x0100 }), 'encrypted', '打开密码'],
    ['its end missing', doc('正文\r').subarray(0, 3000), 'malformed', '不完整或已损坏'],
    ['sectors that follow one another in a circle', circle(), 'malformed', '不完整或已损坏'],
    ['pictures only', doc('\x01\r'), 'scanned', '没有文字'],
    [
      'another kind of document in it',
      compound({ 'PowerPoint Document': Buffer.alloc(10) }),
      'unsupported',
      '演示文稿',
    ],
    ['an old WPS document in it', compound({ WPS: Buffer.alloc(10) }), 'unsupported', '另存为 .docx'],
  ])('refuses one with %s', async (_, bytes, reason, words) => {
    await expect(readDocument('甲.doc', bytes)).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(words),
    })
  })
})
