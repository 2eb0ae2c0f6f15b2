import { createHash } from 'node:crypto'
import { publicId, uuidv7 } from '#lib/ids'
import { createOrgan, createOrganInput, type Organ } from '#modules/organisations'
import { makePublishing } from '../../../test/make/publishing.ts'
import { actOnReport, actOnReportInput } from './actions/act-on-report.ts'
import { handInReport, handInReportInput } from './actions/hand-in-report.ts'
import { putInForce } from './actions/put-in-force.ts'
import { saveNameDecision } from './owing-queries.ts'
import { blankTask } from './proposals.ts'
import { findPlan, listTasks, saveTasks } from './queries.ts'
import type { TaskContent } from './task.ts'

/** A plan in force with the tasks that are given, and the people who work on it. */
export async function makeLedger(tasks: readonly Partial<TaskContent>[]) {
  const house = await makePublishing()
  const { db } = house.connection
  const government = house.at.government
  const school = await createOrgan(
    house.system,
    createOrganInput.parse({
      docCodes: [],
      level: 'county',
      key: 'yunxi-jtj',
      name: '云溪县教育体育局',
      shortName: '县教体局',
      type: 'department',
      parentId: government.id,
    }),
  )
  const keeper = house.as(['openness-office'], '何敏', government)
  const reviewer = house.as(['secrecy-reviewer'], '周宁', government)
  const planId = uuidv7()
  const text = tasks.map(task => task.text ?? '').join('\n')
  await db
    .insertInto('ledgerPlans')
    .values({
      id: planId,
      publicId: publicId(),
      siteId: house.at.site.id,
      organId: government.id,
      kind: 'openness-plan',
      title: '2026年政务公开工作要点',
      issuer: '云溪县人民政府办公室',
      year: 2026,
      text,
      textSha256: createHash('sha256').update(text).digest('hex'),
      createdBy: '何敏',
      createdAt: house.now(),
      reportDueOn: '2026-12-15',
    })
    .execute()
  const by = { id: planId, changedBy: '何敏', changedAt: house.now() }
  await saveTasks(
    db,
    tasks.map((content, index) => ({
      ...blankTask(by),
      ...content,
      position: index + 1,
      confirmedAt: house.now(),
      confirmedBy: '何敏',
    })),
  )
  const organs: Record<string, Organ> = { 水利局: house.at.department, 教体局: school }
  for (const [printed, organ] of Object.entries(organs))
    await saveNameDecision(db, planId, {
      printed,
      means: 'organs',
      organIds: [organ.id],
      decidedBy: '何敏',
      decidedAt: house.now(),
    })
  await putInForce(keeper, planId)
  const taskIds = (await listTasks(db, planId)).map(task => task.id)
  return {
    house,
    db,
    planId,
    taskIds,
    school,
    water: house.at.department,
    keeper,
    reviewer,
    /** Drafters of the two departments. */
    ofWater: house.as(['drafter'], '林晓', house.at.department),
    ofSchool: house.as(['drafter'], '吴桐', school),
    plan: async () => {
      const plan = await findPlan(db, { id: planId })
      if (!plan) throw new Error('no plan')
      return plan
    },
    report: (who: 'ofWater' | 'ofSchool', task: number, facts: object = {}): Promise<string> => {
      const [ctx, organ] =
        who === 'ofWater'
          ? [house.as(['drafter'], '林晓', house.at.department), house.at.department]
          : [house.as(['drafter'], '吴桐', school), school]
      return handInReport(
        ctx,
        handInReportInput.parse({
          taskId: taskIds[task] ?? '',
          organId: organ.id,
          state: 'running',
          words: '已经按要求推进。',
          ...facts,
        }),
      )
    },
    decide: (reportId: string, act = 'accept', words = '') =>
      actOnReport(keeper, actOnReportInput.parse({ reportId, act, words })),
  }
}

export type Ledger = Awaited<ReturnType<typeof makeLedger>>
