import { momentInBeijing } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { type RawForm, readForm, textOf, textsOf } from '#lib/forms'
import type { SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { PostButton } from '#ui/forms'
import { type Looked, look, type Reach } from '../actions/look.ts'
import { pauseFeed, saveFeed } from '../actions/save-feed.ts'
import { type Feed, feedFacts, whatToRead } from '../feed.ts'
import { mayKeepFeeds, mayReadReposts } from '../policy.ts'
import { choicesFor } from './feed-choices.ts'
import { FeedForm, labels } from './feed-form.tsx'
import { asFault, chosenSite, type Fault, loadFeed, noFault } from './load.ts'
import { TriedFeed } from './tried-feed.tsx'

const mayKeep: DeskRoute['may'] = actor => mayKeepFeeds(actor)

/** @param reach how other sites are asked when an address is tried */
export const feedRoutes = (reach: Reach): DeskRoute[] => [
  { method: 'GET', path: '/repost-feeds/new', may: mayKeep, handle: askNew },
  {
    method: 'POST',
    path: '/repost-feeds/new',
    may: mayKeep,
    handle: (ctx, incoming) => add(ctx, incoming, reach),
  },
  { method: 'GET', path: '/repost-feeds/:id', may: actor => mayReadReposts(actor), handle: askChange },
  {
    method: 'POST',
    path: '/repost-feeds/:id',
    may: mayKeep,
    handle: (ctx, incoming) => change(ctx, incoming, reach),
  },
  { method: 'POST', path: '/repost-feeds/:id/pause', may: mayKeep, handle: pause },
]

const usual = { form: 'feed', scope: 'general', intervalMinutes: '30' }

async function askNew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await siteToKeep(ctx, incoming)
  const isGivenBack = Object.keys(incoming.form).length > 0
  return show(ctx, site, null, isGivenBack ? incoming.form : usual)
}

async function siteToKeep(ctx: DeskContext, incoming: Incoming) {
  const chosen = await chosenSite(ctx, incoming)
  permit(mayKeepFeeds(ctx.actor, chosen.site.organId), 'reposts.may-not-keep-feeds')
  return chosen
}

async function add(ctx: DeskContext, incoming: Incoming, reach: Reach): Promise<Reply> {
  const { site } = await siteToKeep(ctx, incoming)
  return tryOrSave(ctx, incoming, reach, site, null)
}

async function askChange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { feed, site } = await loadFeed(ctx, incoming)
  const isGivenBack = Object.keys(incoming.form).length > 0
  return show(ctx, site, feed, isGivenBack ? incoming.form : formOfFeed(feed))
}

async function change(ctx: DeskContext, incoming: Incoming, reach: Reach): Promise<Reply> {
  const { feed, site } = await loadFeed(ctx, incoming)
  permit(mayKeepFeeds(ctx.actor, site.organId), 'reposts.may-not-keep-feeds')
  return tryOrSave(ctx, incoming, reach, site, feed)
}

/** The same form either shows what would be read now, or is saved. */
async function tryOrSave(
  ctx: DeskContext,
  { form }: Incoming,
  reach: Reach,
  site: SiteRow,
  feed: Feed | null,
): Promise<Reply> {
  if (textOf(form, 'do') === 'try') {
    const asked = readForm(whatToRead, form)
    if (!asked.ok) return show(ctx, site, feed, form, { errors: asked.errors, status: 422 })
    return show(ctx, site, feed, form, noFault, await look(asked.value, reach))
  }
  const read = readForm(feedFacts, { ...form, told: textsOf(form, 'told') })
  if (!read.ok) return show(ctx, site, feed, form, { errors: read.errors, status: 422 })
  try {
    const seen = feed && { id: feed.id, revision: Number(textOf(form, 'revision')) || 0 }
    await saveFeed(ctx, seen ?? { siteId: site.id }, read.value)
    return seeOther(`/repost-feeds?site=${site.key}&done=saved`)
  } catch (error) {
    return show(ctx, site, feed, form, asFault(error))
  }
}

async function pause(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { feed, site } = await loadFeed(ctx, incoming)
  const paused = textOf(incoming.form, 'paused') === 'yes'
  try {
    await pauseFeed(ctx, { id: feed.id, revision: Number(textOf(incoming.form, 'revision')) || 0 }, paused)
    return seeOther(`/repost-feeds?site=${site.key}&done=${paused ? 'paused' : 'resumed'}`)
  } catch (error) {
    return show(ctx, site, feed, formOfFeed(feed), asFault(error))
  }
}

const formOfFeed = (feed: Feed): RawForm => ({
  name: feed.name,
  address: feed.address,
  form: feed.form,
  itemSelector: feed.itemSelector ?? '',
  scope: feed.scope,
  anyWords: feed.anyWords.join('、'),
  noneWords: feed.noneWords.join('、'),
  columnId: feed.columnId ?? '',
  intervalMinutes: String(feed.intervalMinutes),
  told: feed.told,
})

async function show(
  ctx: DeskContext,
  site: SiteRow,
  feed: Feed | null,
  values: RawForm,
  fault: Fault = noFault,
  tried?: Looked,
): Promise<Reply> {
  const choices = await choicesFor(ctx, site)
  const title = feed?.name ?? '添加转载来源'
  const keeps = mayKeepFeeds(ctx.actor, site.organId)
  const words = readForm(feedFacts, { ...values, told: [] })
  return page({
    status: fault.status,
    title,
    crumbs: [
      { label: '转载', href: `/reposts?site=${site.key}` },
      { label: '转载来源', href: `/repost-feeds?site=${site.key}` },
      { label: title },
    ],
    scripts: ['forms'],
    body: (
      <>
        <PageHead title={title} note={`${site.name}。先“试读一次”，看读到的对不对，再保存。`} />
        {feed?.failingSince ? (
          <Notice tone="warning" title={`从 ${momentInBeijing(feed.failingSince)} 起读不到`}>
            已试 {feed.failures} 次：{feed.lastProblem}
          </Notice>
        ) : null}
        {tried ? <TriedFeed tried={tried} filter={words.ok ? words.value : null} /> : null}
        {keeps ? (
          <>
            <FeedForm
              action={feed ? `/repost-feeds/${feed.id}` : `/repost-feeds/new?site=${site.key}`}
              back={`/repost-feeds?site=${site.key}`}
              values={values}
              errors={fault.errors}
              choices={choices}
              siteId={site.id}
              revision={feed?.revision}
            />
            {feed ? (
              <PostButton
                action={`/repost-feeds/${feed.id}/pause`}
                label={feed.paused ? '恢复关注' : '暂停关注'}
                hidden={{ paused: feed.paused ? 'no' : 'yes', revision: String(feed.revision) }}
              />
            ) : null}
          </>
        ) : (
          <p>
            {labels.address}：{feed?.address}。来源由政务公开办修改。
          </p>
        )}
      </>
    ),
  })
}
