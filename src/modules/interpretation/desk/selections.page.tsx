import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, DateField, Form, HiddenField, TextArea, TextField } from '#ui/forms'
import { saveRound, saveRoundInput } from '../actions/run-round.ts'
import { mayReadRatings, mayRunSelection } from '../policy.ts'
import { type Round, roundStateOn, roundStates } from '../selection.ts'
import { listRounds } from '../selection-queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/selections', may: mayReadRatings, handle: show },
  { method: 'POST', path: '/selections', may: actor => mayRunSelection(actor), handle: save },
]

const labels = {
  year: '年份',
  note: '说明',
  juryWeight: '评委权重',
  readerWeight: '读者权重',
  chosen: '评出几篇',
  votesFrom: '投票开始',
  votesUntil: '投票截止',
}

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(saveRoundInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, { raw: incoming.form, errors: read.errors, status: 422 })
  try {
    return seeOther(`/selections/${await saveRound(ctx, read.value)}?done=saved`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, incoming, { raw: incoming.form, errors: { '': error.message }, status: error.status })
  }
}

/** 优秀解读评选: the rounds of every site, and a new one. */
async function show(
  ctx: DeskContext,
  _incoming: Incoming,
  fault: { raw?: RawForm; errors?: FormErrors; status?: number } = {},
): Promise<Reply> {
  const sites = await listSites(ctx.db)
  return page({
    status: fault.status ?? 200,
    title: '优秀解读评选',
    crumbs: [{ label: '优秀解读评选' }],
    body: (
      <>
        <PageHead
          title="优秀解读评选"
          note="每年一届：单位推荐当年公开的解读，读者投票，评委评分，公布结果。往届保留。"
        />
        {await Promise.all(sites.map(site => siteRounds(ctx, site, fault)))}
      </>
    ),
  })
}

async function siteRounds(ctx: DeskContext, site: SiteRow, fault: { raw?: RawForm; errors?: FormErrors }) {
  const rounds = await listRounds(ctx.db, site.id)
  const year = ctx.clock.today().slice(0, 4)
  const isMine = fault.raw?.siteId === site.id
  const usual = { year, juryWeight: '60', readerWeight: '40', chosen: '10' }
  return (
    <Sheet key={site.id} title={site.name} count={rounds.length}>
      <DataTable
        caption={`${site.name}的评选`}
        captionHidden
        columns={[
          {
            key: 'year',
            head: '年度',
            cell: (round: Round) => <a href={`/selections/${round.id}`}>{round.year}年</a>,
          },
          { key: 'state', head: '状态', cell: round => roundStates[roundStateOn(round, ctx.clock.today())] },
          { key: 'votes', head: '投票', cell: round => `${round.votesFrom} 至 ${round.votesUntil}` },
        ]}
        rows={rounds}
        rowKey={round => round.id}
        empty={<p>还没有举办过。</p>}
      />
      {mayRunSelection(ctx.actor, site.organId) ? (
        <details open={isMine}>
          <summary class="btn btn-outline btn-primary mt-4">开设一届</summary>
          <RoundForm
            siteId={site.id}
            raw={isMine ? (fault.raw ?? usual) : usual}
            errors={isMine ? (fault.errors ?? {}) : {}}
            revision="0"
            action="/selections"
          />
        </details>
      ) : null}
    </Sheet>
  )
}

export function RoundForm(props: {
  siteId: string
  raw: RawForm
  errors: FormErrors
  revision: string
  action: string
}) {
  return (
    <Form
      id={`round-${props.siteId.slice(-6)}`}
      action={props.action}
      values={props.raw}
      errors={props.errors}
      labels={labels}
    >
      <HiddenField name="siteId" value={props.siteId} />
      <HiddenField name="revision" value={props.revision} />
      <TextField name="year" label={labels.year} required inputMode="numeric" width="short" />
      <TextField
        name="juryWeight"
        label={labels.juryWeight}
        required
        inputMode="numeric"
        width="short"
        hint="评委和读者各占多少，例如 60 和 40。"
      />
      <TextField name="readerWeight" label={labels.readerWeight} required inputMode="numeric" width="short" />
      <TextField name="chosen" label={labels.chosen} required inputMode="numeric" width="short" />
      <DateField name="votesFrom" label={labels.votesFrom} required hint="这一天起不再提名，规则不能再改。" />
      <DateField name="votesUntil" label={labels.votesUntil} required hint="这一天过完截止。" />
      <TextArea name="note" label={labels.note} rows={2} maxLength={500} hint="读者会看到。" />
      <Actions primary="保存" />
    </Form>
  )
}
