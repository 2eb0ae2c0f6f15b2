import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { StateTag } from '#ui/components/state-tag'
import { Actions, CheckboxField, Form, LinkButton, SelectField, TextField } from '#ui/forms'
import { organLevels, organTypes } from '../organ.ts'
import { mayAdminister, mayRead } from '../policy.ts'
import { type OrganNode, organTree } from '../queries.ts'
import { flatten } from '../tree.ts'
import { DoneNotice } from './done-notice.tsx'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/organs', may: mayRead, handle: show }]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const words = String(incoming.query.words ?? '').trim()
  const type = String(incoming.query.type ?? '')
  const all = incoming.query.all !== undefined && incoming.query.all !== ''
  const tree = flatten(await organTree(ctx.db, { includeAbolished: all }))
  const filtered = words !== '' || type !== ''
  const rows = tree.filter(organ => matches(organ, words) && (type === '' || organ.type === type))
  const names = new Map(tree.map(organ => [organ.id, organ.shortName]))
  return page({
    title: '机构',
    body: (
      <>
        <PageHead
          title="机构"
          note="政府、部门、乡镇和公共企事业单位。每个机构对外公布的职能、负责人和联系方式在各自的页面上维护。"
          actions={
            mayAdminister(ctx.actor) ? <LinkButton href="/organs/new">新建机构</LinkButton> : undefined
          }
        />
        <DoneNotice incoming={incoming} />
        <Form method="get" action="/organs" label="筛选机构" values={{ words, type, all: all ? 'yes' : '' }}>
          <TextField name="words" label="名称、代码或机关代字" maxLength={50} width="medium" />
          <SelectField
            name="type"
            label="类型"
            blank="全部"
            options={Object.entries(organTypes).map(([value, label]) => ({ value, label }))}
          />
          <CheckboxField name="all" label="也列出已撤销的机构" value="yes" checked={all} />
          <Actions primary="筛选" cancel={{ label: '全部机构', href: '/organs' }} />
        </Form>
        <DataTable
          caption={`共 ${rows.length} 个机构`}
          columns={[
            {
              key: 'name',
              head: '名称',
              cell: organ => (
                <span class={filtered ? '' : (indents[organ.depth] ?? deepest)}>
                  <a href={`/organs/${organ.key}`}>{organ.name}</a>
                </span>
              ),
            },
            ...(filtered
              ? [
                  {
                    key: 'parent',
                    head: '上级',
                    cell: (organ: OrganNode) => names.get(organ.parentId ?? '') ?? '—',
                  },
                ]
              : []),
            { key: 'type', head: '类型', cell: organ => organTypes[organ.type] },
            { key: 'level', head: '级别', cell: organ => organLevels[organ.level] },
            { key: 'key', head: '代码', cell: organ => <code>{organ.key}</code> },
            { key: 'docCodes', head: '机关代字', cell: organ => organ.docCodes.join('、') || '—' },
            ...(all
              ? [{ key: 'state', head: '状态', cell: (organ: OrganNode) => <State organ={organ} /> }]
              : []),
          ]}
          rows={rows}
          rowKey={organ => organ.id}
          empty={
            filtered ? (
              <EmptyState title="没有符合条件的机构">
                请减少条件再试。要找已撤销的机构，请勾选“也列出已撤销的机构”。
              </EmptyState>
            ) : (
              <EmptyState title="还没有机构">请系统管理员先新建本级政府，再新建它的部门和乡镇。</EmptyState>
            )
          }
        />
      </>
    ),
  })
}

/** One step of the tree is as wide as a Chinese character and a half. */
const indents = ['', 'pl-6', 'pl-12', 'pl-18', 'pl-24']
const deepest = 'pl-30'

function State({ organ }: { organ: OrganNode }) {
  return organ.abolishedOn === null ? (
    <StateTag state="met">存续</StateTag>
  ) : (
    <StateTag state="off">已撤销 {organ.abolishedOn}</StateTag>
  )
}

function matches(organ: OrganNode, words: string): boolean {
  return [organ.name, organ.shortName, organ.key, ...organ.docCodes].some(text => text.includes(words))
}
