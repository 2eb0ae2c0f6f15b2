import { momentInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { listOrgans } from '#modules/organisations'
import { type Role, roles } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Actions, Form, LinkButton, SelectField, TextField } from '#ui/forms'
import { keptOrgans, mayGiveRights, mayKeepAccounts, mayReadPeople } from '../policy.ts'
import { listPostsOf } from '../post-queries.ts'
import { type StaffState, staffStates } from '../staff.ts'
import { listStaff } from '../staff-queries.ts'
import { StaffStateTag } from './staff-state-tag.tsx'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/people', may: mayReadPeople, handle: show }]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const kept = keptOrgans(ctx.actor)
  const organs = (await listOrgans(ctx.db, { includeAbolished: true })).filter(organ =>
    kept.includes(organ.id),
  )
  const asked = {
    words: queryText(incoming, 'words') ?? '',
    organ: organs.find(organ => organ.id === queryText(incoming, 'organ'))?.id ?? '',
    role: keyOf(roles, queryText(incoming, 'role')) ?? '',
    state: keyOf(staffStates, queryText(incoming, 'state')) ?? '',
  }
  const found = await listStaff(
    ctx.db,
    {
      organIds: asked.organ ? [asked.organ] : kept,
      words: asked.words || undefined,
      role: (asked.role || undefined) as Role | undefined,
      state: (asked.state || undefined) as StaffState | undefined,
    },
    pageNumber(queryText(incoming, 'page')),
  )
  const posts = await listPostsOf(
    ctx.db,
    found.rows.map(row => row.id),
    ctx.clock.today(),
  )
  const organNames = new Map(organs.map(organ => [organ.id, organ.shortName]))
  const rolesOf = (id: string) =>
    [...new Set(posts.filter(post => post.staffId === id).map(post => roles[post.role]))].join('、') || '—'
  const addressOf = (number: number) =>
    `/people?${new URLSearchParams([...Object.entries(asked).filter(([, value]) => value), ['page', String(number)]])}`
  return page({
    title: '人员与角色',
    body: (
      <>
        <PageHead
          title="人员与角色"
          note="账号由系统管理员建立，角色由安全管理员添加，两个人各管一段。"
          actions={
            <>
              {mayKeepAccounts(ctx.actor) && <LinkButton href="/people/new">新建账号</LinkButton>}
              <LinkButton href="/people/deputies">代理安排</LinkButton>
              {mayGiveRights(ctx.actor) && <LinkButton href="/people/login-rules">登录安全设置</LinkButton>}
            </>
          }
        />
        <Form method="get" action="/people" label="筛选人员" values={asked}>
          <TextField name="words" label="姓名或用户名" maxLength={50} width="short" />
          <SelectField
            name="organ"
            label="机构"
            blank="全部"
            options={organs.map(organ => ({ value: organ.id, label: organ.shortName }))}
          />
          <SelectField name="role" label="角色" blank="全部" options={optionsOf(roles)} />
          <SelectField name="state" label="状态" blank="全部" options={optionsOf(staffStates)} />
          <Actions primary="筛选" cancel={{ label: '全部人员', href: '/people' }} />
        </Form>
        <DataTable
          caption={`共 ${found.total} 人`}
          columns={[
            { key: 'name', head: '姓名', cell: row => <a href={`/people/${row.id}`}>{row.name}</a> },
            { key: 'username', head: '用户名' },
            { key: 'organ', head: '机构', cell: row => organNames.get(row.organId) ?? '—' },
            { key: 'roles', head: '角色', cell: row => rolesOf(row.id) },
            { key: 'state', head: '状态', cell: row => <StaffStateTag state={row.state} /> },
            {
              key: 'lastLoginAt',
              head: '最近登录',
              cell: row => (row.lastLoginAt ? momentInBeijing(row.lastLoginAt) : '还没有'),
            },
          ]}
          rows={found.rows}
          rowKey={row => row.id}
          empty={
            <EmptyState title="没有符合条件的人员">
              请减少条件再试。新同事的账号由系统管理员在这里新建。
            </EmptyState>
          }
        />
        <Pager page={found} href={addressOf} />
      </>
    ),
  })
}

const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

function keyOf<Words extends object>(words: Words, text: string | undefined): keyof Words | undefined {
  return text !== undefined && Object.hasOwn(words, text) ? (text as keyof Words) : undefined
}
