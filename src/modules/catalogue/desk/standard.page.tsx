import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import type { SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, HiddenField, PostButton, RadioList, TextField } from '#ui/forms'
import {
  decideStandard,
  decideStandardInput,
  type ItemNews,
  listNews,
  undoDecision,
} from '../actions/decide-standard.ts'
import { takeStandard } from '../actions/take-standard.ts'
import type { Seen } from '../actions/write-item.ts'
import { fieldNames, fieldWords } from '../differences.ts'
import { nameOf } from '../item.ts'
import { mayEditCatalogue } from '../policy.ts'
import { standardCatalogue } from '../standard.ts'
import { asErrors, siteToEdit } from './load-item.ts'

const may: DeskRoute['may'] = actor => mayEditCatalogue(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue/standard', may, handle: ask },
  { method: 'POST', path: '/catalogue/standard', may, handle: takeAll },
  { method: 'POST', path: '/catalogue/standard/decide', may, handle: decide },
  { method: 'POST', path: '/catalogue/standard/undo', may, handle: undo },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, incoming, await siteToEdit(ctx, incoming))
}

async function takeAll(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  const { added, changed, kept } = await takeStandard(ctx, site.id)
  return seeOther(
    `/catalogue/standard?site=${site.key}&done=all&added=${added}&changed=${changed}&kept=${kept}`,
  )
}

const nameIn = ({ item }: ItemNews, field: string) => `${item.id}.${field}`

/** What was chosen for each field that has news; those left for later are not decided about. */
async function decide(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  const { form } = incoming
  const asked = (await listNews(ctx.db, site.id)).flatMap(one =>
    one.news.flatMap(({ field }) => {
      const choice = textOf(form, `choice.${nameIn(one, field)}`)
      if (choice !== 'take' && choice !== 'keep') return []
      const reason = textOf(form, `reason.${nameIn(one, field)}`)
      return [
        { itemId: one.item.id, revision: textOf(form, `revision.${one.item.id}`), field, choice, reason },
      ]
    }),
  )
  const read = decideStandardInput.safeParse(asked)
  if (!read.success) {
    const errors: FormErrors = {}
    for (const { path, message } of read.error.issues) {
      const about = asked[Number(path[0])]
      errors[about ? `reason.${about.itemId}.${about.field}` : ''] ??= message
    }
    return show(ctx, incoming, site, errors)
  }
  try {
    const done = await decideStandard(ctx, site.id, read.data)
    const decided = done.map(one => `${one.itemId}@${one.revision}`).join(',')
    return seeOther(`/catalogue/standard?site=${site.key}&done=decided&decided=${decided}`)
  } catch (error) {
    return show(ctx, incoming, site, asErrors(error))
  }
}

async function undo(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  try {
    await undoDecision(ctx, site.id, decidedIn(textOf(incoming.form, 'decided')))
    return seeOther(`/catalogue/standard?site=${site.key}&done=undone`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, incoming, site, asErrors(error))
  }
}

const decidedIn = (text: string): Seen[] =>
  [...text.matchAll(/([0-9a-f-]{36})@(\d{1,6})(?:,|$)/g)].map(([, itemId = '', revision]) => ({
    itemId,
    revision: Number(revision),
  }))

/** 对照标准目录: what is new in the standard, field by field, to be taken or kept with a reason (R-GRS-03). */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  site: SiteRow,
  errors: FormErrors = {},
): Promise<Reply> {
  const all = await listNews(ctx.db, site.id)
  const { version, items } = standardCatalogue()
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '对照标准目录',
    crumbs: [{ label: '公开目录', href: `/catalogue?site=${site.key}` }, { label: '对照标准目录' }],
    body: (
      <>
        <PageHead
          title="对照标准目录"
          note={`${site.name}：标准目录 ${version}，${items.length} 项。标准有了新的写法，逐列决定采用还是保留本地的；不决定的不会改变。`}
        />
        <Done incoming={incoming} site={site} />
        <Sheet title="列入新事项，采用本地没有改过的">
          <p>目录里还没有的事项会列入；本地改过的列、停用的事项都保持不变，留在下面逐列决定。</p>
          <PostButton action="/catalogue/standard" label="全部列入和采用" hidden={{ siteId: site.id }} />
        </Sheet>
        <Sheet title="标准有变化的" count={all.length}>
          {all.length === 0 ? (
            <EmptyState title="没有要决定的">标准目录没有比这里新的写法。</EmptyState>
          ) : (
            <NewsForm all={all} site={site} values={incoming.form} errors={errors} />
          )}
        </Sheet>
      </>
    ),
  })
}

function NewsForm(props: { all: readonly ItemNews[]; site: SiteRow; values: RawForm; errors: FormErrors }) {
  const { all, site, values, errors } = props
  const labels = Object.fromEntries(
    all.flatMap(one =>
      one.news.map(({ field }) => [
        `reason.${nameIn(one, field)}`,
        `${nameOf(one.item.content)}：${fieldNames[field]}`,
      ]),
    ),
  )
  return (
    <Form
      action="/catalogue/standard/decide"
      values={values}
      errors={errors}
      labels={labels}
      label="逐列决定"
    >
      <HiddenField name="siteId" value={site.id} />
      {all.map(one => (
        <section key={one.item.id} aria-label={nameOf(one.item.content)}>
          <h3>
            <a href={`/catalogue-items/${one.item.id}`}>{nameOf(one.item.content)}</a>
          </h3>
          <HiddenField name={`revision.${one.item.id}`} value={String(one.item.revision)} />
          {one.news.map(({ field, isLocal }) => (
            <div key={field}>
              <RadioList
                name={`choice.${nameIn(one, field)}`}
                label={fieldNames[field]}
                hint={`标准原来是“${fieldWords(one.before, field) || '（空）'}”。${isLocal ? `本地改过，理由：${one.item.reasons[field] ?? ''}` : '本地没有改过'}`}
                options={[
                  { value: 'take', label: `采用新的：${fieldWords(one.now, field) || '（空）'}` },
                  { value: 'keep', label: `保留本地的：${fieldWords(one.item.content, field) || '（空）'}` },
                ]}
              />
              <TextField name={`reason.${nameIn(one, field)}`} label="保留的理由" width="full" />
            </div>
          ))}
        </section>
      ))}
      <Actions primary="保存选定的" cancel={{ label: '返回目录', href: `/catalogue?site=${site.key}` }} />
    </Form>
  )
}

function Done({ incoming, site }: { incoming: Incoming; site: SiteRow }) {
  const done = queryText(incoming, 'done')
  const count = (name: string) => Number(queryText(incoming, name)) || 0
  if (done === 'all')
    return (
      <Notice
        tone="success"
        title={`已列入 ${count('added')} 项、更新 ${count('changed')} 项；和标准不同或者停用的 ${count('kept')} 项，本地的写法没有动。`}
      />
    )
  if (done === 'undone') return <Notice tone="success" title="已撤销，恢复成处理以前的样子。" />
  const decided = queryText(incoming, 'decided') ?? ''
  if (done !== 'decided' || decidedIn(decided).length === 0) return null
  return (
    <Notice tone="success" title={`已处理 ${decidedIn(decided).length} 个事项。`}>
      <PostButton
        action="/catalogue/standard/undo"
        label="撤销刚才的处理"
        hidden={{ siteId: site.id, decided }}
      />
    </Notice>
  )
}
