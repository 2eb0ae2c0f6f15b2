import type { Module } from '#platform/module'
import { routes as deskSection } from './desk/section.page.tsx'
import { routes as deskTopic } from './desk/topic.page.tsx'
import { routes as deskFacts } from './desk/topic-facts.page.tsx'
import { routes as deskTopics } from './desk/topics.page.tsx'
import { mayEdit } from './policy.ts'
import { routes as topic } from './public/topic.page.tsx'
import { routes as topicsPage } from './public/topics.page.tsx'
import { hasPublicTopic } from './queries.ts'
import { record } from './record.ts'

export const topics: Module = {
  name: 'topics',
  publicRoutes: [...topicsPage, ...topic],
  deskRoutes: [...deskTopics, ...deskFacts, ...deskTopic, ...deskSection],
  doors: [
    {
      key: 'topics',
      label: '专题',
      href: '/topics',
      order: 35,
      opens: ctx => hasPublicTopic(ctx.db, ctx.site.id),
    },
  ],
  menu: [{ group: 'publishing', label: '专题', href: '/topics', order: 45, may: mayEdit }],
  record,
}
