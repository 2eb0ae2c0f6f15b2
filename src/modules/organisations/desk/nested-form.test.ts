import { expect, it } from 'vitest'
import { profileContent } from '../input.ts'
import { nest, readNestedForm, unnest } from './nested-form.ts'

it('makes rows out of numbered names and leaves out the empty ones', () => {
  const raw = {
    'leaders.0.name': '陈宏达',
    'leaders.0.post': '局长',
    'leaders.1.name': '',
    'leaders.1.post': ' ',
    'leaders.10.name': '李文博',
    'leaders.10.post': '副局长',
    phone: '0990-5550100',
  }
  expect(nest(raw)).toEqual({
    leaders: [
      { name: '陈宏达', post: '局长' },
      { name: '李文博', post: '副局长' },
    ],
    phone: '0990-5550100',
  })
})

it('reads back what it showed', () => {
  const content = profileContent.parse({
    functions: ['负责供水。', '负责防汛。'],
    leaders: [{ name: '陈宏达', post: '局长', duties: '全面' }],
    opennessOffice: { name: '办公室', officer: '何敏' },
  })
  expect(profileContent.parse(nest(unnest(content)))).toEqual(content)
})

it('puts the fault of a row on the row as it is shown again, without the empty rows before it', () => {
  const result = readNestedForm(profileContent, {
    'leaders.0.name': '',
    'leaders.0.post': '',
    'leaders.1.name': '',
    'leaders.1.post': '局长',
  })
  expect(result).toMatchObject({
    ok: false,
    errors: { 'leaders.0.name': '请填写负责人姓名。' },
    raw: { 'leaders.0.post': '局长' },
  })
})

it('puts the fault of one line on the box that holds the lines', () => {
  const result = readNestedForm(profileContent, { functions: `短。\n${'长'.repeat(1001)}` })
  expect(result).toMatchObject({ ok: false, errors: { functions: expect.stringContaining('1000') } })
})

it('takes no harm from names that nobody would write', () => {
  const raw = { '__proto__.polluted': 'yes', 'leaders.99999999.name': '甲', 'phone.deep.er': 'x', phone: '1' }
  expect(nest(raw)).toMatchObject({ phone: '1' })
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
