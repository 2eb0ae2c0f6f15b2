import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GoldPlan } from './gold.ts'
import { normaliseText } from './normalise.ts'

const folder = process.env.REAL_DOCUMENTS
const title = folder ? 'gold: real documents' : 'gold: real documents (skipped: no ../shared)'
const goldFolder = join(import.meta.dirname, 'gold')

describe.skipIf(!folder)(title, () => {
  const names = readdirSync(goldFolder).filter(name => name.endsWith('.json'))

  it('has one file for every document', () => {
    const documents = ['seeds', 'samples/tasks'].flatMap(part => readdirSync(join(folder ?? '', part)))
    expect(names.map(name => name.replace('.json', '.txt')).sort()).toEqual(documents.sort())
  })

  it.each(names)('%s: every offset points at what it should', name => {
    const gold = JSON.parse(readFileSync(join(goldFolder, name), 'utf8')) as GoldPlan
    const path = ['seeds', 'samples/tasks']
      .map(part => join(folder ?? '', part, gold.document))
      .find(each => existsSync(each))
    const text = normaliseText(readFileSync(path ?? '', 'utf8'))
    const shows = ([start, end]: [number, number]) => text.slice(start, end)
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe(gold.sha256)
    for (const stated of [gold.title, gold.issuer, gold.docNo])
      expect(stated === null || bare(text).includes(bare(stated)), String(stated)).toBe(true)
    let after = 0
    for (const [at, task] of gold.tasks.entries()) {
      const source = shows(task.source)
      const place = `task ${at + 1} (${task.no})`
      // `SHOW_GOLD=1` prints what each offset shows; a failure prints names and numbers only.
      if (process.env.SHOW_GOLD)
        console.log(
          place,
          [source.slice(0, 16), source.slice(-16)],
          task.heading.map(shows),
          task.lead,
          task.responsible,
          task.due.map(due => [shows(due.at), due.date]),
        )
      expect(task.source[0], place).toBeGreaterThanOrEqual(after)
      after = task.source[1]
      if (task.no !== null) expect(source.startsWith(task.no), place).toBe(true)
      for (const heading of task.heading) {
        expect(heading[1], place).toBeLessThanOrEqual(task.source[0])
        expect(/^[一二三四五六七八九十（(\d]/.test(shows(heading)), place).toBe(true)
        expect(text[heading[0] - 1] ?? '\n', place).toBe('\n')
      }
      for (const unit of [...task.lead, ...task.responsible])
        expect(source.includes(unit), `${place} ${unit}`).toBe(true)
      for (const due of task.due) {
        expect(due.at[0] >= task.source[0] && due.at[1] <= task.source[1], place).toBe(true)
        expect(/[年月日季天时]/.test(shows(due.at)) || shows(due.at).includes('十三五'), place).toBe(true)
      }
    }
  })
})

const bare = (text: string) => text.replace(/\s/g, '')
