import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readDocument } from '#modules/files'
import { readPlanDocument } from '../src/modules/ledger/reader/read-plan.ts'

export interface PlanCost {
  seconds: number
  tasks: number
  /** Bytes of the process, before and at the most. */
  before: number
  peak: number
}

/** Run in a process of its own, so that its peak of memory is that of this reading: `node bench/read-plan-file.ts FILE`. */
const [, , path = ''] = process.argv
const bytes = new Uint8Array(readFileSync(path))
const before = process.memoryUsage.rss()
const begun = performance.now()
const { tasks } = readPlanDocument(await readDocument(basename(path), bytes))
const cost: PlanCost = {
  seconds: (performance.now() - begun) / 1000,
  tasks: tasks.length,
  before,
  peak: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(cost))
