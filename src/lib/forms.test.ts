import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { notAllowed, permit, Refused } from './errors.ts'
import { blankAsNull, readForm, textOf, textsOf } from './forms.ts'
import { deepestPage, pageCount, pageNumber } from './paging.ts'

describe('a form', () => {
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

describe('a refusal', () => {
  it('carries its code, its status and words that name the remedy', () => {
    expect(() => permit(true, 'x.may-not')).not.toThrow()
    try {
      permit(false, 'x.may-not')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Refused)
      expect(error).toMatchObject({ refusal: 'not-allowed', status: 403, code: 'x.may-not' })
      expect((error as Error).message).toContain('请联系本单位的系统管理员')
    }
    expect(notAllowed('x.y', '不行。').message).toBe('不行。')
  })
})

describe('paging', () => {
  it.each([undefined, '', 'x', '0', '-1', '1.5', 'Infinity', 'NaN', '１'])('page %s is the first', text => {
    expect(pageNumber(text)).toBe(1)
  })

  it('goes no deeper than it may, forwards and by address', () => {
    expect(pageNumber('3')).toBe(3)
    expect(pageNumber('999999999999')).toBe(deepestPage)
    expect(pageCount({ total: 0, pageSize: 20 })).toBe(1)
    expect(pageCount({ total: 20, pageSize: 20 })).toBe(1)
    expect(pageCount({ total: 21, pageSize: 20 })).toBe(2)
    expect(pageCount({ total: 10_000_000, pageSize: 20 })).toBe(deepestPage)
  })
})
