import { listsTag, nextBoundary, suggestWords } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { json, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/search/suggestions',
    rule: showsPublications(item => [`/search/suggestions?q=${encodeURIComponent(item.title)}`]),
    handle: suggest,
  },
]

const longest = 40
const most = 8

/** What somebody who types may be about to ask, for the search box. Small answers, kept until something is published. */
async function suggest(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const typed = ([incoming.query.q].flat()[0] ?? '').replace(/\p{Cc}+/gu, ' ').trim()
  const now = ctx.clock.now()
  // Nobody is helped by suggestions to a whole paragraph
  const found =
    typed === '' || typed.length > longest ? [] : await suggestWords(ctx.db, now, ctx.site.id, typed, most)
  const boundary = await nextBoundary(ctx.db, now)
  return json(
    { suggestions: found.map(({ text, kind }) => ({ text, kind })) },
    { dependsOn: [listsTag(ctx.site.id)], freshUntil: boundary ?? undefined },
  )
}
