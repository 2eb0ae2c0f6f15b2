import { type ColumnUse, listPublic, publicByIds } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { pages, type StatutoryCode, statutory } from './item.ts'
import { type CatalogueItem, listItems, listLinks } from './queries.ts'

/** A node of the statutory content that has something under it. */
export interface ContentTreeNode {
  code: StatutoryCode
  label: string
  group: string
  /** Address within the site. */
  href: string
  /** Null: a page that is no list. */
  items: number | null
  newestAt: Date | null
  /** Columns that hold it. */
  columns: string[]
}

const groups: [prefix: string, label: string][] = [
  ['P20-', '各级行政机关都公开的'],
  ['P21A-', '市县政府和部门还公开的'],
  ['P21B-', '乡镇政府还公开的'],
]
const groupOf = (code: string) => groups.find(([prefix]) => code.startsWith(prefix))?.[1] ?? ''

/** What stands under the items of each code: in columns and pages of the site, and linked by hand. */
export interface UnderCode {
  items: CatalogueItem[]
  columns: string[]
  pages: string[]
  publicationIds: string[]
}

export async function underCodes(ctx: PublicContext): Promise<Map<StatutoryCode, UnderCode>> {
  const [items, links] = await Promise.all([
    listItems(ctx.db, ctx.site.id),
    listLinks(ctx.db, { siteId: ctx.site.id }),
  ])
  const linkedTo = Map.groupBy(links, link => link.itemId)
  const under = new Map<StatutoryCode, UnderCode>()
  for (const item of items.filter(one => one.content.code !== '' && one.content.mode === 'proactive')) {
    const code = item.content.code as StatutoryCode
    const one = under.get(code) ?? { items: [], columns: [], pages: [], publicationIds: [] }
    const { place } = item.content
    one.items.push(item)
    if (place in pages) one.pages.push(place)
    else if (place !== '') one.columns.push(place)
    one.publicationIds.push(...(linkedTo.get(item.id) ?? []).map(link => link.publicationId))
    under.set(code, one)
  }
  return under
}

/**
 * 法定主动公开内容 as the catalogue says it (条例 Art. 20, 21; R-PUB-02…04): nodes with something under them, never an empty one
 * (S-PLT-06). A node counts what stands in its columns; where it has none, what is linked with its items.
 */
export async function contentTree(
  ctx: PublicContext,
  organ: { id: string; key: string } | undefined,
  columns: readonly ColumnUse[],
): Promise<ContentTreeNode[]> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const under = await underCodes(ctx)
  const ids = [...new Set([...under.values()].flatMap(one => one.publicationIds))]
  const linked = new Map(
    (await publicByIds(db, now, site.id, ids))
      .filter(row => organ === undefined || row.organKey === organ.key)
      .map(row => [row.id, row]),
  )
  const query = organ ? `organ=${organ.key}` : ''
  const nodes: ContentTreeNode[] = []
  for (const code of Object.keys(statutory) as StatutoryCode[]) {
    const one = under.get(code)
    if (!one) continue
    const node = { code, label: statutory[code], group: groupOf(code), columns: one.columns }
    const [wholePage] = one.pages
    if (wholePage === '/organs') {
      const href = organ ? `/organs/${organ.key}` : '/organs'
      nodes.push({ ...node, href, items: null, newestAt: null })
      continue
    }
    if (wholePage) {
      const kinds = /kind=([a-z-]+)/.exec(wholePage)?.[1]
      const found = await listPublic(
        db,
        now,
        { siteId: site.id, organId: organ?.id, ...(kinds ? { kinds: [kinds] } : {}) },
        { page: 1, pageSize: 1 },
      )
      const [newest] = found.rows
      const href = query ? `${wholePage}${wholePage.includes('?') ? '&' : '?'}${query}` : wholePage
      const newestAt = newest && !newest.archive ? newest.sortAt : null
      if (found.total > 0) nodes.push({ ...node, href, items: found.total, newestAt })
      continue
    }
    const uses = columns.filter(column => one.columns.includes(column.path))
    const rows = [...new Set(one.publicationIds)].flatMap(id => linked.get(id) ?? [])
    const items = uses.reduce((sum, use) => sum + use.items, 0) || rows.length
    if (items === 0) continue
    const times = [
      ...uses.map(use => use.newestAt),
      ...rows.map(row => (row.archive ? null : row.sortAt)),
    ].filter(at => at !== null)
    nodes.push({
      ...node,
      href: `/catalogue/content/${code}${query ? `?${query}` : ''}`,
      items,
      newestAt: times.length > 0 ? new Date(Math.max(...times.map(at => at.getTime()))) : null,
    })
  }
  return nodes
}
