import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { inChinese, weekday } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import type { Command, Out } from '#platform/module'
import { workingCalendar } from '../calendar.ts'
import { answerDeadline, type DeadlineAnswer, deadlineQuestion } from '../deadline-question.ts'

export const deadlineCommand: Command = {
  name: 'deadline',
  usage: 'deadline --from 日期 --days N [--explain] [--json]',
  summary: '算一个期限哪一天到期，并逐日说明为什么',
  async run(ctx, args, out) {
    const asked = readQuestion(args)
    if ('error' in asked) {
      out.error(`${asked.error}\n${help}`)
      return 2
    }
    try {
      const answer = answerDeadline(asked.question, await workingCalendar(ctx.db, null))
      if (asked.json) out.print(JSON.stringify(answer, undefined, 2))
      else tell(answer, asked.explain, out)
      return 0
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      out.error(error.message)
      return 2
    }
  },
}

function readQuestion(args: readonly string[]) {
  let values: Record<string, string | boolean | undefined>
  try {
    values = parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    return { error: `选项写得不对：${(error as Error).message}` }
  }
  let events: unknown = {}
  if (typeof values.events === 'string') {
    try {
      events = JSON.parse(readFileSync(values.events, 'utf8'))
    } catch (error) {
      return { error: `“${values.events}”读不出来：${(error as Error).message}。它应是一份 JSON。` }
    }
  }
  const received = (events as { received?: unknown } | null)?.received
  const parsed = deadlineQuestion.safeParse({
    from: values.from ?? received,
    amount: values.days ?? '20',
    unit: values.unit,
    before: values.before,
    time: values.time,
    events,
  })
  if (!parsed.success)
    return {
      error: parsed.error.issues.map(issue => `${issue.path.join('.')}：${issue.message}`).join('\n'),
    }
  return { question: parsed.data, explain: values.explain === true, json: values.json === true }
}

const options = {
  from: { type: 'string' },
  days: { type: 'string' },
  unit: { type: 'string' },
  time: { type: 'string' },
  before: { type: 'boolean' },
  events: { type: 'string' },
  explain: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

function tell({ due, provisional, explanation }: DeadlineAnswer, explain: boolean, out: Out): void {
  if (explain)
    for (const day of explanation)
      out.print(`${day.date} ${weekday(day.date)}  ${day.counts ? '计' : '　'}  ${day.why}（${day.rule}）`)
  if (due === null) out.print('期限暂停，现在还不能说出到期日。')
  else out.print(`到期：${inChinese(due.slice(0, 10))} ${weekday(due.slice(0, 10))}${due.slice(10)}`)
  if (provisional)
    out.print('暂定：有的年份还没有放假通知，按周一至周五计算；通知公布以后可能变动（R-CAL-09）。')
}

const help = `用法：./bin/mingtang deadline --from 2025-09-22 --days 20 [--unit working-days|days|months|years|hours] [--time 20:30] [--before]
                            [--events 文件.json] [--explain] [--json]
  --from     起算日期，当日不计；也可以写在 --events 的 received 里
  --days     多少个单位，默认 20
  --unit     单位，默认工作日
  --before   往前算：最迟哪一天
  --events   经过：{"received","correctionNotified","corrected","paused":[{"from","to","why"}],"extendedBy"}
  --explain  逐日说明`
