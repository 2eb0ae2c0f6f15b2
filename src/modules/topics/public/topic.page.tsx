import { z } from 'zod'
import { notFound } from '#lib/errors'
import { listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { gatherAll } from '../gather.ts'
import { findTopic, listSections } from '../queries.ts'
import { addressOfTopic } from '../topic.ts'
import { TopicBody } from './topic-body.tsx'

export const routes: PublicRoute[] = [
  // No topic gathers the item that is looked for; what topics show is tested beside them
  { method: 'GET', path: '/topics/:key', rule: showsPublications(() => []), handle: showTopic },
]

const key = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)

async function showTopic(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const asked = key.safeParse(incoming.params.key)
  const topic = asked.success ? await findTopic(db, { siteId: site.id, key: asked.data }) : null
  if (!topic || topic.state === 'draft')
    throw notFound('topics.unknown', '没有这个专题。它可能改了名称，请从专题列表里找。')
  const [gathered, boundary] = await Promise.all([
    gatherAll(db, now, site.id, await listSections(db, [topic.id])),
    nextBoundary(db, now),
  ])
  const { base } = site
  const feed = `${base}/feeds${addressOfTopic(topic)}.atom`
  return page({
    title: topic.name,
    door: 'topics',
    crumbs: [
      { label: '首页', href: `${base}/` },
      { label: '专题', href: `${base}/topics` },
      { label: topic.name },
    ],
    column: {
      name: topic.name,
      description: topic.summary,
      keywords: [topic.name, ...topic.audience, '专题'].join(','),
      type: '政策文件',
    },
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'CollectionPage',
      name: topic.name,
      description: topic.summary,
      url: site.origin + base + addressOfTopic(topic),
      ...(topic.audience.length > 0
        ? { audience: topic.audience.map(word => ({ '@type': 'Audience', audienceType: word })) }
        : {}),
    },
    feeds: [{ title: `专题：${topic.name}`, href: feed }],
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: <TopicBody topic={topic} gathered={gathered} base={base} feed={feed} />,
  })
}
