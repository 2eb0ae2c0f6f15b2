import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  acceptTask,
  actOnReport,
  actOnReportInput,
  decideSureNames,
  handInReport,
  handInReportInput,
  listTasks,
  listTaskUnits,
  proposeProgress,
  proposeProgressInput,
  putInForce,
  takePlan,
  takePlanInput,
} from '#modules/ledger'
import { listSites } from '#modules/organisations'
import { listColumns, publish } from '#modules/publications'
import type { Context } from '#platform/context'
import { root } from '#platform/root'

/** What the leading units of the first tasks said; the office accepted it. */
const reports: readonly { no: string; state: string; share?: number; stage?: string; words: string }[] = [
  {
    no: '（一）',
    state: 'done',
    words: '年度重大行政决策事项目录已经编制并公布，共列入 6 项，年内调整一次。',
  },
  {
    no: '（二）',
    state: 'running',
    share: 75,
    stage: '第三季度进展已公布',
    words: '农村饮水、老旧小区改造等 8 项民生实事按季度公布进展，前三个季度都已公布。',
  },
  { no: '（五）', state: 'done', words: '义务教育招生范围和民办学校收费标准已经全部更新。' },
]

/** The sample's work plan, read by the reader, confirmed, reported on and made public as on the desk. */
export async function loadLedger(ctx: Context): Promise<void> {
  const text = await readFile(join(root, 'sample', 'ledger', 'openness-plan.txt'), 'utf8')
  const site = (await listSites(ctx.db)).find(one => one.isDefault)
  if (!site) throw new Error('样例台账没有站点可放')
  const { planId } = await takePlan(
    ctx,
    takePlanInput.parse({ siteId: site.id, kind: 'openness-plan', year: '2026' }),
    { document: { form: 'text', format: 'text', text, doubts: [] }, name: '2026年政务公开工作要点.txt' },
  )
  for (const task of await listTasks(ctx.db, planId))
    await acceptTask(ctx, { taskId: task.id, revision: task.revision })
  await decideSureNames(ctx, planId)
  await putInForce(ctx, planId)
  await report(ctx, planId)
  await makePublic(ctx, planId, site.id)
}

async function report(ctx: Context, planId: string): Promise<void> {
  const tasks = await listTasks(ctx.db, planId)
  const units = await listTaskUnits(
    ctx.db,
    tasks.map(task => task.id),
  )
  for (const { no, ...said } of reports) {
    const task = tasks.find(one => one.no === no)
    const organId = units.find(unit => unit.taskId === task?.id && unit.role === 'lead')?.organId
    if (!task || !organId) throw new Error(`样例台账没有任务${no}，或者它没有牵头单位`)
    const reportId = await handInReport(ctx, handInReportInput.parse({ ...said, taskId: task.id, organId }))
    await actOnReport(ctx, actOnReportInput.parse({ reportId, act: 'accept' }))
  }
}

async function makePublic(ctx: Context, planId: string, siteId: string): Promise<void> {
  const column = (await listColumns(ctx.db, siteId)).find(
    one => one.path === 'disclosure/content/supervision',
  )
  const { publicationId, revision } = await proposeProgress(
    ctx,
    proposeProgressInput.parse({ planId, columnId: column?.id }),
  )
  await publish(ctx, { publicationId, revision }, { kind: 'sample', publicAt: ctx.clock.now() })
}
