import { draftsHandOver, editorRoutes } from '#modules/publications'
import type { Module } from '#platform/module'
import { audit } from '../modules/audit/module.ts'
import { catalogue } from '../modules/catalogue/module.ts'
import { duties } from '../modules/duties/module.ts'
import { filesModule } from '../modules/files/module.ts'
import { interpretation } from '../modules/interpretation/module.ts'
import { openData } from '../modules/open-data/module.ts'
import { organisations } from '../modules/organisations/module.ts'
import { peopleWith } from '../modules/people/module.ts'
import { importDesk, policies } from '../modules/policies/module.ts'
import { publications } from '../modules/publications/module.ts'
import { search } from '../modules/search/module.ts'
import { site } from '../modules/site/module.ts'
import { siteHealthWith } from '../modules/site-health/module.ts'
import { topics } from '../modules/topics/module.ts'

/** Every module of the house. A new one is a line here and a row in the table of allowed uses. */
export const modules: readonly Module[] = [
  site,
  policies,
  interpretation,
  topics,
  openData,
  publications,
  search,
  catalogue,
  duties,
  organisations,
  siteHealthWith(() => modules.flatMap(module => module.publicRoutes ?? []).map(route => route.path)),
  peopleWith([draftsHandOver]),
  audit,
]

/** All of them, with what needs to be told where bytes lie and who may read. */
export const modulesWith = (need: Parameters<typeof filesModule>[0]): readonly Module[] => [
  ...modules,
  filesModule(need),
  importDesk(need.storage),
  { name: 'publications editor', deskRoutes: editorRoutes(need.storage) },
]
