import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readDocument, UnreadableFile } from '#modules/files'
import type { LoneCommand, Out } from '#platform/module'
import type { PlanReading, ReadTask } from '../reader/plan-reading.ts'
import { readPlanDocument } from '../reader/read-plan.ts'

export const planCommand: LoneCommand = {
  name: 'plan',
  usage: 'plan parse 文件 [--json]',
  summary: '读一份工作要点、任务分解表或实施方案，逐条列出任务、牵头单位、责任单位和期限',
  async runAlone(args, out) {
    const asked = readArguments(args)
    if ('error' in asked) {
      out.error(`${asked.error}\n${help}`)
      return 2
    }
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(readFileSync(asked.file))
    } catch (error) {
      out.error(`“${asked.file}”打不开：${whyClosed(error as NodeJS.ErrnoException)}`)
      return 2
    }
    try {
      const reading = readPlanDocument(await readDocument(basename(asked.file), bytes))
      if (asked.json) out.print(JSON.stringify(reading, undefined, 2))
      else tell(reading, out)
      // Doubts are part of the answer, not faults of the run.
      return 0
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      out.error(error.message)
      return 2
    }
  },
}

const reasons: Record<string, string> = {
  ENOENT: '没有这个文件。请核对路径。',
  EISDIR: '这是一个文件夹。请写明其中的一个文件。',
  EACCES: '没有读它的权限。',
}

const whyClosed = ({ code = '', message }: NodeJS.ErrnoException) => reasons[code] ?? message

function readArguments(args: readonly string[]): { file: string; json: boolean } | { error: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    })
    const [act, file, ...more] = positionals
    if (act !== 'parse' || file === undefined || more.length > 0) return { error: '请写明要读的一个文件。' }
    return { file, json: values.json === true }
  } catch (error) {
    return { error: `选项写得不对：${(error as Error).message}` }
  }
}

/** Below this somebody should look twice. */
const UNSURE = 0.7

function tell(reading: PlanReading, out: Out): void {
  out.print(reading.title ?? '（没有标题）')
  const facts = [reading.issuer, reading.docNo, reading.date].filter(fact => fact !== null)
  if (facts.length > 0) out.print(facts.join('　'))
  let chapter = ''
  for (const [at, task] of reading.tasks.entries()) {
    const path = task.heading.join(' › ')
    if (path !== chapter) out.print(`\n${path}`)
    chapter = path
    tellTask(task, at + 1, out)
  }
  out.print(`\n共 ${reading.tasks.length} 项任务。`)
  for (const doubt of reading.doubts) out.print(`疑点：${doubt}`)
}

function tellTask(task: ReadTask, at: number, out: Out): void {
  out.print(`${task.no ?? at} ${task.title}`)
  if (task.lead.length > 0) out.print(`   牵头：${task.lead.join('、')}`)
  if (task.responsible.length > 0) out.print(`   责任：${task.responsible.join('、')}`)
  if (task.due.length > 0)
    out.print(
      `   期限：${task.due.map(({ text, date }) => (date === null ? text : `${text}（${date}）`)).join('、')}`,
    )
  if (task.progress !== null) out.print(`   进展：${task.progress.replace(/\s+/g, ' ')}`)
  if (Math.min(...Object.values(task.confidence)) < UNSURE)
    for (const { why } of task.doubts) out.print(`   疑点：${why}。`)
}

const help = `用法：./bin/mingtang plan parse 文件 [--json]
  文件    .txt、.html、.docx、.doc、有文字的 .pdf、.ofd、.xlsx、.csv
  --json  只输出一份 JSON：任务、单位、期限，各有把握程度和在正文里的位置`
