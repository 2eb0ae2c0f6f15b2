import { momentInBeijing } from '#lib/beijing-time'
import { type FormErrors, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, DangerAct, Form, TextField } from '#ui/forms'
import { forgetAlias, forgetAliasInput, learnAlias, learnAliasInput } from '../actions/learn-alias.ts'
import { listAliases } from '../alias-queries.ts'
import { mayEditProfile, mayRead, mayWriteProfiles } from '../policy.ts'
import { getOrganByKey, listOrgansAbove } from '../queries.ts'
import { organCrumbs } from './organ-crumbs.ts'

const mayWrite: DeskRoute['may'] = actor => mayWriteProfiles(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/organs/:key/names', may: mayRead, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/organs/:key/names', may: mayWrite, handle: add },
  { method: 'POST', path: '/organs/:key/names/forget', may: mayWrite, handle: forget },
]

async function add(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const organ = await getOrganByKey(ctx.db, incoming.params.key ?? '')
  const read = readForm(learnAliasInput, {
    ...incoming.form,
    organId: organ.id,
    learnedFrom: '机构页面上填写',
  })
  if (!read.ok) return show(ctx, incoming, read.errors)
  await learnAlias(ctx, read.value)
  return seeOther(`/organs/${organ.key}/names?done=added`)
}

async function forget(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const organ = await getOrganByKey(ctx.db, incoming.params.key ?? '')
  const read = readForm(forgetAliasInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  await forgetAlias(ctx, read.value)
  return seeOther(`/organs/${organ.key}/names?done=forgotten`)
}

const done: Record<string, string> = { added: '已记住这个叫法。', forgotten: '已取消，不再这样认。' }

/** What documents call an organ: where each name was learned, and how to take it back. */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const organ = await getOrganByKey(ctx.db, incoming.params.key ?? '')
  const [aliases, above] = await Promise.all([
    listAliases(ctx.db, organ.id),
    listOrgansAbove(ctx.db, organ.id),
  ])
  const writes = organ.abolishedOn === null && mayEditProfile(ctx.actor, { id: organ.id, above })
  const said = done[String(incoming.query.done ?? '')]
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: `${organ.shortName}的其他叫法`,
    crumbs: [...organCrumbs(organ), { label: '其他叫法' }],
    body: (
      <>
        <PageHead
          title={`${organ.name}的其他叫法`}
          note="读文件时，这些叫法都认作这个机构。每一个都是由人决定的，可以取消。"
        />
        {said ? <Notice tone="success" title={said} /> : null}
        <DataTable
          caption={`共 ${aliases.filter(one => one.removedAt === null).length} 个在用`}
          columns={[
            { key: 'alias', head: '叫法' },
            { key: 'learnedFrom', head: '出自' },
            { key: 'added', head: '记住', cell: one => `${one.addedBy}，${momentInBeijing(one.addedAt)}` },
            {
              key: 'state',
              head: '状态',
              cell: one =>
                one.removedAt ? (
                  `已取消：${one.removedReason}（${one.removedBy}，${momentInBeijing(one.removedAt)}）`
                ) : writes ? (
                  <DangerAct
                    label="取消"
                    warning={`以后读到“${one.alias}”，不再认作${organ.shortName}。已经列入台账的不变。`}
                    action={`/organs/${organ.key}/names/forget`}
                    confirm="取消这个叫法"
                    hidden={{ id: one.id }}
                  >
                    <TextField name="reason" label="理由" required hint="例如：认错了单位" />
                  </DangerAct>
                ) : (
                  '在用'
                ),
            },
          ]}
          rows={aliases}
          rowKey={one => one.id}
          empty={
            <EmptyState title="还没有其他叫法">
              在台账里认定单位时勾选“记住这个叫法”，就会出现在这里。
            </EmptyState>
          }
        />
        {writes ? (
          <Sheet title="增加一个叫法">
            <Form
              action={`/organs/${organ.key}/names`}
              values={incoming.form}
              errors={errors}
              labels={{ alias: '叫法', reason: '理由' }}
              label="增加叫法"
            >
              <TextField name="alias" label="叫法" required hint="文件里怎样称呼它，例如：县卫健委" />
              <Actions primary="记住" cancel={{ label: '返回', href: `/organs/${organ.key}` }} />
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}
