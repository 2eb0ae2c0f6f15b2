import { sql } from 'kysely'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { listOrgansBelow, listSites, type SiteRow } from '#modules/organisations'
import { listsTag } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayJudge, mayRunSelection } from '../policy.ts'
import { type Round, rank, roundStateOn } from '../selection.ts'
import { findRound, listNominations } from '../selection-queries.ts'

const day = (message: string) => z.string(message).refine(isPlainDate, message)
const whole = (message: string, from: number, to: number) =>
  z.coerce.number(message).int(message).min(from, message).max(to, message)

export const saveRoundInput = z
  .object({
    siteId: z.uuid('请选择站点。'),
    year: whole('请填写年份，例如 2026。', 2000, 2200),
    note: z.string().trim().max(500).default(''),
    juryWeight: whole('评委权重请填 0 至 100 的整数。', 0, 100),
    readerWeight: whole('读者权重请填 0 至 100 的整数。', 0, 100),
    chosen: whole('请填写评出几篇，1 至 100。', 1, 100),
    votesFrom: day('投票开始日期不存在，请核对。'),
    votesUntil: day('投票截止日期不存在，请核对。'),
    /** As which revision it was seen; 0: a new round. */
    revision: z.preprocess(blankAsNull, z.coerce.number().int().min(0).default(0)),
  })
  .superRefine((round, check) => {
    const fault = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message })
    if (round.juryWeight + round.readerWeight === 0) fault('juryWeight', '评委和读者的权重不能都是 0。')
    if (round.votesUntil < round.votesFrom) fault('votesUntil', '投票截止不能早于开始。')
  })
export type SaveRound = z.output<typeof saveRoundInput>

export async function siteNamed(db: Database, siteId: string): Promise<SiteRow> {
  const site = (await listSites(db)).find(one => one.id === siteId)
  if (!site) throw notFound('interpretation.no-site', '没有这个站点。请重新选择。')
  return site
}

/** Opens the round of a year, or changes it until voting begins: nobody changes the rules while they are played by. */
export async function saveRound(ctx: Context, input: SaveRound): Promise<string> {
  const { revision, ...facts } = input
  return inTransaction(ctx.db, async db => {
    const site = await siteNamed(db, input.siteId)
    permit(mayRunSelection(ctx.actor, site.organId), 'interpretation.may-not-run-selection')
    const before = await findRound(db, { siteId: site.id, year: input.year }, { lock: true })
    const changed = {
      ...facts,
      changedBy: actorName(ctx.actor),
      changedById: actorId(ctx.actor),
      changedAt: ctx.clock.now(),
    }
    if ((before?.revision ?? 0) !== revision)
      throw conflict(
        'interpretation.round-exists',
        before
          ? `${input.year}年的评选已经有了，或者刚刚由${before.changedBy}改过。请先看过再改。`
          : '请刷新页面后再试。',
      )
    if (before && roundStateOn(before, ctx.clock.today()) !== 'preparing')
      throw conflict('interpretation.round-began', '投票已经开始，规则不能再改。')
    const id = before?.id ?? uuidv7(ctx.clock.now().getTime())
    if (before)
      await db
        .updateTable('selectionRounds')
        .set({ ...changed, revision: sql`revision + 1` })
        .where('id', '=', id)
        .execute()
    else
      await db
        .insertInto('selectionRounds')
        .values({ ...changed, id })
        .execute()
    await recordRound(
      db,
      ctx,
      { id, year: input.year },
      `${before ? '修改' : '开设'}${input.year}年优秀解读评选`,
      'round-saved',
    )
    await announceChange(db, [listsTag(site.id)])
    return id
  })
}

export const recordRound = (
  db: Database,
  ctx: Context,
  round: Pick<Round, 'id' | 'year'>,
  sentence: string,
  act: string,
) =>
  recordAct(db, ctx, {
    act: `interpretation.${act}`,
    sentence,
    object: { kind: 'selection', id: round.id, label: `${round.year}年优秀解读评选` },
  })

export async function lockRound(db: Database, id: string): Promise<Round> {
  const round = await findRound(db, { id }, { lock: true })
  if (!round) throw notFound('interpretation.no-round', '没有这一届评选。请从列表重新选择。')
  return round
}

export const scoreInput = z.object({
  nominationId: z.uuid('请重新选择。'),
  score: whole('请打 0 至 100 的整数分。', 0, 100),
  comment: z.string().trim().max(300, '评语最多 300 字。').default(''),
})

/** A juror's score; given again it replaces the one before. Nobody judges what his own organ wrote. */
export async function giveScore(
  ctx: Context,
  roundId: string,
  input: z.output<typeof scoreInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const round = await lockRound(db, roundId)
    const state = roundStateOn(round, ctx.clock.today())
    if (state !== 'voting' && state !== 'judging')
      throw conflict(
        'interpretation.not-judging',
        state === 'published' ? '结果已经公布，不能再评分。' : '投票开始以后才评分。',
      )
    const nomination = (await listNominations(db, roundId)).find(one => one.id === input.nominationId)
    if (!nomination) throw notFound('interpretation.no-nomination', '这一届没有这篇解读。')
    const site = await siteNamed(db, round.siteId)
    const reach = [site.organId, ...(await listOrgansBelow(db, site.organId))]
    permit(
      mayJudge(ctx.actor, nomination.organId) &&
        (ctx.actor.kind !== 'staff' || reach.includes(ctx.actor.organId)),
      'interpretation.may-not-judge',
      '评分由本级政府和部门的领导、负责人办理，并且不评本单位的解读。',
    )
    const given = {
      juror: actorName(ctx.actor),
      score: input.score,
      comment: input.comment,
      scoredAt: ctx.clock.now(),
    }
    const jurorId = actorId(ctx.actor)
    if (!jurorId) throw invalid('interpretation.no-juror', '评分要由评委本人登录办理。')
    await db
      .insertInto('selectionScores')
      .values({ ...given, nominationId: nomination.id, jurorId })
      .onConflict(conflict => conflict.columns(['nominationId', 'jurorId']).doUpdateSet(given))
      .execute()
    await recordRound(db, ctx, round, `为${round.year}年优秀解读评选评分`, 'scored')
  })
}

/** Counts, and publishes what was counted; it never changes again. */
export async function publishResult(ctx: Context, roundId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const round = await lockRound(db, roundId)
    const site = await siteNamed(db, round.siteId)
    permit(mayRunSelection(ctx.actor, site.organId), 'interpretation.may-not-run-selection')
    if (round.publishedAt) return
    if (roundStateOn(round, ctx.clock.today()) !== 'judging')
      throw conflict('interpretation.still-voting', '投票截止以后才能公布结果。')
    const nominations = await listNominations(db, roundId)
    if (nominations.length === 0)
      throw conflict('interpretation.nobody-nominated', '没有提名，无法公布结果。')
    if (round.juryWeight > 0 && nominations.some(one => one.scores.length === 0))
      throw conflict('interpretation.not-scored', '还有解读没有评委评分，请评完再公布。')
    await db
      .insertInto('selectionResults')
      .values(rank(nominations, round).map(({ id, ...result }) => ({ ...result, nominationId: id })))
      .execute()
    await db
      .updateTable('selectionRounds')
      .set({ publishedAt: ctx.clock.now(), revision: sql`revision + 1` })
      .where('id', '=', round.id)
      .execute()
    await recordRound(db, ctx, round, `公布${round.year}年优秀解读评选结果`, 'result-published')
    await announceChange(db, [listsTag(round.siteId)])
  })
}
