import { momentInBeijing } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { mustRead, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { json, page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, DangerAct, Form, HiddenField, LinkButton } from '#ui/forms'
import {
  beatSection,
  openSection,
  openSectionInput,
  type SectionSaved,
  saveSection,
  saveSectionInput,
} from '../actions/edit-section.ts'
import { bodyOfForm } from '../draft-form.ts'
import { mayDraft } from '../policy.ts'
import { freeLock, listLocks, type SectionLock } from '../section-locks.ts'
import { printOf, type Section, sectionsOf } from '../sections.ts'
import { BodyField } from './body-field.tsx'
import { deskAddress } from './desk-address.ts'
import { type LoadedItem, loadItem } from './load-item.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/publications/:id/sections', may: actor => mayDraft(actor), handle: show },
  { method: 'POST', path: '/publications/:id/sections', may: actor => mayDraft(actor), handle: act },
]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  permit(mayDraft(ctx.actor, loaded.item.organId), 'publications.may-not-draft')
  if (!loaded.draft || loaded.kind.madeByAct) return seeOther(deskAddress(loaded.item))
  const sections = sectionsOf(loaded.draft.bodyHtml)
  const section = sections.find(one => one.key === queryText(incoming, 'section'))
  if (!section) return overview(ctx, incoming, loaded, sections)
  const lock = await openSection(
    ctx,
    mustRead(openSectionInput, { publicationId: loaded.item.id, section: section.key }),
  )
  return lock.staffId === ctx.actor.id
    ? editor(loaded, section, { value: section.html, base: printOf(section.html) })
    : taken(loaded, section, lock)
}

async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { item } = loaded
  const { form } = incoming
  const publicationId = item.id
  const section = textOf(form, 'section')
  const address = `${deskAddress(item)}/sections`
  permit(mayDraft(ctx.actor, item.organId), 'publications.may-not-draft')
  switch (textOf(form, 'act')) {
    case 'beat':
      return json(await beatSection(ctx, { publicationId, section }))
    case 'leave':
      await freeLock(ctx.db, publicationId, section, ctx.actor.id)
      return seeOther(address)
    case 'take-over':
      await openSection(ctx, mustRead(openSectionInput, { publicationId, section, over: true }))
      return seeOther(`${address}?section=${section}`)
  }
  const saved = await saveSection(
    ctx,
    mustRead(saveSectionInput, {
      publicationId,
      section,
      base: textOf(form, 'base'),
      bodyHtml: bodyOfForm(form),
    }),
  )
  // The page's script hands in what was typed when a colleague has taken the part over
  if (textOf(form, 'act') === 'hand-in') return json(saved)
  if (saved.outcome === 'saved') return seeOther(`${address}?done=saved`)
  return kept(await loadItem(ctx, incoming), saved, { section, bodyHtml: bodyOfForm(form) })
}

const crumbsOf = ({ item, draft }: LoadedItem) => [
  { label: '发布物', href: '/publications' },
  { label: draft?.title ?? '', href: deskAddress(item) },
  { label: '分节编写' },
]

async function overview(
  ctx: DeskContext,
  incoming: Incoming,
  loaded: LoadedItem,
  sections: readonly Section[],
): Promise<Reply> {
  const locks = new Map(
    (await listLocks(ctx.db, loaded.item.id, ctx.clock.now())).map(lock => [lock.section, lock]),
  )
  const address = deskAddress(loaded.item)
  return page({
    title: `分节编写：${loaded.draft?.title ?? ''}`,
    crumbs: crumbsOf(loaded),
    body: (
      <>
        <PageHead
          title="分节编写"
          note="一级标题下面的文字是一节。一节一个时候只由一个人写，几个人可以同时写不同的节，保存时互不影响。"
          actions={<LinkButton href={`${address}/edit`}>写全文</LinkButton>}
        />
        {incoming.query.done === 'saved' && <Notice tone="success" title="这一节已保存。" />}
        <DataTable
          caption="各节"
          captionHidden
          columns={[
            { key: 'heading', head: '节' },
            { key: 'html', head: '现在', cell: row => whoHas(ctx, locks.get(row.key)) },
            {
              key: 'key',
              head: '办理',
              cell: row => (
                <a href={`${address}/sections?section=${row.key}`}>
                  编写<span class="sr-only">“{row.heading}”</span>
                </a>
              ),
            },
          ]}
          rows={sections}
          rowKey={row => row.key}
        />
      </>
    ),
  })
}

