import { z } from 'zod'
import type { NewDuty } from '#modules/duties'
import { type TaskState, taskStates } from './task.ts'

/** One kind of ledger: a definition, never a copy of the machinery. */
export interface LedgerKind {
  name: string
  label: string
  /** What one line is called, and what is done about it. */
  task: string
  measure: string
  /** What a line says beyond text, units and deadlines; texts, with label and input by `.meta`. */
  fields: z.ZodObject
  /** Its own words for states. */
  states: Partial<Record<TaskState, string>>
  /** The field under which the board shows its duties. */
  domain: NewDuty['domain']
  /** Why units must carry it out, in words beside the title of the document. */
  article: string
}

const text = (label: string, more: { hint?: string; input?: 'text' | 'textarea' | 'date' } = {}) =>
  z
    .string()
    .trim()
    .max(2000, `${label}最多 2000 字。`)
    .default('')
    .meta({ label, input: 'text', ...more })

const choice = (label: string, options: Record<string, string>) =>
  z
    .string()
    .trim()
    .default('')
    .refine(value => value === '' || value in options, `${label}请从所列的里面选，或者空着。`)
    .meta({ label, input: 'select', options })

const day = (label: string) =>
  z
    .string()
    .trim()
    .default('')
    .refine(value => value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value), `${label}请写成 2026-11-23 的样子。`)
    .meta({ label, input: 'date' })

const rectified: LedgerKind['states'] = {
  running: '整改中',
  reported: '待核销',
  done: '已整改',
  ended: '结账时未整改',
}
const answered: LedgerKind['states'] = {
  running: '办理中',
  reported: '待核',
  done: '已答复',
  ended: '结账时未答复',
}

export const ledgerKinds: readonly LedgerKind[] = [
  {
    name: 'openness-plan',
    label: '政务公开工作要点',
    task: '任务',
    measure: '措施',
    fields: z.object({}),
    states: {},
    domain: 'supervision',
    article: '年度政务公开工作要点',
  },
  {
    name: 'work-report',
    label: '政府工作报告任务',
    task: '任务',
    measure: '推进措施',
    fields: z.object({
      goal: text('年度目标'),
      patron: text('督办领导', { hint: '职务，例如：分管副县长' }),
    }),
    states: {},
    domain: 'supervision',
    article: '政府工作报告任务分解（执行公开）',
  },
  {
    name: 'reform',
    label: '改革任务',
    task: '改革事项',
    measure: '改革举措',
    fields: z.object({ result: text('成果形式', { hint: '例如：印发方案、建成平台' }) }),
    states: {},
    domain: 'supervision',
    article: '年度改革任务（执行公开）',
  },
  {
    name: 'livelihood',
    label: '民生实事项目',
    task: '项目',
    measure: '实施步骤',
    fields: z.object({
      goal: text('年度目标'),
      investment: text('投资（万元）'),
      place: text('建设地点'),
    }),
    states: { done: '已建成' },
    domain: 'supervision',
    article: '年度民生实事项目（执行公开）',
  },
  {
    name: 'inspection',
    label: '督查发现问题整改',
    task: '问题',
    measure: '整改措施',
    fields: z.object({
      foundBy: text('督查单位'),
      goal: text('整改目标'),
      grade: choice('整改时限类别', { once: '立行立改', stage: '分阶段整改', long: '长期坚持' }),
      accountable: text('奖惩和问责情况', { input: 'textarea' }),
    }),
    states: rectified,
    domain: 'supervision',
    article: '督查发现问题整改（执行公开）',
  },
  {
    name: 'audit',
    label: '审计发现问题整改',
    task: '问题',
    measure: '整改措施',
    fields: z.object({
      report: text('审计报告'),
      amount: text('涉及金额（万元）'),
      goal: text('整改要求'),
      accountable: text('处理处罚情况', { input: 'textarea' }),
    }),
    states: rectified,
    domain: 'supervision',
    article: '审计发现问题整改（执行公开）',
  },
  {
    name: 'suggestion',
    label: '人大代表建议',
    task: '建议',
    measure: '办理措施',
    fields: z.object({
      theme: text('建议类别'),
      handedOn: day('交办日期'),
      result: choice('办理结果', { A: 'A 已解决或者采纳', B: 'B 列入计划解决', C: 'C 暂不能解决，已说明' }),
      content: choice('代表意见', { satisfied: '满意', mostly: '基本满意', unsatisfied: '不满意' }),
    }),
    states: answered,
    domain: 'response',
    article: '人大代表建议办理结果公开',
  },
  {
    name: 'proposal',
    label: '政协提案',
    task: '提案',
    measure: '办理措施',
    fields: z.object({
      theme: text('提案类别'),
      handedOn: day('交办日期'),
      result: choice('办理结果', { A: 'A 已解决或者采纳', B: 'B 列入计划解决', C: 'C 暂不能解决，已说明' }),
      content: choice('委员意见', { satisfied: '满意', mostly: '基本满意', unsatisfied: '不满意' }),
    }),
    states: answered,
    domain: 'response',
    article: '政协提案办理结果公开',
  },
]

/** @throws when the kind is not known: a row of a kind that is no longer there. */
export function ledgerKind(name: string): LedgerKind {
  const kind = ledgerKinds.find(one => one.name === name)
  if (!kind) throw new Error(`未知的台账种类：${name}`)
  return kind
}

export const stateWord = (kind: LedgerKind, state: TaskState): string =>
  kind.states[state] ?? taskStates[state]

export interface FieldAsked {
  name: string
  label: string
  hint?: string | undefined
  input: 'text' | 'textarea' | 'date' | 'select'
  options: Record<string, string>
}

/** How the kind's own fields are asked for. */
export const fieldsOf = (kind: LedgerKind): FieldAsked[] =>
  Object.entries(kind.fields.shape).map(([name, schema]) => {
    const meta = (schema as z.ZodType).meta() ?? {}
    const input =
      meta.input === 'textarea' || meta.input === 'date' || meta.input === 'select' ? meta.input : 'text'
    return { name, label: meta.label ?? name, hint: meta.hint, input, options: meta.options ?? {} }
  })

/** A field's value in words. */
export const fieldWords = (field: FieldAsked, value: string): string => field.options[value] ?? value
