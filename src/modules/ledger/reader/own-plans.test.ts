import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GoldPlan } from './gold.ts'
import { normaliseText } from './normalise.ts'
import { readPlan } from './read-plan.ts'
import { f1, scorePlan, sumScores } from './score.ts'

const folder = join(import.meta.dirname, 'own-plans')
const textOf = (name: string) => normaliseText(readFileSync(join(folder, name), 'utf8'))
const plans = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as GoldPlan)

describe('plans of our own in the styles of real ones', () => {
  it.each(plans)('$document: its expected decomposition belongs to the text', gold => {
    const text = textOf(gold.document)
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe(gold.sha256)
    for (const { source, lead, responsible } of gold.tasks)
      for (const unit of [...lead, ...responsible]) expect(text.slice(...source)).toContain(unit)
  })

  it.each(plans)('$document: as many tasks as a person finds', gold => {
    expect(readPlan(textOf(gold.document)).tasks).toHaveLength(gold.tasks.length)
  })

  it('units, headings and deadlines are as right as issue 6 asks', () => {
    const sum = sumScores(
      'all',
      plans.map(gold => {
        const text = textOf(gold.document)
        return scorePlan(gold, text, readPlan(text))
      }),
    )
    expect(f1(sum.lead), 'lead').toBeGreaterThanOrEqual(0.97)
    expect(f1(sum.responsible), 'responsible').toBeGreaterThanOrEqual(0.97)
    expect(f1(sum.heading), 'heading').toBeGreaterThanOrEqual(0.95)
    expect(f1(sum.due), 'due').toBeGreaterThanOrEqual(0.95)
    expect(f1(sum.dueDate), 'dueDate').toBeGreaterThanOrEqual(0.95)
  })

  it('a report of results has no tasks', () => {
    expect(readPlan(textOf('result-report.txt')).tasks).toEqual([])
  })

  it('prose without units gets no units', () => {
    const { tasks } = readPlan(textOf('prose.txt'))
    expect(tasks.flatMap(({ lead, responsible }) => [...lead, ...responsible])).toEqual([])
  })

  it('a scrambled document gives doubts, and nothing sure', () => {
    const { tasks, doubts } = readPlan(textOf('scrambled.txt'))
    expect(doubts.length + tasks.flatMap(task => task.doubts).length).toBeGreaterThan(0)
    for (const { lead, responsible, confidence } of tasks) {
      if (lead.length > 0) expect(confidence.lead).toBeLessThan(0.7)
      if (responsible.length > 0) expect(confidence.responsible).toBeLessThan(0.7)
    }
  })

  it('a truncated document says so: the last assignment is not closed', () => {
    const { tasks, doubts } = readPlan(textOf('truncated.txt'))
    expect(doubts.length + (tasks.at(-1)?.doubts.length ?? 0)).toBeGreaterThan(0)
  })
})
