import { momentInBeijing } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { mustRead, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { DangerAct, Form, LinkButton, SelectField, SubmitButton } from '#ui/forms'
import { restoreRevision, restoreRevisionInput } from '../actions/restore-revision.ts'
import { whoWrote } from '../blame.ts'
import type { Said } from '../draft-facts.ts'
import {
  countRevisions,
  findRevision,
  listRevisions,
  type RevisionLine,
  type RevisionRow,
  revisionWays,
  textsOfDraft,
} from '../draft-revisions.ts'
import { mayDraft, mayRead } from '../policy.ts'
import { EditionChanges } from '../public/edition-changes.tsx'
import { deskAddress, loadColumnChoice } from './desk-address.ts'
import { columnNames, type LoadedItem, loadItem } from './load-item.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/publications/:id/revisions', may: mayRead, handle: show },
  { method: 'POST', path: '/publications/:id/revisions', may: actor => mayDraft(actor), handle: restore },
]

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function restore(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { item } = await loadItem(ctx, incoming)
  permit(mayDraft(ctx.actor, item.organId), 'publications.may-not-draft')
  const { number } = await restoreRevision(
    ctx,
    mustRead(restoreRevisionInput, {
      publicationId: item.id,
      revisionId: textOf(incoming.form, 'revisionId'),
    }),
  )
  return seeOther(`${deskAddress(item)}/revisions?done=${number}`)
}

const nameOf = (one: RevisionLine) => `第 ${one.editionNumber} 版第 ${one.number} 次修订`

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { item, draft } = loaded
  const address = deskAddress(item)
  const title = (draft ?? loaded.editions[0])?.title ?? ''
  const lines = await listRevisions(ctx.db, item.id)
  const all = await countRevisions(ctx.db, item.id)
  const done = queryText(incoming, 'done')
  return page({
    title: `修订记录：${title}`,
    crumbs: [
      { label: '发布物', href: '/publications' },
      { label: title, href: address },
      { label: '修订记录' },
    ],
    body: (
      <>
        <PageHead
          title="修订记录"
          note={`稿子每次保存都留一份，谁、什么时候、怎样改的都在这里，只在工作台看得到。共 ${all} 次${all > lines.length ? `，列出最近 ${lines.length} 次` : ''}。`}
          actions={<LinkButton href={address}>回到发布物</LinkButton>}
        />
        {done && (
          <Notice tone="success" title={`已恢复到第 ${done} 次修订的文字。`}>
            恢复之前的文字也留在下面；不要这次恢复，就把它再恢复回来。
          </Notice>
        )}
        {lines.length > 1 && <Choice lines={lines} incoming={incoming} address={address} />}
        {await comparison(ctx, incoming, loaded)}
        <Sheet title="每一次修订">
          <DataTable
            caption="修订"
            captionHidden
            columns={[
              { key: 'number', head: '修订', cell: row => nameOf(row) },
              { key: 'way', head: '怎样', cell: row => revisionWays[row.way] },
              { key: 'savedBy', head: '谁' },
              { key: 'savedAt', head: '时间', cell: row => momentInBeijing(row.savedAt) },
              {
                key: 'id',
                head: '看',
                cell: row => <a href={`${address}/revisions?to=${row.id}`}>和前一次对照</a>,
              },
            ]}
            rows={lines}
            rowKey={row => row.id}
            empty={<EmptyState title="还没有修订">稿子第一次改动以后，这里就有记录。</EmptyState>}
          />
        </Sheet>
        {draft && (
          <Sheet title="谁写的">
            <WhoWrote texts={await textsOfDraft(ctx.db, draft.id)} />
          </Sheet>
        )}
      </>
    ),
  })
}

function Choice(props: { lines: readonly RevisionLine[]; incoming: Incoming; address: string }) {
  const options = props.lines.map(one => ({
    value: one.id,
    label: `${nameOf(one)}，${one.savedBy}，${momentInBeijing(one.savedAt)}`,
  }))
  return (
    <Form
      action={`${props.address}/revisions`}
      method="get"
      label="对照两次修订"
      values={{ from: queryText(props.incoming, 'from'), to: queryText(props.incoming, 'to') }}
    >
      <SelectField name="from" label="从" options={options} />
      <SelectField name="to" label="到" options={options} />
      <SubmitButton>对照</SubmitButton>
    </Form>
  )
}

async function comparison(ctx: DeskContext, incoming: Incoming, { item, kind, draft }: LoadedItem) {
  const after = await chosen(ctx, item.id, queryText(incoming, 'to'))
  if (!after) return null
  const lines = await listRevisions(ctx.db, item.id)
  const at = lines.findIndex(one => one.id === after.id)
  const before = await chosen(ctx, item.id, queryText(incoming, 'from') ?? lines[at + 1]?.id)
  const columns = await loadColumnChoice(ctx, item.siteId)
  const said = (row: RevisionRow): Said => {
    const { columnIds, shownUntil, ...fields } = row.fields
    return {
      text: { ...fields, title: row.title, bodyHtml: row.bodyHtml },
      shownUntil,
      relations: { links: [], effects: [] },
      columns: columnNames(columns, columnIds),
      attachments: [],
    }
  }
  return (
    <Sheet title={before ? `${nameOf(before)} → ${nameOf(after)}` : nameOf(after)}>
      {before ? (
        <EditionChanges
          kind={kind}
          before={said(before)}
          after={said(after)}
          names={{ before: `${before.savedBy}的`, after: `${after.savedBy}的` }}
        />
      ) : (
        <p>这是最早的一次，前面没有可以对照的。</p>
      )}
      {draft && mayDraft(ctx.actor, item.organId) && (
        <DangerAct
          label={`恢复到${nameOf(after)}`}
          warning="稿子的标题、正文和登记的项目会换成这次修订的；附件和关系不变。现在的文字留在修订记录里，随时可以再恢复回来。"
          action={`${deskAddress(item)}/revisions`}
          confirm="恢复"
          hidden={{ revisionId: after.id }}
        />
      )}
    </Sheet>
  )
}

const chosen = (ctx: DeskContext, publicationId: string, id: string | undefined) =>
  id !== undefined && uuid.test(id) ? findRevision(ctx.db, publicationId, id) : undefined

function WhoWrote({ texts }: { texts: Parameters<typeof whoWrote>[0] }) {
  const written = whoWrote(texts)
  if (written.length === 0) return <p>稿子还没有改动过。</p>
  return (
    <DataTable
      caption="每一段最后是谁改的"
      captionHidden
      columns={[
        { key: 'by', head: '谁', cell: row => row.by },
        { key: 'at', head: '时间', cell: row => momentInBeijing(row.at) },
        {
          key: 'text',
          head: '段落',
          cell: row => (
            <>
              {row.text}
              {row.before.length > 0 && <small class="text-soft">（此前：{row.before.join('、')}）</small>}
            </>
          ),
        },
      ]}
      rows={written.map((one, index) => ({ ...one, index }))}
      rowKey={row => String(row.index)}
    />
  )
}
