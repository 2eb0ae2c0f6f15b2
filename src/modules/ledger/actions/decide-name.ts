import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { learnAlias, learnAliasInput } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { namesOf, organsOf, type PrintedName } from '../names.ts'
import { deleteNameDecision, listNameDecisions, saveNameDecision } from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { listTasks } from '../queries.ts'
import { lockPlan } from './lock-plan.ts'

export const decideNameInput = z.object({
  planId: z.uuid(),
  printed: z.string().min(1).max(200),
  means: z.enum(['organs', 'outside'], '请选择它指哪个机构，或者不是本级政府的单位。'),
  organIds: z.array(z.uuid()).default([]),
  /** From now on, documents that print this name mean this organ. */
  remember: z.preprocess(value => value === 'yes' || value === true, z.boolean()).default(false),
})

/** A person says whom a printed name means in this plan; with `remember` the directory of units learns it. */
export async function decideName(ctx: Context, input: z.output<typeof decideNameInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, input.planId, 'decide-name')
    const organs = await organsOf(db, plan)
    const chosen = organs.filter(organ => input.organIds.includes(organ.id))
    if (input.means === 'organs' && (chosen.length === 0 || chosen.length !== new Set(input.organIds).size))
      throw invalid('ledger.no-organ', `请为“${input.printed}”选择现有的机构，或者选“不是本级政府的单位”。`)
    if (input.remember && (input.means === 'outside' || chosen.length !== 1))
      throw invalid('ledger.cannot-remember', '只有指一个机构的叫法才能记住。')
    await keep(
      db,
      ctx,
      plan,
      input.printed,
      input.means,
      chosen.map(organ => organ.id),
    )
    const [organ] = chosen
    if (input.remember && organ)
      await learnAlias(
        { ...ctx, db },
        learnAliasInput.parse({
          organId: organ.id,
          alias: input.printed,
          learnedFrom: `《${plan.title}》`.slice(0, 200),
        }),
      )
    await recordAct(db, ctx, {
      act: 'ledger.decide-name',
      sentence: `“${plan.title}”里的“${input.printed}”${
        input.means === 'outside'
          ? '不是本级政府的单位'
          : `指${chosen
              .map(one => one.shortName)
              .join('、')
              .slice(0, 120)}`
      }`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
  })
}

/** Many names at once, all or none. */
export async function decideNames(
  ctx: Context,
  inputs: readonly z.output<typeof decideNameInput>[],
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    for (const input of inputs) await decideName({ ...ctx, db }, input)
  })
}

/** Takes a decision back, so that the name waits again. */
export async function undecideName(ctx: Context, planId: string, printed: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'decide-name')
    await deleteNameDecision(db, plan.id, printed)
    await insertAct(db, ctx, { planId: plan.id, act: 'undecide-name', reason: printed })
    await recordAct(db, ctx, {
      act: 'ledger.undecide-name',
      sentence: `“${plan.title}”里的“${printed}”重新认定`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
  })
}

/** Names that can mean one organ only: by its name, short form or a learned alias. Groups are looked at one by one. */
export const isSureName = (name: PrintedName): boolean =>
  name.decision === null && ['name', 'short-name', 'alias'].includes(name.proposal.how)

/** @returns how many names were decided as they are proposed. */
export async function decideSureNames(ctx: Context, planId: string): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'decide-name')
    const [tasks, decisions] = await Promise.all([listTasks(db, plan.id), listNameDecisions(db, plan.id)])
    const { names } = await namesOf(db, plan, tasks, decisions)
    const sure = names.filter(isSureName)
    if (sure.length === 0) throw conflict('ledger.none-sure', '没有可以确定的名称。其余的请逐个认定。')
    for (const { printed, proposal } of sure) await keep(db, ctx, plan, printed, 'organs', proposal.organIds)
    await recordAct(db, ctx, {
      act: 'ledger.decide-sure-names',
      sentence: `“${plan.title}”：按机构目录认定 ${sure.length} 个单位名称`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    return sure.length
  })
}

async function keep(
  db: Database,
  ctx: Context,
  plan: Plan,
  printed: string,
  means: 'organs' | 'outside',
  organIds: string[],
): Promise<void> {
  await saveNameDecision(db, plan.id, {
    printed,
    means,
    organIds: means === 'outside' ? [] : organIds,
    decidedBy: actorName(ctx.actor),
    decidedAt: ctx.clock.now(),
  })
  await insertAct(db, ctx, {
    planId: plan.id,
    act: 'decide-name',
    reason: printed,
    after: { means, organIds },
  })
}
