import { countPublic } from '#modules/publications'
import type { Module } from '#platform/module'
import { platformPath } from './platform.ts'
import { routes as column } from './public/column.page.tsx'
import { routes as disclosure } from './public/disclosure.page.tsx'
import { routes as disclosureList } from './public/disclosure-list.route.ts'
import { routes as home } from './public/home.page.tsx'
import { routes as leaving } from './public/leaving.page.tsx'
import { routes as organ } from './public/organ.page.tsx'
import { routes as organs } from './public/organs.page.tsx'
import { routes as reading } from './public/reading.page.tsx'
import { routes as robots } from './public/robots.route.ts'
import { routes as search } from './public/search.page.tsx'
import { routes as siteMap } from './public/site-map.page.tsx'
import { routes as sitemap } from './public/sitemap.route.ts'
import { routes as suggestions } from './public/suggestions.route.ts'

export const site: Module = {
  name: 'site',
  publicRoutes: [
    ...home,
    ...disclosure,
    ...disclosureList,
    ...column,
    ...organs,
    ...organ,
    ...search,
    ...suggestions,
    ...siteMap,
    ...sitemap,
    ...robots,
    ...leaving,
    ...reading,
  ],
  doors: [
    { key: 'home', label: '首页', href: '/', order: 10, opens: async () => true },
    {
      key: 'disclosure',
      label: '政府信息公开',
      href: '/disclosure',
      order: 20,
      opens: async ctx =>
        (await countPublic(ctx.db, ctx.clock.now(), { siteId: ctx.site.id, columnPath: platformPath })) > 0,
    },
  ],
}
