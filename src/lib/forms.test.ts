import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { blankAsNull, mustRead, readForm, textOf, textsOf } from './forms.ts'

describe('a form', () => {
  it('that was made by hand is refused in words, never with a fault of the program', () => {
    expect(() => mustRead(z.object({ section: z.string() }), { section: 7 })).toThrow(/刷新以后再试一次/)
    expect(mustRead(z.object({ section: z.string() }), { section: '1' })).toEqual({ section: '1' })
  })

  const schema = z.object({
    title: z
      .string()
      .min(2, '请填写标题。')
      .max(3, '标题太长。')
      .regex(/^[^!]*$/, '标题里不能有感叹号。'),
    works: z.array(z.object({ no: z.string().min(1, '请填写文号。') })),
    day: z.preprocess(blankAsNull, z.string().nullable()),
  })

  it('that is right gives its values', () => {
    const read = readForm(schema, { title: '标题', works: [] as never, day: ' ' })
    expect(read).toEqual({ ok: true, value: { title: '标题', works: [], day: null } })
  })

  it('that is wrong names one fault a field, and gives back what was typed', () => {
    const raw = { title: '!!!!!', works: [{ no: '' }] as never, day: '2026-11-23' }
    expect(readForm(schema, raw)).toEqual({
      ok: false,
      errors: { title: '标题太长。', 'works.0.no': '请填写文号。' },
      raw,
    })
  })

  it('without a message of its own, a fault is told in Chinese', () => {
    const read = readForm(z.object({ n: z.number() }), { n: 'x' })
    expect(read.ok || read.errors.n).toMatch(/[一-龥]/)
  })

  it('fields that should not repeat give their first text, missing ones an empty one', () => {
    const raw = { one: 'a', many: ['b', 'c'], none: [] }
    expect(['one', 'many', 'none', 'missing'].map(name => textOf(raw, name))).toEqual(['a', 'b', '', ''])
    expect(['one', 'many', 'none', 'missing'].map(name => textsOf(raw, name))).toEqual([
      ['a'],
      ['b', 'c'],
      [],
      [],
    ])
  })
})
