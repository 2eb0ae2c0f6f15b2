import { listHistory } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { sendFeed } from './feed-of.ts'
import { historyAddress, historyFilter, readHistoryChoice } from './history-choice.ts'
import { historyEntry } from './history-entry.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/feeds/history.atom',
    rule: showsPublications(item => [
      '/feeds/history.atom',
      '/feeds/history.atom?act=imported',
      `/feeds/history.atom?organ=${item.organKey}`,
    ]),
    handle: sendHistory,
  },
]

const entriesAPage = 100

/** Every publish, correction and leaving of the site, as it happened: nothing goes away in silence. */
async function sendHistory(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const choice = readHistoryChoice(incoming)
  const filter = await historyFilter(ctx, choice)
  const found = await listHistory(ctx.db, ctx.clock.now(), filter, entriesAPage + 1)
  const entries = found.slice(0, entriesAPage)
  const last = found.length > entriesAPage ? entries.at(-1) : undefined
  const path = '/feeds/history.atom'
  return sendFeed(
    ctx,
    {
      title: '公开动态',
      subtitle: '本站每一次发布、更正、撤下和到期，新的在前',
      path: historyAddress(path, choice),
      page: historyAddress('/history', { ...choice, before: undefined }),
      next: last && historyAddress(path, { ...choice, before: last.cursor }),
    },
    entries.map(entry => historyEntry(entry, ctx.site)),
  )
}
