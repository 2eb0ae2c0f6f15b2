import type { Module } from '#platform/module'
import { routes as aliases } from './desk/aliases.page.tsx'
import { routes as correctProfile } from './desk/correct-profile.page.tsx'
import { routes as editOrgan } from './desk/edit-organ.page.tsx'
import { routes as newOrgan } from './desk/new-organ.page.tsx'
import { routes as newSite } from './desk/new-site.page.tsx'
import { routes as organ } from './desk/organ.page.tsx'
import { routes as organs } from './desk/organs.page.tsx'
import { routes as profile } from './desk/profile.page.tsx'
import { routes as restructure } from './desk/restructure.page.tsx'
import { routes as site } from './desk/site.page.tsx'
import { routes as sites } from './desk/sites.page.tsx'
import { mayRead } from './policy.ts'
import { record } from './record.ts'

export const organisations: Module = {
  name: 'organisations',
  record,
  deskRoutes: [
    ...organs,
    ...newOrgan,
    ...organ,
    ...editOrgan,
    ...profile,
    ...correctProfile,
    ...aliases,
    ...restructure,
    ...sites,
    ...newSite,
    ...site,
  ],
  menu: [
    { group: 'administration', label: '机构', href: '/organs', order: 60, may: mayRead },
    { group: 'site', label: '站点', href: '/sites', order: 70, may: mayRead },
  ],
}
