import { momentInBeijing } from '#lib/beijing-time'
import { type FormErrors, readForm } from '#lib/forms'
import { dutiesAbout } from '#modules/duties'
import { publicByIds } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  DangerAct,
  DateField,
  Form,
  HiddenField,
  LinkButton,
  PostButton,
  SelectField,
  TextField,
} from '#ui/forms'
import {
  linkPublication,
  linkPublicationInput,
  unlinkPublication,
  unlinkPublicationInput,
} from '../actions/link-publication.ts'
import { organsOf, owersOf, subjectKind } from '../actions/owe.ts'
import { recordEvent, recordEventInput } from '../actions/record-event.ts'
import { retireItem, retireItemInput } from '../actions/retire-item.ts'
import { nameOf } from '../item.ts'
import { ItemFacts } from '../item-facts.tsx'
import { readLimit } from '../limit.ts'
import { mayEditCatalogue, mayReadCatalogue, mayRecordUnder } from '../policy.ts'
import { listLinks, listVersions } from '../queries.ts'
import { Origin } from './catalogue.page.tsx'
import { Differences, Duties, Versions } from './item-tables.tsx'
import { asErrors, type Loaded, loadItem, publicBase, seenIn } from './load-item.ts'

const mayEdit: DeskRoute['may'] = actor => mayEditCatalogue(actor)
const mayRecord: DeskRoute['may'] = actor => mayRecordUnder(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue-items/:id', may: mayReadCatalogue, handle: ask },
  { method: 'POST', path: '/catalogue-items/:id/retire', may: mayEdit, handle: retire },
  { method: 'POST', path: '/catalogue-items/:id/restore', may: mayEdit, handle: retire },
  { method: 'POST', path: '/catalogue-items/:id/event', may: mayRecord, handle: record },
  { method: 'POST', path: '/catalogue-items/:id/link', may: mayRecord, handle: link },
  { method: 'POST', path: '/catalogue-items/:id/unlink', may: mayRecord, handle: unlink },
]

/** Which form of the page was left with errors. */
type Left = { form: 'retire' | 'event' | 'link'; errors: FormErrors }

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, incoming, await loadItem(ctx, incoming))
}

async function retire(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const read = readForm(retireItemInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, loaded, { form: 'retire', errors: read.errors })
  const retires = incoming.url.split('?')[0]?.endsWith('/retire') ?? true
  try {
    await retireItem(ctx, seenIn(incoming, loaded.item), read.value, retires)
    return seeOther(`/catalogue-items/${loaded.item.id}?done=${retires ? 'retired' : 'restored'}`)
  } catch (error) {
    return show(ctx, incoming, loaded, { form: 'retire', errors: asErrors(error, { '': 'reason' }) })
  }
}

async function record(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const read = readForm(recordEventInput, { ...incoming.form, itemId: loaded.item.id })
  if (!read.ok) return show(ctx, incoming, loaded, { form: 'event', errors: read.errors })
  try {
    await recordEvent(ctx, read.value)
    return seeOther(`/catalogue-items/${loaded.item.id}?done=recorded`)
  } catch (error) {
    const errors = asErrors(error, {
      'catalogue.event-ahead': 'happenedOn',
      'catalogue.event-known': 'label',
      'catalogue.no-such-organ': 'organId',
    })
    return show(ctx, incoming, loaded, { form: 'event', errors })
  }
}

async function link(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const read = readForm(linkPublicationInput, { ...incoming.form, itemId: loaded.item.id })
  if (!read.ok) return show(ctx, incoming, loaded, { form: 'link', errors: read.errors })
  try {
    const { met } = await linkPublication(ctx, read.value)
    return seeOther(`/catalogue-items/${loaded.item.id}?done=${met > 0 ? 'met' : 'linked'}`)
  } catch (error) {
    const errors = asErrors(error, {
      'catalogue.not-public': 'publication',
      'catalogue.linked-already': 'publication',
    })
    return show(ctx, incoming, loaded, { form: 'link', errors })
  }
}

async function unlink(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { item } = await loadItem(ctx, incoming)
  await unlinkPublication(ctx, unlinkPublicationInput.parse({ ...incoming.form, itemId: item.id }))
  return seeOther(`/catalogue-items/${item.id}?done=unlinked`)
}

