import type { Module } from '#platform/module'
import { routes as catalogueDesk } from './desk/catalogue.page.tsx'
import { routes as editItem } from './desk/edit-item.page.tsx'
import { routes as importDesk } from './desk/import.page.tsx'
import { routes as itemDesk } from './desk/item.page.tsx'
import { routes as sortDesk } from './desk/sort.page.tsx'
import { routes as standardDesk } from './desk/standard.page.tsx'
import { routes as withheldDesk } from './desk/withheld.page.tsx'
import { openCadence } from './jobs/open-cadence.job.ts'
import { settleCatalogueLinks } from './jobs/settle-links.job.ts'
import { mayReadCatalogue } from './policy.ts'
import { routes as cataloguePages } from './public/catalogue.page.tsx'
import { routes as content } from './public/content.page.tsx'
import { record } from './record.ts'

export const catalogue: Module = {
  name: 'catalogue',
  record,
  publicRoutes: [...cataloguePages, ...content],
  deskRoutes: [
    ...catalogueDesk,
    ...importDesk,
    ...standardDesk,
    ...withheldDesk,
    ...sortDesk,
    ...editItem,
    ...itemDesk,
  ],
  menu: [{ group: 'duties', label: '公开目录', href: '/catalogue', order: 40, may: mayReadCatalogue }],
  jobs: [openCadence, settleCatalogueLinks],
}
