import { z } from 'zod'
import { inChinese, nextMidnight } from '#lib/beijing-time'
import { notFound, Refused } from '#lib/errors'
import { readForm } from '#lib/forms'
import { listsTag, nextBoundary, publicByIds } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { StateTag } from '#ui/components/state-tag'
import { vote, voteInput } from '../actions/vote.ts'
import { type Round, roundStateOn, roundStates } from '../selection.ts'
import { findRound, listNominations, listRounds } from '../selection-queries.ts'
import { InterpretationTabs } from './interpretation-tabs.tsx'
import { mustComeFromHere } from './rating.page.tsx'
import { Ballot, home, Results } from './selection-parts.tsx'

const path = `${home}/:year`
// No selection nominates the item that is looked for; what a round shows is tested beside it
const rule = showsPublications(() => [])

export const routes: PublicRoute[] = [
  { method: 'GET', path: home, rule: showsPublications(() => [home]), handle: showRounds },
  { method: 'GET', path, rule, handle: showRound },
  { method: 'POST', path, rule, handle: takeVote },
]

const crumbs = (base: string) => [
  { label: '首页', href: `${base}/` },
  { label: '政策解读', href: `${base}/interpretations` },
]

/** 优秀解读评选: every year's round, from its voting on. */
async function showRounds(ctx: PublicContext): Promise<Reply> {
  const { site, clock } = ctx
  const rounds = (await listRounds(ctx.db, site.id)).filter(
    round => roundStateOn(round, clock.today()) !== 'preparing',
  )
  return page({
    title: '优秀解读评选',
    door: 'policies',
    crumbs: [...crumbs(site.base), { label: '优秀解读评选' }],
    column: {
      name: '优秀解读评选',
      description: '每年由读者投票、评委评分，评出说得清楚、用得上的政策解读',
      keywords: '优秀解读,评选,投票',
      type: '政策解读',
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: nextMidnight(clock.now()),
    body: (
      <>
        <PageHead title="优秀解读评选" note="每年由读者投票、评委评分，评出说得清楚、用得上的政策解读。" />
        <InterpretationTabs base={site.base} current="selections" />
        {rounds.length === 0 ? (
          <EmptyState title="还没有举办过评选">
            评选开始投票时，会在这里公布。您可以先<a href={`${site.base}/interpretations`}>看全部解读</a>
            ，并在解读下面评价。
          </EmptyState>
        ) : (
          <ul class="mt-4">
            {rounds.map(round => (
              <li key={round.id} class="py-2">
                <a class="underline" href={`${site.base}${home}/${round.year}`}>
                  {round.year}年优秀解读评选
                </a>{' '}
                <StateTag state="info">{roundStates[roundStateOn(round, clock.today())]}</StateTag>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  })
}

async function loadRound(ctx: PublicContext, incoming: Incoming): Promise<Round> {
  const year = z.coerce.number().int().min(2000).max(2200).safeParse(incoming.params.year)
  const round = year.success ? await findRound(ctx.db, { siteId: ctx.site.id, year: year.data }) : null
  if (!round || roundStateOn(round, ctx.clock.today()) === 'preparing')
    throw notFound('interpretation.no-round', '没有这一届评选，或者还没有开始投票。')
  return round
}

async function takeVote(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  mustComeFromHere(incoming)
  const round = await loadRound(ctx, incoming)
  const read = readForm(voteInput, incoming.form)
  if (!read.ok) return show(ctx, round, { error: '请选择一篇解读再投票。', status: 422 })
  try {
    const where = { siteId: ctx.site.id, year: round.year, ip: incoming.ip }
    return seeOther(`${ctx.site.base}${home}/${round.year}?done=${await vote(ctx, where, read.value)}`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, round, { error: error.message, status: error.status })
  }
}

const thanks: Record<string, string> = {
  counted: '谢谢，您的一票已经计入。',
  already: '您所在的网络今天已经给这一篇投过票，没有重复计入。明天可以再投。',
}

async function showRound(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, await loadRound(ctx, incoming), { thanks: thanks[String(incoming.query.done ?? '')] })
}

/** One year: while it is voted on, what was nominated; then the result, every figure with what it counts. */
async function show(
  ctx: PublicContext,
  round: Round,
  said: { thanks?: string | undefined; error?: string; status?: number },
): Promise<Reply> {
  const { db, site, clock } = ctx
  const now = clock.now()
  const [nominations, boundary] = await Promise.all([listNominations(db, round.id), nextBoundary(db, now)])
  const items = await publicByIds(
    db,
    now,
    site.id,
    nominations.map(one => one.publicationId),
  )
  const byId = new Map(items.map(item => [item.id, item]))
  const state = roundStateOn(round, clock.today())
  const midnight = nextMidnight(now)
  return page({
    status: said.status ?? 200,
    title: `${round.year}年优秀解读评选`,
    door: 'policies',
    crumbs: [
      ...crumbs(site.base),
      { label: '优秀解读评选', href: site.base + home },
      { label: `${round.year}年` },
    ],
    dependsOn: said.status ? undefined : [listsTag(site.id)],
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
    body: (
      <>
        <PageHead title={`${round.year}年优秀解读评选`} note={round.note || roundStates[state]} />
        {said.thanks ? <Notice tone="success" title={said.thanks} /> : null}
        {said.error ? <Notice tone="error" title={said.error} /> : null}
        <p class="mt-3">
          读者投票：{inChinese(round.votesFrom)}至{inChinese(round.votesUntil)}。评委评分占 {round.juryWeight}
          ，读者投票占 {round.readerWeight}，按总分取前 {round.chosen} 名。
        </p>
        {state === 'published' ? (
          <Results round={round} nominations={nominations} items={byId} base={site.base} />
        ) : (
          <Ballot
            round={round}
            nominations={nominations}
            items={byId}
            base={site.base}
            isVoting={state === 'voting'}
          />
        )}
      </>
    ),
  })
}
