import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GoldPlan } from '../src/modules/ledger/reader/gold.ts'
import { normaliseText } from '../src/modules/ledger/reader/normalise.ts'
import { readPlan } from '../src/modules/ledger/reader/read-plan.ts'
import { f1, type PlanScore, scorePlan, sumScores } from '../src/modules/ledger/reader/score.ts'
import { longPlan } from './corpus/long-plan.ts'
import { planAsTable, planAsWord } from './corpus/long-plan-files.ts'
import { load, megabytes, type Print } from './figures.ts'
import type { PlanCost } from './read-plan-file.ts'

const reader = join(import.meta.dirname, '../src/modules/ledger/reader')
const pages = 200

/** How well plans are read, document by document, and what one of 200 pages costs. */
export async function benchPlan(print: Print): Promise<void> {
  cost(print)
  await costOfFiles(print)
  const own = join(reader, 'own-plans')
  figures('自写文本', own, [own], print)
  const real = process.env.REAL_DOCUMENTS
  if (real)
    figures('真实文件', join(reader, 'gold'), [join(real, 'seeds'), join(real, 'samples/tasks')], print)
  else print('真实文件', '没有设 REAL_DOCUMENTS，跳过')
}

/** First, so that the peak of the process is that of this reading. */
function cost(print: Print): void {
  const text = longPlan(pages)
  const before = process.memoryUsage.rss()
  const begun = performance.now()
  const { tasks } = readPlan(text)
  const seconds = (performance.now() - begun) / 1000
  const peak = process.resourceUsage().maxRSS * 1024
  print(
    `读一份 ${pages} 页的要点`,
    `${seconds.toFixed(2)} s，${tasks.length} 项任务，进程内存 ${megabytes(before)} → 峰值 ${megabytes(peak)}；${load()}`,
  )
}

/** The same plan as Word files, each read in a process of its own. */
async function costOfFiles(print: Print): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-plan-'))
  const text = longPlan(pages)
  try {
    for (const [name, bytes] of [
      ['段落.docx', await planAsWord(text)],
      ['表格.docx', await planAsTable(text)],
    ] as const) {
      const path = join(folder, name)
      writeFileSync(path, bytes)
      const said = execFileSync(process.execPath, [join(import.meta.dirname, 'read-plan-file.ts'), path])
      const { seconds, tasks, before, peak } = JSON.parse(said.toString()) as PlanCost
      print(
        `读一份 ${pages} 页的${name}`,
        `${seconds.toFixed(2)} s，${tasks} 项任务，进程内存 ${megabytes(before)} → 峰值 ${megabytes(peak)}；${load()}`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function figures(title: string, goldFolder: string, folders: readonly string[], print: Print): void {
  const scores = readdirSync(goldFolder)
    .filter(name => name.endsWith('.json'))
    .map(name => score(join(goldFolder, name), folders))
  print(`\n${title}`, '任务（读到/应有）；F1：牵头 责任 章节 时限 日期')
  for (const each of [...scores, sumScores('合计', scores)]) print(each.document, inShort(each))
  const exact = scores.filter(({ tasks }) => tasks.read === tasks.expected).length
  print('任务数全对的', `${exact} / ${scores.length}`)
}

function score(goldFile: string, folders: readonly string[]): PlanScore {
  const gold = JSON.parse(readFileSync(goldFile, 'utf8')) as GoldPlan
  const path = folders.map(folder => join(folder, gold.document)).find(each => existsSync(each))
  if (!path) throw new Error(`找不到 ${gold.document}，REAL_DOCUMENTS 应指向存放真实文件的目录`)
  const text = normaliseText(readFileSync(path, 'utf8'))
  return scorePlan(gold, text, readPlan(text))
}

const inShort = ({ tasks, lead, responsible, heading, due, dueDate }: PlanScore) =>
  [
    `${tasks.read}/${tasks.expected}`.padEnd(8),
    ...[lead, responsible, heading, due, dueDate].map(tally => f1(tally).toFixed(3)),
  ].join(' ')
