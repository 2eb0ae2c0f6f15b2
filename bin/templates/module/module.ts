import type { Module } from '#platform/module'
import { routes as deskPage } from './desk/record-hall.page.tsx'
import { mayAdd } from './policy.ts'
import { routes as publicPage } from './public/record-hall.page.tsx'

export const recordHall: Module = {
  name: 'record-hall',
  publicRoutes: publicPage,
  deskRoutes: deskPage,
  menu: [{ group: 'publishing', label: '竹简', href: '/record-hall', order: 90, may: mayAdd }],
}
