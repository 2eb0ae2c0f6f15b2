import { draftsHandOver, editorRoutes } from '#modules/publications'
import type { Module } from '#platform/module'
import { audit } from '../modules/audit/module.ts'
import { duties } from '../modules/duties/module.ts'
import { filesModule } from '../modules/files/module.ts'
import { interpretation } from '../modules/interpretation/module.ts'
import { organisations } from '../modules/organisations/module.ts'
import { peopleWith } from '../modules/people/module.ts'
import { policies } from '../modules/policies/module.ts'
import { publications } from '../modules/publications/module.ts'
import { site } from '../modules/site/module.ts'

/** Every module of the house. A new one is a line here and a row in the table of allowed uses. */
export const modules: readonly Module[] = [
  site,
  policies,
  interpretation,
  publications,
  duties,
  organisations,
  peopleWith([draftsHandOver]),
  audit,
]

/** All of them, with what needs to be told where bytes lie and who may read. */
export const modulesWith = (need: Parameters<typeof filesModule>[0]): readonly Module[] => [
  ...modules,
  filesModule(need),
  { name: 'publications editor', deskRoutes: editorRoutes(need.storage) },
]
