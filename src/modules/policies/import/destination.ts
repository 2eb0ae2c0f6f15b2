import { invalid, notFound } from '#lib/errors'
import {
  defaultSite,
  findOrganByKey,
  findSite,
  getOrgan,
  listSites,
  type Organ,
  type SiteRow,
} from '#modules/organisations'
import { allKinds, type ColumnRow, listColumns } from '#modules/publications'
import type { Database } from '#platform/db/database'
import { type KnownOrgans, loadKnownOrgans } from './owner.ts'

/** What the person who imports may say instead of leaving it to the documents. */
export interface ImportChoice {
  site?: string | undefined
  organ?: string | undefined
  column?: string | undefined
  kind?: string | undefined
  /** Address of the old site that the folder was saved from. */
  from?: string | undefined
}

/** Where the documents of one run go; looked up once. */
export interface Destination {
  site: SiteRow
  organs: KnownOrgans
  /** Owner of what names no organ that is known here. */
  keeper: Organ
  columns: readonly ColumnRow[]
  column: ColumnRow | null
  kind: string | null
}

/** @throws not-found when a key is not known; the message lists those that are. */
export async function openDestination(
  db: Database,
  choice: ImportChoice,
  today: string,
): Promise<Destination> {
  const site = await chosenSite(db, choice.site)
  const columns = await listColumns(db, site.id)
  const column = columns.find(one => one.path === choice.column) ?? null
  if (choice.column !== undefined && !column)
    throw notFound(
      'policies.import-column',
      `“${site.name}”没有栏目“${choice.column}”。可用的栏目：${columns.map(one => one.path).join('、')}。`,
    )
  const given = choice.organ === undefined ? null : await findOrganByKey(db, choice.organ)
  if (choice.organ !== undefined && !given)
    throw notFound(
      'policies.import-organ',
      `没有代码为“${choice.organ}”的机构。机构代码在工作台“机构”一页可以查到。`,
    )
  return {
    site,
    organs: await loadKnownOrgans(db, site.organId, today),
    keeper: given ?? (await getOrgan(db, site.organId)),
    columns,
    column,
    kind: chosenKind(choice.kind),
  }
}

async function chosenSite(db: Database, key: string | undefined): Promise<SiteRow> {
  const site = key === undefined ? await defaultSite(db) : await findSite(db, { key })
  if (site) return site
  if (key === undefined)
    throw notFound(
      'policies.import-no-site',
      '还没有站点。请先运行 ./bin/mingtang init，或启动一次装入样例。',
    )
  const keys = (await listSites(db)).map(one => one.key).join('、')
  throw notFound('policies.import-site', `没有代码为“${key}”的站点。可用的站点：${keys}。`)
}

/** Kinds that a bare text fills: a guide or an interpretation asks for facts that no file states. */
function chosenKind(name: string | undefined): string | null {
  if (name === undefined) return null
  const usable = allKinds().filter(kind => !kind.madeByAct && kind.fields.safeParse({}).success)
  if (usable.some(kind => kind.name === name)) return name
  const words = usable.map(kind => `${kind.name}（${kind.label}）`).join('、')
  throw invalid('policies.import-kind', `不能按“${name}”导入。可用的种类：${words}。`)
}
