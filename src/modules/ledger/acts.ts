import type { Actor } from '#platform/actor'
import type { PlanState } from './plan.ts'
import { type Concerned, partiesOf } from './policy.ts'
import type { TaskState } from './task.ts'

/** As what somebody acts: the openness office of the keeping organ, a leader over it, somebody who works for an owing organ. */
export const parties = { keeper: '主管的政务公开办', leader: '领导', unit: '牵头、责任单位' } as const
export type Party = keyof typeof parties

/** What must be so beside party and state; each act asks it where it has the facts. */
const guards = {
  'has-next': '后面还有一项',
  'splits-text': '分开的两段都有字',
  'named-decided': '没有待确认的任务和未认定的单位',
  'no-report-waits': '没有待核的报送',
  'extension-asked': '已经申请延期',
  'report-is-own': '是本单位的报送',
  'has-open-duty': '还有没到期或者逾期的期限',
} as const
export type Guard = keyof typeof guards

export interface ActRule<State extends string> {
  label: string
  by: readonly Party[]
  in: readonly State[]
  guard?: Guard
}

export const taskActNames = [
  'accept',
  'mend',
  'merge',
  'split',
  'drop',
  'restore',
  'change',
  'change-units',
  'move-due',
  'add-step',
  'end-step',
  'cancel',
  'report',
  'withdraw-report',
  'check',
  'return',
  'reopen',
  'urge',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
] as const
export type TaskAct = (typeof taskActNames)[number]

const underReview = ['proposed', 'confirmed'] as const
const open = ['running', 'reported', 'returned'] as const
const mine = ['running', 'returned'] as const

/** Who may do what to a task, and when: party × state × act × guard. */
export const taskActs: Readonly<Record<TaskAct, ActRule<TaskState>>> = {
  accept: { label: '确认', by: ['keeper'], in: ['proposed'] },
  mend: { label: '修改', by: ['keeper'], in: underReview },
  merge: { label: '并入下一项', by: ['keeper'], in: underReview, guard: 'has-next' },
  split: { label: '从这里分开', by: ['keeper'], in: underReview, guard: 'splits-text' },
  drop: { label: '不列入', by: ['keeper'], in: underReview },
  restore: { label: '恢复', by: ['keeper'], in: ['dropped'] },
  change: { label: '修改任务', by: ['keeper'], in: open },
  'change-units': { label: '调整责任单位', by: ['keeper'], in: open },
  'move-due': { label: '调整期限', by: ['keeper'], in: open },
  'add-step': { label: '增加措施或者节点', by: ['keeper', 'unit'], in: open },
  'end-step': { label: '办结或者取消措施、节点', by: ['keeper', 'unit'], in: open },
  cancel: { label: '取消任务', by: ['keeper'], in: open },
  report: { label: '报送进展', by: ['unit'], in: open },
  'withdraw-report': { label: '撤回报送', by: ['unit'], in: ['reported'], guard: 'report-is-own' },
  check: { label: '核定', by: ['keeper'], in: ['reported'] },
  return: { label: '退回', by: ['keeper'], in: ['reported'] },
  reopen: { label: '重新推进', by: ['keeper'], in: ['done'] },
  urge: { label: '催办', by: ['keeper', 'leader'], in: mine, guard: 'has-open-duty' },
  'ask-extension': { label: '申请延期', by: ['unit'], in: open, guard: 'has-open-duty' },
  'grant-extension': { label: '同意延期', by: ['keeper'], in: open, guard: 'extension-asked' },
  'refuse-extension': { label: '不同意延期', by: ['keeper'], in: open, guard: 'extension-asked' },
}

export const planActNames = [
  'add-task',
  'accept-sure',
  'decide-name',
  'undo',
  'describe',
  'import-sheet',
  'put-in-force',
  'discard',
  'match-tasks',
  'file-own-plan',
  'set-days',
  'publish-progress',
  'close',
] as const
export type PlanAct = (typeof planActNames)[number]

/** Who may do what to a plan, and when. */
export const planActs: Readonly<Record<PlanAct, ActRule<PlanState>>> = {
  'add-task': { label: '补一项任务', by: ['keeper'], in: ['review'] },
  'accept-sure': { label: '确认全部确定的', by: ['keeper'], in: ['review'] },
  'decide-name': { label: '认定单位', by: ['keeper'], in: ['review'] },
  undo: { label: '撤销上一步', by: ['keeper'], in: ['review'] },
  describe: { label: '修改文件信息', by: ['keeper'], in: ['review', 'in-force'] },
  'import-sheet': { label: '导入表格', by: ['keeper'], in: ['review', 'in-force'] },
  'put-in-force': { label: '列入台账', by: ['keeper'], in: ['review'], guard: 'named-decided' },
  discard: { label: '放弃', by: ['keeper'], in: ['review'] },
  'match-tasks': { label: '认定和上一年的任务是不是同一项', by: ['keeper'], in: ['review', 'in-force'] },
  'file-own-plan': { label: '报备本单位方案', by: ['keeper', 'unit'], in: ['in-force'] },
  'set-days': { label: '规定报备和报告日期', by: ['keeper'], in: ['review', 'in-force'] },
  'publish-progress': { label: '公开进展', by: ['keeper'], in: ['in-force', 'closed'] },
  close: { label: '结账', by: ['keeper'], in: ['in-force'], guard: 'no-report-waits' },
}

export const isOpenTo = <State extends string>(rule: ActRule<State>, party: Party, state: State): boolean =>
  rule.by.includes(party) && rule.in.includes(state)

/** May they do this now? The act asks its guard itself. */
export const mayOnTask = (actor: Actor, act: TaskAct, state: TaskState, concerned: Concerned): boolean =>
  partiesOf(actor, concerned).some(party => isOpenTo(taskActs[act], party, state))

export const mayOnPlan = (actor: Actor, act: PlanAct, state: PlanState, concerned: Concerned): boolean =>
  partiesOf(actor, concerned).some(party => isOpenTo(planActs[act], party, state))
