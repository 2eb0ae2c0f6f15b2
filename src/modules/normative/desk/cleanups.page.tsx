import { readForm } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { ProgressBar } from '#ui/components/progress-bar'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Actions, CheckboxList, DateField, FieldGroup, Form, TextField } from '#ui/forms'
import { startCleanup, startCleanupInput } from '../actions/run-cleanup.ts'
import { type Cleanup, cleanupState, cleanupStates } from '../cleanup.ts'
import { listCleanups, progressOf } from '../cleanup-queries.ts'
import { mayReadNormative, mayRunCleanup } from '../policy.ts'
import { organsInRegister } from '../register-queries.ts'
import { monthsAfter } from '../terms.ts'
import { asFault, chosenSite, noFault } from './load-document.ts'
import { NormativeTabs } from './normative-tabs.tsx'

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/normative-cleanups',
    may: actor => mayReadNormative(actor),
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  { method: 'POST', path: '/normative-cleanups', may: actor => mayRunCleanup(actor), handle: start },
]

const labels = {
  name: '名称',
  basis: '依据',
  organIds: '制定机关',
  signedFrom: '成文日期从',
  signedTo: '到',
  dueOn: '完成日期',
}

async function start(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const read = readForm(startCleanupInput, { ...incoming.form, siteId: site.id })
  if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422, form: 'start' })
  try {
    return seeOther(`/normative-cleanups/${await startCleanup(ctx, read.value)}?done=started`)
  } catch (error) {
    return show(ctx, incoming, asFault(error, 'start'))
  }
}

export function CleanupTag({ round }: { round: Cleanup }) {
  const state = cleanupState(round)
  const tag = { open: 'soon', 'in-review': 'info', published: 'met', cancelled: 'off' } as const
  return <StateTag state={tag[state]}>{cleanupStates[state]}</StateTag>
}

async function show(ctx: DeskContext, incoming: Incoming, fault = noFault): Promise<Reply> {
  const { db } = ctx
  const { site } = await chosenSite(ctx, incoming)
  const [rounds, inRegister, organs] = await Promise.all([
    listCleanups(db, site.id),
    organsInRegister(db, ctx.clock.now(), site.id),
    listOrgans(db),
  ])
  const rows = await Promise.all(
    rounds.map(async round => ({ ...round, progress: await progressOf(db, round.id) })),
  )
  const standing = new Set(organs.map(organ => organ.id))
  return page({
    title: '规范性文件清理',
    status: fault.status,
    crumbs: [{ label: '规范性文件', href: '/normative' }, { label: '清理' }],
    body: (
      <>
        <PageHead
          title="规范性文件清理"
          note="列入开始时现行的全部文件，由制定机关逐件提出意见，办公室核定，结果一次公布，每份文件的有效性随之改变（R-NOR-13）。"
        />
        <NormativeTabs current="cleanups" />
        <DataTable
          caption="历次清理"
          columns={[
            {
              key: 'name',
              head: '清理',
              cell: row => <a href={`/normative-cleanups/${row.id}`}>{row.name}</a>,
            },
            { key: 'state', head: '状态', cell: row => <CleanupTag round={row} /> },
            { key: 'startedOn', head: '开始' },
            { key: 'dueOn', head: '完成期限' },
            {
              key: 'progress',
              head: '已核定',
              cell: row => (
                <ProgressBar
                  label={`${row.name}已核定`}
                  value={row.progress.confirmed}
                  max={Math.max(row.progress.total, 1)}
                />
              ),
            },
          ]}
          rows={rows}
          rowKey={row => row.id}
          empty={<EmptyState title="还没有清理过">规范性文件一般每两年清理一次。</EmptyState>}
        />
        {mayRunCleanup(ctx.actor, site.organId) ? (
          <Sheet title="开始一次清理">
            <Form
              action={`/normative-cleanups?site=${site.key}`}
              values={{ dueOn: monthsAfter(ctx.clock.today(), 3), ...incoming.form }}
              errors={fault.errors}
              labels={labels}
              formKey={crypto.randomUUID()}
            >
              <TextField
                name="name"
                label={labels.name}
                required
                width="full"
                hint={`例如：${ctx.clock.today().slice(0, 4)}年规范性文件全面清理`}
              />
              <TextField
                name="basis"
                label={labels.basis}
                required
                width="full"
                hint="哪个文件或者规定要求清理；会写在结果里"
              />
              <FieldGroup legend="范围" hint="都不选，列入全部现行的规范性文件。">
                <CheckboxList
                  name="organIds"
                  label={labels.organIds}
                  options={inRegister.map(one => ({
                    value: one.id,
                    label: `${one.name}（${one.count} 件）${standing.has(one.id) ? '' : '，已撤销'}`,
                  }))}
                />
                <DateField name="signedFrom" label={labels.signedFrom} />
                <DateField name="signedTo" label={labels.signedTo} />
              </FieldGroup>
              <DateField name="dueOn" label={labels.dueOn} required />
              <Actions primary="开始清理" />
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}
