import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { Refused } from '#lib/errors'
import { UnreadableFile } from '#modules/files'
import type { LoneCommand, Out } from '#platform/module'
import { checkReport, type Judgement } from '../check/check-report.ts'
import { readReport } from '../reading/read-report.ts'
import type { AnnualReport } from '../report.ts'

export const reportCommand: LoneCommand = {
  name: 'report',
  usage: 'report check 文件 [--against 往年报告…] [--parts 分报告…] [--json]',
  summary: '核对一份政府信息公开工作年度报告：表内勾稽、与上年衔接、与各单位相加、正文与表格',
  async runAlone(args, out) {
    const asked = readArguments(args)
    if ('error' in asked) {
      out.error(`${asked.error}\n${help}`)
      return 2
    }
    try {
      const report = await readFile(asked.file)
      const against = await Promise.all(asked.against.map(readFile))
      const parts = await Promise.all(asked.parts.map(readFile))
      const judged = checkReport(report, { against, parts })
      if (asked.json) out.print(JSON.stringify({ ...aboutReport(report), ...judged }, undefined, 2))
      else tell(report, judged, out)
      return judged.findings.length > 0 ? 1 : 0
    } catch (error) {
      if (!(error instanceof UnreadableFile || error instanceof Refused)) throw error
      out.error(error.message)
      return 2
    }
  },
}

async function readFile(path: string): Promise<AnnualReport> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Refused('not-found', 'annual-report.no-file', `“${path}”打不开：${reasons[code] ?? message}`)
  }
  return readReport(basename(path), bytes)
}

const reasons: Record<string, string> = {
  ENOENT: '没有这个文件。请核对路径。',
  EISDIR: '这是一个文件夹。请写明其中的一个文件。',
  EACCES: '没有读它的权限。',
}

interface Asked {
  file: string
  against: string[]
  parts: string[]
  json: boolean
}

/** Both lists take all that follows them, as a shell writes `--parts *.json`, and may be given again. */
function readArguments(args: readonly string[]): Asked | { error: string } {
  const asked: Asked = { file: '', against: [], parts: [], json: false }
  const rest: string[] = []
  let list: string[] | null = null
  for (const one of args) {
    if (one === '--against') list = asked.against
    else if (one === '--parts') list = asked.parts
    else if (one.startsWith('-')) rest.push(one)
    else if (list) list.push(one)
    else rest.push(one)
    if (one.startsWith('-') && one !== '--against' && one !== '--parts') list = null
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: {
        json: { type: 'boolean' },
        against: { type: 'string', multiple: true },
        parts: { type: 'string', multiple: true },
      },
      allowPositionals: true,
      strict: true,
    })
    asked.json = values.json === true
    asked.against.push(...(values.against ?? []))
    asked.parts.push(...(values.parts ?? []))
    const [act, file, ...more] = positionals
    if (act !== 'check' || file === undefined || more.length > 0) return { error: '请写明要核对的一份报告。' }
    return { ...asked, file }
  } catch (error) {
    return { error: `选项写得不对：${(error as Error).message}` }
  }
}

const aboutReport = ({ organ, year, format }: AnnualReport) => ({ organ, year, format })

function tell(report: AnnualReport, { findings, notes }: Judgement, out: Out): void {
  const { organ, year } = report
  out.print(
    `${organ ?? '（没有写明机关）'} ${year === null ? '（没有写明年度）' : `${year}年`} 政府信息公开工作年度报告`,
  )
  for (const { rule, severity, where, message } of findings)
    out.print(`${severity === 'warning' ? '提醒' : '不符'} ${rule} ${where}\n   ${message}`)
  for (const note of notes) out.print(`说明：${note}`)
  out.print(findings.length === 0 ? '核对通过，没有发现不符。' : `共 ${findings.length} 处。`)
}

const help = `用法：./bin/mingtang report check 文件 [--against 往年报告…] [--parts 分报告…] [--json]
  文件       .json，或者已经做好的报告：.docx、.xlsx、.html、.txt（也试着读 .doc、.pdf、.ofd）
  --against  往年的报告，核对“上年结转”和“现行有效件数”
  --parts    汇总的各单位报告，逐格相加核对
  --json     只输出一份 JSON：{"findings":[{"rule","where","expected","found","message"}]}`
