import { describe, expect, it } from 'vitest'
import type { GoldPlan } from './gold.ts'
import type { PlanReading, ReadTask } from './plan-reading.ts'
import { f1, precision, recall, scorePlan, sumScores } from './score.ts'

const text = [
  '一、清单公开',
  '1.公开权力清单。（县司法局牵头，县财政局配合）',
  '2.于2027年6月底前公开目录。（县政府办（政务公开办））',
].join('\n')
const spanOf = (words: string): [number, number] => [text.indexOf(words), text.indexOf(words) + words.length]
const lines = text.split('\n').map(spanOf)

const gold: GoldPlan = {
  document: 'own.txt',
  sha256: '',
  title: null,
  issuer: null,
  docNo: null,
  date: null,
  tasks: [
    {
      no: '1',
      source: lines[1] ?? [0, 0],
      heading: [lines[0] ?? [0, 0]],
      lead: ['县司法局'],
      responsible: ['县财政局'],
      due: [],
      progress: null,
    },
    {
      no: '2',
      source: lines[2] ?? [0, 0],
      heading: [lines[0] ?? [0, 0]],
      lead: [],
      responsible: ['县政府办（政务公开办）'],
      due: [{ at: spanOf('2027年6月底前'), date: '2027-06-30' }],
      progress: null,
    },
  ],
}

const reading = (tasks: Partial<ReadTask>[]): Pick<PlanReading, 'tasks' | 'text'> => ({
  text,
  tasks: tasks.map(task => ({
    no: null,
    heading: ['一、清单公开'],
    title: '',
    text: '',
    requirement: null,
    lead: [],
    responsible: [],
    due: [],
    progress: null,
    confidence: { title: 1, lead: 1, responsible: 1, due: 1 },
    source: { start: 0, end: 0 },
    doubts: [],
    ...task,
  })),
})
const sourceOf = (line: number) => ({ start: lines[line]?.[0] ?? 0, end: lines[line]?.[1] ?? 0 })
const first = { source: sourceOf(1), lead: ['县司法局'], responsible: ['县财政局'] }
const second = {
  source: sourceOf(2),
  responsible: ['县政府办(政务公开办)'],
  due: [{ text: '于2027年6月底前', date: '2027-06-30' }],
}

describe('scorePlan', () => {
  it('finds nothing wrong in a full reading; width of brackets and words around a term do not matter', () => {
    const score = scorePlan(gold, text, reading([first, second]))
    for (const field of ['tasks', 'lead', 'responsible', 'heading', 'due', 'dueDate'] as const)
      expect(f1(score[field]), field).toBe(1)
  })

  it('takes a heading without its number as the same heading', () => {
    const bare = reading([first, second].map(task => ({ ...task, heading: ['清单公开'] })))
    expect(scorePlan(gold, text, bare).heading).toEqual({ expected: 2, read: 2, right: 2 })
  })

  it('pairs by what sources overlap: a missing task costs its values, not those of its neighbours', () => {
    const score = scorePlan(gold, text, reading([second]))
    expect(score.tasks).toEqual({ expected: 2, read: 1, right: 1 })
    expect(score.lead).toEqual({ expected: 1, read: 0, right: 0 })
    expect(score.responsible).toEqual({ expected: 2, read: 1, right: 1 })
    expect(recall(score.responsible)).toBe(0.5)
    expect(precision(score.responsible)).toBe(1)
  })

  it('counts an invented task, unit and deadline as wrong', () => {
    const invented = { source: { start: 0, end: 6 }, lead: ['县教育局'], due: [{ text: '年内', date: null }] }
    const score = scorePlan(gold, text, reading([invented, first, second]))
    expect(score.tasks).toEqual({ expected: 2, read: 3, right: 2 })
    expect(score.lead).toEqual({ expected: 1, read: 2, right: 1 })
    expect(score.due).toEqual({ expected: 1, read: 2, right: 1 })
  })

  it('wants the date as well as the words of a term', () => {
    const undated = { ...second, due: [{ text: '2027年6月底前', date: null }] }
    const score = scorePlan(gold, text, reading([first, undated]))
    expect([f1(score.due), f1(score.dueDate)]).toEqual([1, 0])
  })

  it('neither wants nor blames what is optional', () => {
    const lenient = structuredClone(gold)
    for (const task of lenient.tasks)
      for (const due of task.due) Object.assign(due, { optional: true, orDate: [null] })
    const without = scorePlan(lenient, text, reading([first, { ...second, due: [] }]))
    const withIt = scorePlan(lenient, text, reading([first, second]))
    expect([without.due, withIt.due]).toEqual(Array(2).fill({ expected: 0, read: 0, right: 0 }))
  })

  it('adds up over documents', () => {
    const scores = [scorePlan(gold, text, reading([first, second])), scorePlan(gold, text, reading([]))]
    expect(sumScores('合计', scores).tasks).toEqual({ expected: 4, read: 2, right: 2 })
  })

  it('refuses a reading whose offsets point into another text', () => {
    expect(() => scorePlan(gold, text, { ...reading([]), text: `${text} ` })).toThrow('own.txt')
  })
})
