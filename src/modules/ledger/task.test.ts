import { describe, expect, it } from 'vitest'
import { plainName, taskName } from './task.ts'

const named = (no: string, title: string, text = '') => ({ no, title, text })

describe('what a task is called', () => {
  it.each([
    [named('（六）', '公开环境信息'), '（六）公开环境信息'],
    [named('三、', '公开水质'), '三、公开水质'],
    [named('6', '公开环境信息'), '6 公开环境信息'],
    [named('（六）', '（六） 公开环境信息'), '（六）公开环境信息'],
    [named('', '', '公开\n  环境信息。'), '公开 环境信息。'],
    [named('2', '2个工作日内办结'), '2 2个工作日内办结'],
  ])('carries its number once, without a blank behind a sign of full width', (task, name) => {
    expect(taskName(task)).toBe(name)
  })

  it('without its number, where its plan is not in sight', () => {
    expect(plainName(named('（六）', '（六） 公开环境信息'))).toBe('公开环境信息')
    expect(plainName(named('2', '2个工作日内办结'))).toBe('2个工作日内办结')
    expect(plainName(named('1', '', '长'.repeat(80)))).toBe(`${'长'.repeat(59)}…`)
  })
})
