import type { Outside } from '#modules/notifications'
import { draftsHandOver, editorRoutes } from '#modules/publications'
import type { Press } from '#modules/renditions'
import type { Module } from '#platform/module'
import { annualReport } from '../modules/annual-report/module.ts'
import { audit } from '../modules/audit/module.ts'
import { catalogue } from '../modules/catalogue/module.ts'
import { documents, documentsDesk } from '../modules/documents/module.ts'
import { duties } from '../modules/duties/module.ts'
import { filesModule } from '../modules/files/module.ts'
import { intake } from '../modules/intake/module.ts'
import { interpretation } from '../modules/interpretation/module.ts'
import { ledger, ledgerDesk } from '../modules/ledger/module.ts'
import { normative } from '../modules/normative/module.ts'
import { notificationMail, notifications } from '../modules/notifications/module.ts'
import { openData } from '../modules/open-data/module.ts'
import { organisations } from '../modules/organisations/module.ts'
import { peopleWith } from '../modules/people/module.ts'
import { personalData } from '../modules/personal-data/module.ts'
import { importDesk, policies } from '../modules/policies/module.ts'
import { publications } from '../modules/publications/module.ts'
import { redaction } from '../modules/redaction/module.ts'
import { renditionsWith } from '../modules/renditions/module.ts'
import { reposts } from '../modules/reposts/module.ts'
import { requests } from '../modules/requests/module.ts'
import { search } from '../modules/search/module.ts'
import { site } from '../modules/site/module.ts'
import { siteHealthWith } from '../modules/site-health/module.ts'
import { topics } from '../modules/topics/module.ts'
import { transparencyLog } from '../modules/transparency-log/module.ts'
import { wording } from '../modules/wording/module.ts'

/** Every module of the house. A new one is a line here and a row in the table of allowed uses. */
export const modules: readonly Module[] = [
  site,
  policies,
  interpretation,
  reposts,
  topics,
  openData,
  documents,
  normative,
  publications,
  transparencyLog,
  search,
  catalogue,
  annualReport,
  ledger,
  requests,
  duties,
  notifications,
  organisations,
  siteHealthWith(() => modules.flatMap(module => module.publicRoutes ?? []).map(route => route.path)),
  wording,
  personalData,
  redaction,
  peopleWith([draftsHandOver]),
  audit,
]

/** All of them, with what needs to be told where bytes lie, who may read, and how mail goes out. */
export const modulesWith = (
  need: Parameters<typeof filesModule>[0] & { press?: Press; outside?: Outside },
): readonly Module[] => [
  ...modules,
  filesModule(need),
  importDesk(need.storage),
  ledgerDesk(need.storage),
  documentsDesk(need.storage),
  intake(need.storage),
  ...(need.press ? [renditionsWith(need.press)] : []),
  ...(need.outside ? [notificationMail(need.outside)] : []),
  { name: 'publications editor', deskRoutes: editorRoutes(need.storage) },
]
