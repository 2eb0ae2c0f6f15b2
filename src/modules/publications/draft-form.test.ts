import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { attachmentTexts, bodyOfForm, inputOfForm, keptAttachments } from './draft-form.ts'
import type { Kind } from './kind.ts'
import { kindFields } from './kind-fields.ts'

const kind = {
  name: 'report',
  uses: [],
  requires: [],
  fields: z.object({
    form: z.enum(['text', 'video']).meta({ label: '形式', input: 'select', options: { text: '文字' } }),
    speakers: z.array(z.string()).optional().meta({ label: '发言人', input: 'lines' }),
    live: z.boolean().meta({ label: '直播', input: 'checkbox' }).optional(),
  }),
} as unknown as Kind

describe('the form of a draft', () => {
  it('asks for the fields of a kind as its schema describes them', () => {
    expect(kindFields(kind).map(field => [field.label, field.input, field.required])).toEqual([
      ['形式', 'select', true],
      ['发言人', 'lines', false],
      ['直播', 'checkbox', false],
    ])
  })

  it('reads them by their sort, and an empty field says nothing', () => {
    const raw = {
      title: '题',
      'fields.form': '',
      'fields.speakers': '林晓\r\n\r\n 陈立 ',
      'fields.live': 'yes',
    }
    expect(inputOfForm(kind, raw).fields).toEqual({ speakers: ['林晓', '陈立'], live: true })
  })

  it('gives plain text its structure, and leaves markup alone', () => {
    expect(bodyOfForm({ bodyHtml: '一、总体要求\n加强管护。' })).toMatch(
      /<h2.*一、总体要求<\/h2>\n<p>加强管护。<\/p>/,
    )
    expect(bodyOfForm({ bodyHtml: '<p>加强管护。</p>' })).toBe('<p>加强管护。</p>')
    expect(bodyOfForm({ bodyHtml: '', bodyHtmlFormat: 'html' })).toBe('')
  })

  it('puts the main column first, and each column once', () => {
    const raw = { mainColumn: 'b', columnIds: ['a', 'b'], otherColumnIds: 'x' }
    expect(inputOfForm(kind, raw).columnIds).toEqual(['b', 'a', 'x'])
    expect(inputOfForm(kind, { mainColumn: '', columnIds: 'a' }).columnIds).toEqual(['a'])
  })

  it('orders attachments by their numbers and leaves out those to be removed', () => {
    const row = (fileId: string, position: string, remove = false) => ({
      fileId,
      title: fileId,
      file: '',
      position,
      remove,
    })
    const raw = attachmentTexts([row('one', '3'), row('two', '1'), row('gone', '2', true), row('last', 'x')])
    expect(keptAttachments(raw).map(({ fileId }) => fileId)).toEqual(['two', 'one', 'last'])
  })
})
