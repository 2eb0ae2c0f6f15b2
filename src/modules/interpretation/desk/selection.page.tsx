import { z } from 'zod'
import { notFound, Refused } from '#lib/errors'
import { readForm } from '#lib/forms'
import { itemsForPlans } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { PostButton } from '#ui/forms'
import { nominate, nominateInput, takeBackInput, takeBackNomination } from '../actions/nominate.ts'
import { giveScore, publishResult, scoreInput, siteNamed } from '../actions/run-round.ts'
import { mayJudge, mayNominate, mayReadRatings, mayRunSelection } from '../policy.ts'
import { type Round, roundStateOn, roundStates } from '../selection.ts'
import { findRound, listNominations } from '../selection-queries.ts'
import { candidates } from './candidates.ts'
import { type Fault, NominationForm, Nominations, ScoreForm, TakeBackForm } from './selection-forms.tsx'
import { RoundForm } from './selections.page.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/selections/:id', may: mayReadRatings, handle: ask },
  {
    method: 'POST',
    path: '/selections/:id/nominate',
    may: actor => mayNominate(actor),
    handle: takeNomination,
  },
  {
    method: 'POST',
    path: '/selections/:id/take-back',
    may: actor => mayNominate(actor),
    handle: takeBack,
  },
  { method: 'POST', path: '/selections/:id/score', may: actor => mayJudge(actor), handle: takeScore },
  { method: 'POST', path: '/selections/:id/publish', may: actor => mayRunSelection(actor), handle: publish },
]

async function load(ctx: DeskContext, incoming: Incoming): Promise<Round> {
  const id = z.uuid().safeParse(incoming.params.id)
  const round = id.success ? await findRound(ctx.db, { id: id.data }) : null
  if (!round) throw notFound('interpretation.no-round', '没有这一届评选。请从列表重新选择。')
  return round
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, incoming, await load(ctx, incoming))
}

async function takeNomination(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, 'nominate', nominateInput, (round, input) => nominate(ctx, round.id, input))
}

async function takeBack(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, 'take-back', takeBackInput, (round, input) =>
    takeBackNomination(ctx, round.id, input),
  )
}

async function takeScore(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, 'score', scoreInput, (round, input) => giveScore(ctx, round.id, input))
}

async function publish(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, 'publish', z.object({}), round => publishResult(ctx, round.id))
}

async function act<Schema extends z.ZodType>(
  ctx: DeskContext,
  incoming: Incoming,
  form: Fault['form'],
  schema: Schema,
  run: (round: Round, input: z.output<Schema>) => Promise<void>,
): Promise<Reply> {
  const round = await load(ctx, incoming)
  const fault = { raw: incoming.form, form }
  const read = readForm(schema, incoming.form)
  if (!read.ok) return show(ctx, incoming, round, { ...fault, errors: read.errors, status: 422 })
  try {
    await run(round, read.value)
    return seeOther(`/selections/${round.id}?done=${form}`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, incoming, round, { ...fault, errors: { '': error.message }, status: error.status })
  }
}

const done: Record<string, string> = {
  saved: '已保存。',
  nominate: '已提名。',
  'take-back': '提名已撤回。',
  score: '评分已记下，结果公布前可以改。',
  publish: '结果已公布，不能再改。',
}

async function show(ctx: DeskContext, incoming: Incoming, round: Round, fault?: Fault): Promise<Reply> {
  const now = ctx.clock.now()
  const [site, nominations] = await Promise.all([
    siteNamed(ctx.db, round.siteId),
    listNominations(ctx.db, round.id),
  ])
  const items = await itemsForPlans(ctx.db, now, { ids: nominations.map(one => one.publicationId) })
  const state = roundStateOn(round, ctx.clock.today())
  const word = done[String(incoming.query.done ?? '')]
  return page({
    status: fault?.status ?? 200,
    title: `${round.year}年优秀解读评选`,
    crumbs: [{ label: '优秀解读评选', href: '/selections' }, { label: `${round.year}年` }],
    body: (
      <>
        <PageHead title={`${round.year}年优秀解读评选`} note={`${site.name} · ${roundStates[state]}`} />
        {word ? <Notice tone="success" title={word} /> : null}
        {fault && fault.form === 'publish' ? <Notice tone="error" title={fault.errors[''] ?? ''} /> : null}
        <DefinitionList
          items={[
            { term: '投票', value: `${round.votesFrom} 至 ${round.votesUntil}` },
            { term: '权重', value: `评委 ${round.juryWeight}，读者 ${round.readerWeight}` },
            { term: '评出', value: `${round.chosen} 篇` },
            { term: '说明', value: round.note || null, wide: true },
          ]}
        />
        <Nominations nominations={nominations} items={items} />
        {state === 'preparing' && nominations.some(one => mayNominate(ctx.actor, one.organId)) ? (
          <TakeBackForm
            round={round}
            nominations={nominations.filter(one => mayNominate(ctx.actor, one.organId))}
            items={items}
            fault={fault}
          />
        ) : null}
        {state === 'preparing' && mayNominate(ctx.actor) ? (
          <Sheet title="提名">
            <NominationForm round={round} items={await candidates(ctx, round, nominations)} fault={fault} />
          </Sheet>
        ) : null}
        {(state === 'voting' || state === 'judging') && mayJudge(ctx.actor) ? (
          <Sheet title="评分">
            <ScoreForm
              round={round}
              nominations={nominations.filter(one => mayJudge(ctx.actor, one.organId))}
              items={items}
              fault={fault}
            />
          </Sheet>
        ) : null}
        {state === 'preparing' && mayRunSelection(ctx.actor, site.organId) ? (
          <Sheet title="修改规则">
            <RoundForm
              siteId={site.id}
              action="/selections"
              errors={{}}
              revision={String(round.revision)}
              raw={{
                year: String(round.year),
                note: round.note,
                juryWeight: String(round.juryWeight),
                readerWeight: String(round.readerWeight),
                chosen: String(round.chosen),
                votesFrom: round.votesFrom,
                votesUntil: round.votesUntil,
              }}
            />
          </Sheet>
        ) : null}
        {state === 'judging' && mayRunSelection(ctx.actor, site.organId) ? (
          <Sheet title="公布结果">
            <p>公布以后，名次和分数不能再改，入选的解读会标明“{round.year}年度优秀解读”。</p>
            <PostButton action={`/selections/${round.id}/publish`} label="公布结果" tone="primary" />
          </Sheet>
        ) : null}
      </>
    ),
  })
}
