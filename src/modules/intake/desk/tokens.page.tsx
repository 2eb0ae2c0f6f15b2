import { dateInBeijing, momentInBeijing } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, DangerAct, DateField, Form, SelectField, TextField } from '#ui/forms'
import { makeToken, makeTokenInput } from '../actions/make-token.ts'
import { revokeToken, revokeTokenInput } from '../actions/revoke-token.ts'
import { mayKeepTokens } from '../policy.ts'
import { listTokens } from '../queries.ts'
import { type IntakeToken, whyNotUsable } from '../token.ts'

const address = '/intake-tokens'
const may: DeskRoute['may'] = actor => mayKeepTokens(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: address, may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: address, may, handle: act },
]

async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { form } = incoming
  try {
    if (textOf(form, 'act') === 'revoke') {
      await revokeToken(ctx, revokeTokenInput.parse({ id: textOf(form, 'id') }))
      return seeOther(`${address}?done=revoked`)
    }
    const read = readForm(makeTokenInput, form)
    if (!read.ok) return show(ctx, incoming, { raw: form, errors: read.errors, status: 422 })
    const { key } = await makeToken(ctx, read.value)
    // Not a redirect: the key is told on this page and never again
    return show(ctx, incoming, { key })
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, incoming, { raw: form, errors: { '': error.message }, status: error.status })
  }
}

interface Shown {
  raw?: RawForm
  errors?: FormErrors
  status?: number
  key?: string
}

async function show(ctx: DeskContext, incoming: Incoming, shown: Shown = {}): Promise<Reply> {
  const organs = (await listOrgans(ctx.db)).filter(organ => mayKeepTokens(ctx.actor, organ.id))
  const tokens = await listTokens(
    ctx.db,
    organs.map(organ => organ.id),
  )
  return page({
    status: shown.status ?? 200,
    title: '接入密钥',
    crumbs: [{ label: '公文接入', href: '/intake' }, { label: '接入密钥' }],
    body: (
      <>
        <PageHead
          title="接入密钥"
          note="办公系统凭密钥以本单位办公室的名义交来已签发的公文，不能公开任何内容。密钥只显示一次，泄露时请马上停用。"
        />
        {queryText(incoming, 'done') === 'revoked' && <Notice tone="success" title="已停用。" />}
        {shown.key !== undefined && <NewKey value={shown.key} />}
        <Sheet title="密钥" count={tokens.length}>
          <Tokens
            rows={tokens}
            nameOf={new Map(organs.map(organ => [organ.id, organ.shortName]))}
            today={ctx.clock.today()}
          />
        </Sheet>
        <Sheet title="发放新的密钥">
          <Form
            action={address}
            values={shown.raw ?? {}}
            errors={shown.errors ?? {}}
            labels={{ organId: '单位', name: '系统名称', expiresOn: '到期日' }}
          >
            <SelectField
              name="organId"
              label="单位"
              required
              options={organs.map(organ => ({ value: organ.id, label: organ.name }))}
            />
            <TextField
              name="name"
              label="系统名称"
              required
              hint="例如“县政府办协同办公系统”"
              maxLength={60}
            />
            <DateField name="expiresOn" label="到期日" required hint="最长三年" />
            <Actions primary="发放密钥" />
          </Form>
        </Sheet>
      </>
    ),
  })
}

const NewKey = ({ value }: { value: string }) => (
  <Notice tone="success" title="密钥已发放，只在这里显示一次。">
    <p>
      <code class="break-all">{value}</code>
    </p>
    请现在抄到办公系统的设置里。离开这一页以后谁也看不到它，丢了就停用后另发。
  </Notice>
)

interface TokensProps {
  rows: readonly IntakeToken[]
  nameOf: ReadonlyMap<string, string>
  today: string
}

function Tokens({ rows, nameOf, today }: TokensProps) {
  return (
    <DataTable
      caption="接入密钥"
      captionHidden
      columns={[
        { key: 'organ', head: '单位', cell: row => nameOf.get(row.organId) ?? '' },
        { key: 'name', head: '系统', cell: row => `${row.name}（…${row.ending}）` },
        { key: 'expiresOn', head: '到期日', figures: true },
        {
          key: 'lastUsedAt',
          head: '最近使用',
          cell: row => (row.lastUsedAt ? momentInBeijing(row.lastUsedAt) : '没有用过'),
        },
        { key: 'madeBy', head: '发放', cell: row => `${row.madeBy}，${dateInBeijing(row.madeAt)}` },
        {
          key: 'act',
          head: '',
          cell: row =>
            row.revokedAt ? (
              `${row.revokedBy}于${dateInBeijing(row.revokedAt)}停用`
            ) : (
              <>
                {whyNotUsable(row, today) ? '已到期 ' : ''}
                <DangerAct
                  label="停用"
                  warning={`停用以后，“${row.name}”马上不能再交公文，不能恢复。`}
                  action={address}
                  confirm="确认停用"
                  hidden={{ act: 'revoke', id: row.id }}
                />
              </>
            ),
        },
      ]}
      rows={rows}
      rowKey={row => row.id}
      empty={<EmptyState title="还没有接入密钥">在下面发放第一个。</EmptyState>}
    />
  )
}
