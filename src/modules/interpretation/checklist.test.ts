import { describe, expect, it } from 'vitest'
import { checklistOf, elementNames, openElements } from './checklist.ts'

const bodyHtml = '<h2>一、出台背景</h2><p>…</p><h2>二、水价标准</h2><p>…</p><h2>三、和谁有关</h2><p>…</p>'

describe('the elements that an interpretation explains (R-INT-04)', () => {
  it('are recognised by their headings', () => {
    const list = checklistOf({ bodyHtml, fields: {} })
    expect(list.coversBackground).toEqual({ how: 'heading', heading: '一、出台背景', id: 's-1' })
    expect(list.coversStandards).toMatchObject({ how: 'heading', id: 's-2' })
    expect(list.coversScope).toEqual({ how: 'missing' })
  })

  it('are where the drafter says, by a part of the heading', () => {
    const list = checklistOf({ bodyHtml, fields: { coversScope: '和谁有关', coversBackground: '水价' } })
    expect(list.coversScope).toMatchObject({ how: 'heading', id: 's-3' })
    expect(list.coversBackground).toMatchObject({ how: 'heading', id: 's-2' })
  })

  it('a heading that is not there is told, not believed', () => {
    const list = checklistOf({ bodyHtml, fields: { coversAim: '目标' } })
    expect(list.coversAim).toEqual({ how: 'unknown-heading', said: '目标' })
    expect(openElements(list)).toContain('coversAim')
  })

  it('may be left out with a reason', () => {
    const list = checklistOf({ bodyHtml, fields: { coversChanges: '无：第一次规定', coversTerms: '不涉及' } })
    expect(list.coversChanges).toEqual({ how: 'reason', reason: '第一次规定' })
    expect(list.coversTerms).toEqual({ how: 'reason', reason: '不涉及' })
    expect(openElements(list)).not.toContain('coversChanges')
  })

  it('nine of them, all open in a text without headings', () => {
    const list = checklistOf({ bodyHtml: '<p>全文。</p>', fields: {} })
    expect(openElements(list)).toEqual(elementNames)
    expect(elementNames).toHaveLength(9)
  })
})
