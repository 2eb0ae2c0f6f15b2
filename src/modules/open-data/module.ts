import type { Module } from '#platform/module'
import { routes as openApi } from './api/openapi.route.ts'
import { routeOf } from './api/operation.ts'
import { operations } from './api/operations.ts'
import { routes as feeds } from './feeds/feeds.route.ts'
import { routes as historyFeed } from './feeds/history.route.ts'
import { routes as apiPage } from './public/api.page.tsx'
import { routes as feedsPage } from './public/feeds.page.tsx'
import { routes as history } from './public/history.page.tsx'

export const openData: Module = {
  name: 'open-data',
  publicRoutes: [
    ...feeds,
    ...historyFeed,
    ...openApi,
    ...operations.map(routeOf),
    ...feedsPage,
    ...apiPage,
    ...history,
  ],
}
