import { z } from 'zod'
import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { permit, unavailable } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { docNoPattern, listColumns, startPublication, startPublicationInput } from '#modules/publications'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Feed } from '../feed.ts'
import { mayRepost } from '../policy.ts'
import { type Entry, findEntry, findFeed, updateEntry } from '../queries.ts'
import { linkHtml, type Original, paragraph, readOriginal } from '../reading/original.ts'
import { NotAFeed } from '../reading/raw-entry.ts'
import { openPage, type Reach, remedied, usualReach } from './look.ts'
import { mustBeOpen, siteOf, unknownEntry } from './settled-entry.ts'

export const repostInput = z.object({
  id: z.uuid(),
  /** text: the whole text; link: a few words and the way to it. */
  how: z.enum(['text', 'link'], '请选择转载全文或者只发链接。'),
})

/**
 * One click: begins a draft with the text of the original, its source named and linked. It goes the way of every draft; nothing
 * is public before somebody else has reviewed it. @returns the draft's publication.
 */
export async function repostEntry(
  ctx: Context,
  { id, how }: z.output<typeof repostInput>,
  reach: Reach = usualReach,
): Promise<{ publicId: string }> {
  const asked = await openEntry(ctx, id)
  // No transaction is held open while another site is asked
  const original = how === 'text' ? await fetchOriginal(asked.entry, reach) : null
  return inTransaction(ctx.db, async db => {
    const entry = await findEntry(db, id, { lock: true })
    if (!entry) throw unknownEntry()
    mustBeOpen(entry)
    const { site, feed } = asked
    const own = await listColumns(db, site.id)
    const column = own.find(one => one.id === feed.columnId)
    const draft = await startPublication(
      { ...ctx, db },
      startPublicationInput.parse({
        kind: 'repost',
        siteId: site.id,
        organId: site.organId,
        columnIds: column ? [column.id] : [],
        ...draftOf(entry, feed, original),
      }),
    )
    await updateEntry(db, id, {
      state: 'drafted',
      publicationId: draft.id,
      decidedBy: actorName(ctx.actor),
      decidedAt: ctx.clock.now(),
    })
    await recordAct(db, ctx, {
      act: 'reposts.drafted',
      sentence: `转载${feed.name}的《${entry.title}》（${how === 'text' ? '全文' : '只发链接'}）`,
      object: { kind: 'repost', id, label: entry.title },
    })
    return { publicId: draft.publicId }
  })
}

async function openEntry(ctx: Context, id: string) {
  const entry = await findEntry(ctx.db, id)
  const feed = entry && (await findFeed(ctx.db, entry.feedId))
  if (!entry || !feed) throw unknownEntry()
  const site = await siteOf(ctx.db, entry.siteId)
  permit(mayRepost(ctx.actor, site.organId), 'reposts.may-not-repost')
  mustBeOpen(entry)
  return { entry, feed, site }
}

async function fetchOriginal(entry: Entry, reach: Reach): Promise<Original> {
  const page = await openPage(entry.link, reach)
  const otherwise = '也可以“只发链接”。'
  if (page.outcome === 'unchanged') throw unavailable('reposts.no-page', `原文没有取到。${otherwise}`)
  if (page.outcome === 'failed')
    throw unavailable('reposts.no-page', `原文没有取到：${remedied(page)}${otherwise}`)
  try {
    return readOriginal(page.bytes, page.address)
  } catch (error) {
    if (error instanceof NotAFeed) throw unavailable('reposts.no-text', error.message)
    throw error
  }
}

/** The fields of the draft. The number and the issuers are the original's; ours are not claimed. */
function draftOf(entry: Entry, feed: Feed, original: Original | null) {
  const on = entry.publishedAt ? dateInBeijing(entry.publishedAt) : entry.publishedOn
  const docNo = original?.docNo ?? entry.docNo
  const told = original?.issuers ?? []
  return {
    title: entry.title,
    summary: entry.summary,
    source: feed.name,
    docNo: docNo && docNoPattern.test(docNo) ? docNo : '',
    issuers: told.length > 0 ? told : [feed.name],
    signedOn: original?.signedOn ?? '',
    bodyHtml: original?.bodyHtml ?? linkOnly(entry, feed, on),
    fields: { originalUrl: entry.link, ...(on ? { originallyOn: on } : {}) },
  }
}

function linkOnly(entry: Entry, feed: Feed, on: string | null): string {
  const when = on ? `于${inChinese(on)}` : ''
  const before = paragraph(`${feed.name}${when}发布了`).replace('</p>', '')
  return `${entry.summary === '' ? '' : paragraph(entry.summary)}${before}${linkHtml(entry.link, `《${entry.title}》`)}，全文请看原网站。</p>`
}
