import { describe, expect, it } from 'vitest'
import { notAllowed, permit, Refused } from './errors.ts'

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
