import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fromBeijing } from '#lib/beijing-time'
import {
  approvePlan,
  giveScore,
  nominate,
  nominateInput,
  publishResult,
  rateInput,
  rateInterpretation,
  roundNominations,
  savePlan,
  savePlanInput,
  saveRound,
  saveRoundInput,
  scoreInput,
  vote,
} from '#modules/interpretation'
import { listSites } from '#modules/organisations'
import { staffActor } from '#modules/people'
import { publicationIdsOf } from '#modules/publications'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { root } from '#platform/root'
import type { SampleLogin } from './found-government.ts'

const file = z.object({
  plans: z.array(
    z.looseObject({ policy: z.string(), by: z.string(), approvedBy: z.string(), at: z.string() }),
  ),
  ratings: z.array(
    z.object({
      interpretation: z.string(),
      at: z.string(),
      grades: z.array(z.number()),
      words: z.string(),
    }),
  ),
  rounds: z.array(
    z.looseObject({
      site: z.string(),
      year: z.number(),
      openedAt: z.string(),
      votesFrom: z.string(),
      votesUntil: z.string(),
      publishedAt: z.string(),
      nominations: z.array(
        z.object({
          interpretation: z.string(),
          reason: z.string(),
          votes: z.number(),
          scores: z.array(z.object({ by: z.string(), score: z.number(), comment: z.string() })),
        }),
      ),
    }),
  ),
})

/** Plans, what readers said, and a selection that is over, through the same acts as desk and site. */
export async function loadInterpretations(
  ctx: Context,
  addresses: ReadonlyMap<string, string>,
  logins: readonly SampleLogin[],
): Promise<void> {
  const { plans, ratings, rounds } = file.parse(
    JSON.parse(await readFile(join(root, 'sample', 'interpretations.json'), 'utf8')),
  )
  const sites = await listSites(ctx.db)
  const publicIdOf = (name: string) => {
    const id = /^\/publication\/(\w+)/.exec(addresses.get(name) ?? '')?.[1]
    if (!id) throw new Error(`样例解读说到没有的发布物：${name}`)
    return id
  }
  const ids = await publicationIdsOf(ctx.db, [...addresses.keys()].map(publicIdOf))
  const idOf = (name: string) => ids.get(publicIdOf(name)) ?? ''
  const as = async (username: string, time: string): Promise<Context> => {
    const login = logins.find(one => one.username === username)
    const actor = login && (await staffActor(ctx, login.staffId))
    if (!actor) throw new Error(`样例解读说到没有的人员：${username}`)
    return { ...on(ctx, time), actor }
  }
  for (const { policy, by, approvedBy, at, ...plan } of plans) {
    await savePlan(await as(by, at), idOf(policy), savePlanInput.parse(plan))
    await approvePlan(await as(approvedBy, at), idOf(policy), { revision: 1 })
  }
  for (const { interpretation, at, grades, words } of ratings) {
    const siteId = sites.find(site => site.key === 'yunxi')?.id ?? ''
    for (const [index, grade] of grades.entries())
      await rateInterpretation(
        on(ctx, at),
        { publicationId: idOf(interpretation), siteId, ip: `10.20.0.${index + 1}` },
        rateInput.parse({ grade, words: index === 0 ? words : '' }),
      )
  }
  for (const { site: key, openedAt, publishedAt, nominations, ...facts } of rounds) {
    const siteId = sites.find(site => site.key === key)?.id ?? ''
    const roundId = await saveRound(on(ctx, openedAt), saveRoundInput.parse({ ...facts, siteId }))
    for (const { interpretation, reason } of nominations)
      await nominate(
        on(ctx, openedAt),
        roundId,
        nominateInput.parse({ publication: publicIdOf(interpretation), reason }),
      )
    const known = await roundNominations(ctx.db, roundId)
    for (const { interpretation, votes, scores } of nominations) {
      const nomination = known.find(one => one.publicationId === idOf(interpretation))?.id ?? ''
      const where = { siteId, year: facts.year }
      for (let reader = 1; reader <= votes; reader++)
        await vote(
          on(ctx, `${reader % 3 === 0 ? facts.votesUntil : facts.votesFrom} 12:00`),
          { ...where, ip: `10.21.0.${reader}` },
          { nomination },
        )
      for (const { by, score, comment } of scores)
        await giveScore(
          await as(by, `${facts.votesUntil} 15:00`),
          roundId,
          scoreInput.parse({ nominationId: nomination, score, comment }),
        )
    }
    await publishResult(on(ctx, publishedAt), roundId)
  }
}

function on(ctx: Context, time: string): Context {
  const at = fromBeijing(time)
  if (!at) throw new Error(`样例解读的时间不对：${time}`)
  return { ...ctx, clock: clockAt(() => at) }
}
