import { dateInBeijing } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import { contentTree, hasItems } from '#modules/catalogue'
import {
  currentProfile,
  findOrganByKey,
  getOrgan,
  listOrgansBelow,
  type Organ,
  organTree,
} from '#modules/organisations'
import { policyKinds } from '#modules/policies'
import {
  type ColumnUse,
  countByOrgan,
  type Listed,
  listColumnsInUse,
  listPublic,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { columnAddress, contentNodes, platformPath } from '../platform.ts'
import { type CountedOrgan, countedTree } from './counted-tree.ts'

export interface ContentNode {
  label: string
  href: string
  items: number | null
  newestAt: Date | null
  /** Heading under which it stands, where the catalogue orders the content. */
  group?: string
}

/** Where and how an organ takes requests, as its guide or its profile states it. */
export interface ApplyOffice {
  organId: string
  organName: string
  guide: string | null
  name: string
  address: string
  hours: string
  phone: string
  fax: string
  internet: string
}

export interface DisclosureFacts {
  organ: Organ | null
  guides: PageOf<Listed>
  rules: PageOf<Listed>
  /** The rules shown are the government's, because the organ has none of its own. */
  commonRules: boolean
  content: ContentNode[]
  hasCatalogue: boolean
  /** Items in the columns of the statutory content together. */
  contentItems: number
  reports: PageOf<Listed>
  office: ApplyOffice
  organs: CountedOrgan[]
}

const first = (pageSize: number) => ({ page: 1, pageSize })

/** @param key of the organ whose platform is asked for; null when there is none of that key. */
export async function disclosureFacts(
  ctx: PublicContext,
  key: string | undefined,
): Promise<DisclosureFacts | null> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const organ = key === undefined ? null : await findOrganByKey(db, key)
  if (key !== undefined && !organ) return null
  const siteId = site.id
  const organId = organ?.id
  const host = organ ?? (await getOrgan(db, site.organId))
  const rulesOf = (id?: string) =>
    listPublic(db, now, { siteId, columnPath: 'disclosure/rules', organId: id }, first(5))
  const [columns, guides, ownRules, reports, office, organs, hasCatalogue] = await Promise.all([
    listColumnsInUse(db, now, siteId, organId),
    guidesOf(ctx, now, host, organ !== null),
    rulesOf(organId),
    listPublic(db, now, { siteId, columnPath: 'disclosure/annual-reports', organId }, first(10)),
    officeOf(ctx, now, host),
    countedOrgans(ctx, now),
    hasItems(db, siteId),
  ])
  const commonRules = organ !== null && ownRules.total === 0
  return {
    organ,
    guides,
    rules: commonRules ? await rulesOf() : ownRules,
    commonRules,
    hasCatalogue,
    content: hasCatalogue
      ? await catalogueNodes(ctx, organ, columns)
      : await nodesOf(ctx, now, host, organ !== null, columns),
    contentItems: columns.find(column => column.path === 'disclosure/content')?.items ?? 0,
    reports,
    office,
    organs,
  }
}

/** The host's own guide; on a site whose host has none, those of its organs. The total counts all that may be shown. */
async function guidesOf(ctx: PublicContext, now: Date, host: Organ, only: boolean): Promise<PageOf<Listed>> {
  const filter = { siteId: ctx.site.id, kinds: ['disclosure-guide'] }
  const own = await listPublic(ctx.db, now, { ...filter, organId: host.id }, first(5))
  if (only) return own
  const all = await listPublic(ctx.db, now, filter, first(5))
  return own.total > 0 ? { ...all, rows: own.rows } : all
}

/** The statutory content as the catalogue orders it, then the columns that no item of it names. */
async function catalogueNodes(
  ctx: PublicContext,
  organ: Organ | null,
  columns: readonly ColumnUse[],
): Promise<ContentNode[]> {
  const tree = await contentTree(ctx, organ ?? undefined, columns)
  const named = new Set(tree.flatMap(node => node.columns))
  const others = contentNodes(columns).filter(column => !named.has(column.path))
  return [
    ...tree.map(({ label, group, href, items, newestAt }) => ({ label, group, href, items, newestAt })),
    ...others.map(column => ({ ...columnNode(column, organ), group: '其他栏目' })),
  ]
}