const whoHas = (ctx: DeskContext, lock: SectionLock | undefined) =>
  !lock ? '没有人在写' : lock.staffId === ctx.actor.id ? '您正在写' : since(lock)

const since = (lock: SectionLock) => `${lock.staffName}从 ${momentInBeijing(lock.takenAt).slice(-5)} 起在写`

function taken(loaded: LoadedItem, section: Section, lock: SectionLock): Reply {
  const address = `${deskAddress(loaded.item)}/sections`
  return page({
    title: `${lock.staffName}正在写“${section.heading}”`,
    status: 409,
    crumbs: crumbsOf(loaded),
    body: (
      <>
        <PageHead title={`“${section.heading}”有人在写`} />
        <Notice tone="warning" title={`${since(lock)}（最近一次响应 ${momentInBeijing(lock.beatAt)}）。`}>
          先打个招呼，或者写别的节。对方关掉页面一分半钟以后，这一节自动空出来。
        </Notice>
        <DangerAct
          label="接管这一节"
          warning={`接管以后${lock.staffName}不能再保存这一节；他已经写的文字会自动存进修订记录，不会丢。`}
          action={address}
          confirm="接管"
          hidden={{ act: 'take-over', section: section.key }}
        />
        <p>
          <LinkButton href={address}>回到各节</LinkButton>
        </p>
      </>
    ),
  })
}

function editor(
  loaded: LoadedItem,
  section: Pick<Section, 'key' | 'heading'>,
  text: { value: string; base: string },
  notice?: { title: string; text: string },
): Reply {
  const address = `${deskAddress(loaded.item)}/sections`
  return page({
    title: `编写：${section.heading}`,
    status: notice ? 409 : 200,
    crumbs: crumbsOf(loaded),
    scripts: ['rich-editor', 'section-lock'],
    body: (
      <>
        <PageHead title={`编写“${section.heading}”`} note="只保存这一节，别人写的其他节不受影响。" />
        {notice && (
          <Notice tone="warning" title={notice.title}>
            {notice.text} <a href={`${deskAddress(loaded.item)}/revisions`}>看修订记录</a>
          </Notice>
        )}
        <p class="editor-status" role="status" data-section-lock={address} data-section={section.key} />
        <Form action={`${address}?section=${section.key}`} label="这一节">
          <HiddenField name="section" value={section.key} />
          <HiddenField name="base" value={text.base} />
          <BodyField value={text.value} error={undefined} siteId={loaded.item.siteId} />
          <Actions primary="保存这一节" cancel={{ label: '回到各节', href: address }} />
        </Form>
      </>
    ),
  })
}

const whys: Record<Extract<SectionSaved, { outcome: 'kept' }>['why'], (by: string) => string> = {
  taken: by => `没有保存进稿子：${by}接管了这一节。`,
  changed: by => `没有保存进稿子：您打开之后，${by}改过这一节。`,
  gone: by => `没有保存进稿子：${by}改掉了这一节的标题，这一节已经不在原来的地方。`,
}

/** What could not be saved stands in the form still, and in the revisions; who has the part may save over the other knowingly. */
function kept(
  loaded: LoadedItem,
  saved: Extract<SectionSaved, { outcome: 'kept' }>,
  mine: { section: string; bodyHtml: string },
): Reply {
  const current = sectionsOf(loaded.draft?.bodyHtml ?? '').find(one => one.key === mine.section)
  return editor(
    loaded,
    current ?? { key: mine.section, heading: '这一节' },
    { value: mine.bodyHtml, base: current ? printOf(current.html) : '' },
    {
      title: whys[saved.why](saved.by),
      text: `您写的文字没有丢：已存为第 ${saved.number} 次修订，也还在下面。${saved.why === 'changed' ? '核对以后再按“保存这一节”，就以您的为准。' : '要接着写，请先回到各节重新打开；有人在写的，可以接管。'}`,
    },
  )
}