const dones: Record<string, string> = {
  saved: '已保存为新的一版。',
  retired: '已停用。已经生成的义务照旧要完成。',
  restored: '已恢复。',
  recorded: '已登记，公开义务从那一天起算。',
  linked: '已归入这个事项。没有正在等它完成的义务。',
  met: '已归入这个事项，并完成了最早的一项义务。',
  unlinked: '已移出这个事项。',
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  { item, site, mayEdit: edits }: Loaded,
  left?: Left,
): Promise<Reply> {
  const { db } = ctx
  const now = ctx.clock.now()
  const today = ctx.clock.today()
  const [links, versions, duties, organs] = await Promise.all([
    listLinks(db, { itemIds: [item.id] }),
    listVersions(db, item.id),
    dutiesAbout(db, { siteId: site.id, kind: subjectKind, id: item.id }),
    organsOf(db, site),
  ])
  const linked = await publicByIds(
    db,
    now,
    site.id,
    links.map(one => one.publicationId),
  )
  const owers = owersOf(item.content, organs, today)
  const mine = (owers.length > 0 ? owers : organs).filter(organ => mayRecordUnder(ctx.actor, organ.id))
  const read = readLimit(item.content.limit)
  const isEvent = 'limit' in read && read.limit.on === 'event'
  const name = nameOf(item.content)
  const at = `/catalogue-items/${item.id}`
  const errorsOf = (form: Left['form']) => (left?.form === form ? left.errors : {})
  const valuesOf = (form: Left['form']) => (left?.form === form ? incoming.form : {})
  const base = publicBase(ctx, site)
  return page({
    status: left ? 422 : 200,
    title: name,
    crumbs: [{ label: '公开目录', href: `/catalogue?site=${site.key}` }, { label: name }],
    body: (
      <>
        <PageHead
          title={name}
          note={
            <>
              {item.content.domain} <Origin item={item} />
            </>
          }
          actions={
            <>
              {edits && !item.retiredAt ? <LinkButton href={`${at}/edit`}>修改</LinkButton> : null}
              {item.retiredAt ? null : (
                <LinkButton href={`${base}/catalogue/${item.key}`}>看公众页面</LinkButton>
              )}
            </>
          }
        />
        {dones[queryText(incoming, 'done') ?? ''] ? (
          <Notice tone="success" title={dones[queryText(incoming, 'done') ?? ''] ?? ''} />
        ) : null}
        {item.retiredReason ? <Notice tone="warning" title={`已停用：${item.retiredReason}`} /> : null}
        {item.retiredAt === null && owers.length === 0 ? (
          <Notice tone="warning" title={`“${item.content.body}”对不上这里的任何单位。`}>
            现在没有人收到提醒。请在“公开主体”里写单位全称，或者停用这个事项。
          </Notice>
        ) : null}
        <Sheet title="目录内容">
          <ItemFacts content={item.content} />
          <p class="text-soft">
            {owers.length > 0 ? `对应的单位：${owers.map(organ => organ.shortName).join('、')}。` : ''}
            {item.deviation && !item.standard ? `增加的理由：${item.deviation}` : ''}
          </p>
        </Sheet>
        <Differences item={item} />
        <Sheet title="公开义务" count={duties.length}>
          <Duties duties={duties} now={now} />
          {isEvent && mine.length > 0 && !item.retiredAt ? (
            <Form
              action={`${at}/event`}
              id="event"
              values={valuesOf('event')}
              errors={errorsOf('event')}
              labels={{ organId: '单位', happenedOn: '日期', label: '是什么' }}
              label="登记起算"
            >
              <p>{`时限从${read.limit.on === 'event' ? `“${read.limit.from}”` : ''}起算。事情发生了就在这里登记，系统会提醒到期。登记的内容公众会看到，不要写个人信息。`}</p>
              <div class="form-row">
                <SelectField
                  name="organId"
                  label="由哪个单位公开"
                  required
                  blank={mine.length === 1 ? null : '请选择'}
                  options={mine.map(organ => ({ value: organ.id, label: organ.shortName }))}
                />
                <DateField name="happenedOn" label="发生的日期" required max={today} />
                <TextField name="label" label="是什么" required />
              </div>
              <Actions primary="登记" />
            </Form>
          ) : null}
        </Sheet>
        <Sheet title="已经公开的" count={linked.length}>
          <DataTable
            caption="归在这个事项下的"
            captionHidden
            columns={[
              {
                key: 'title',
                head: '标题',
                cell: row => <a href={base + row.address}>{row.title}</a>,
              },
              { key: 'organName', head: '单位' },
              { key: 'at', head: '公开时间', cell: row => momentInBeijing(row.firstPublicAt) },
              {
                key: 'by',
                head: '归入',
                cell: row => links.find(one => one.publicationId === row.id)?.linkedBy ?? '',
              },
              {
                key: 'act',
                head: '',
                cell: row =>
                  mayRecordUnder(ctx.actor, organs.find(one => one.key === row.organKey)?.id ?? '') ? (
                    <PostButton
                      action={`${at}/unlink`}
                      label="移出"
                      hidden={{ publicationId: row.id }}
                      small
                    />
                  ) : null,
              },
            ]}
            rows={linked}
            rowKey={row => row.id}
            empty={<p>还没有归入的内容。{item.content.place ? '栏目里公开的不用逐件归入。' : ''}</p>}
          />
          {mayRecordUnder(ctx.actor) && !item.retiredAt ? (
            <Form
              action={`${at}/link`}
              id="link"
              values={valuesOf('link')}
              errors={errorsOf('link')}
              labels={{ publication: '网址' }}
              label="归入"
            >
              <TextField
                name="publication"
                label="已经公开的那一件的网址"
                required
                width="full"
                hint="归入以后，它按公开的时间完成本单位最早的一项义务；更新它也能完成下一期的"
              />
              <Actions primary="归入" />
            </Form>
          ) : null}
        </Sheet>
        <Sheet title="历史" count={versions.length}>
          <Versions versions={versions} />
        </Sheet>
        {edits ? (
          item.retiredAt ? (
            <Form
              action={`${at}/restore`}
              values={valuesOf('retire')}
              errors={errorsOf('retire')}
              labels={{ reason: '理由' }}
              label="恢复"
            >
              <HiddenField name="revision" value={String(item.revision)} />
              <TextField name="reason" label="恢复的理由" required width="full" />
              <Actions primary="恢复" />
            </Form>
          ) : (
            <DangerAct
              label="停用这个事项"
              warning="停用后公众目录里不再有它，不再生成新的义务；历史和已经公开的内容保留，已经生成的义务照旧要完成。"
              action={`${at}/retire`}
              confirm="停用"
              hidden={{ revision: String(item.revision) }}
              values={valuesOf('retire')}
              errors={errorsOf('retire')}
              labels={{ reason: '理由' }}
            >
              <TextField name="reason" label="停用的理由" required width="full" />
            </DangerAct>
          )
        ) : null}
      </>
    ),
  })
}