const columnNode = (column: ColumnUse, organ: Organ | null): ContentNode => ({
  label: column.name,
  href: `${columnAddress(column.path)}${organ ? `?organ=${organ.key}` : ''}`,
  items: column.items,
  newestAt: column.newestAt,
})

/** Without a catalogue, nodes of the statutory content (条例 Art. 20, 21): what stands elsewhere on the site, then the columns in use. */
async function nodesOf(
  ctx: PublicContext,
  now: Date,
  host: Organ,
  only: boolean,
  columns: readonly ColumnUse[],
): Promise<ContentNode[]> {
  const { db, site } = ctx
  const organId = only ? host.id : undefined
  const query = only ? `organ=${host.key}` : ''
  const [normative, policies] = await Promise.all([
    listPublic(db, now, { siteId: site.id, kinds: ['normative-document'], organId }, first(1)),
    listPublic(db, now, { siteId: site.id, kinds: policyKinds, organId }, first(1)),
  ])
  const elsewhere: ContentNode[] = [
    {
      label: '机构职能、领导、联系方式',
      href: only ? `/organs/${host.key}` : '/organs',
      items: null,
      newestAt: null,
    },
    {
      label: '行政规范性文件',
      href: `/policies?kind=normative-document${only ? `&${query}` : ''}`,
      ...useOf(normative),
    },
    { label: '政策文件', href: `/policies${only ? `?${query}` : ''}`, ...useOf(policies) },
  ]
  const nodes = contentNodes(columns).map(column => columnNode(column, only ? host : null))
  return [...elsewhere.filter(node => node.items !== 0), ...nodes]
}

/** As of a column: how much, and when something last came. */
function useOf({ total, rows: [newest] }: PageOf<Listed>): Pick<ContentNode, 'items' | 'newestAt'> {
  return { items: total, newestAt: newest && !newest.archive ? newest.sortAt : null }
}

async function officeOf(ctx: PublicContext, now: Date, host: Organ): Promise<ApplyOffice> {
  const { db, site } = ctx
  const guides = await listPublic(
    db,
    now,
    { siteId: site.id, kinds: ['disclosure-guide'], organId: host.id },
    first(1),
  )
  const [guide] = guides.rows
  const head = { organId: host.id, organName: host.name, guide: guide?.address ?? null }
  if (guide) {
    const said = (name: string) => String(guide.fields[name] ?? '')
    return {
      ...head,
      name: said('officeName'),
      address: said('officeAddress'),
      hours: said('officeHours'),
      phone: said('officePhone'),
      fax: said('officeFax'),
      internet: said('officeInternet'),
    }
  }
  const profile = await currentProfile(db, host.id, dateInBeijing(now))
  const office = profile?.opennessOffice
  return {
    ...head,
    name: office?.name ?? '',
    address: office?.address || profile?.address || '',
    hours: profile?.officeHours ?? '',
    phone: office?.phone || profile?.phone || '',
    fax: office?.fax || profile?.fax || '',
    internet: office?.email || profile?.email || '',
  }
}

/** The tree of the organs that have something on the platform, with counts; an empty node is not shown (S-PLT-06). */
async function countedOrgans(ctx: PublicContext, now: Date): Promise<CountedOrgan[]> {
  const { db, site } = ctx
  const [tree, below, counts] = await Promise.all([
    organTree(db, { includeAbolished: true }),
    listOrgansBelow(db, site.organId),
    countByOrgan(db, now, { siteId: site.id, columnPath: platformPath }),
  ])
  return countedTree(tree, counts, { within: new Set(below), withoutEmpty: true })
}
