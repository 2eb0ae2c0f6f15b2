import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import { type Filing, type FilingFacts, listColumns, publicationTag } from '#modules/publications'
import { actorName } from '#platform/actor'
import type { Database } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { organsOf, owersOf } from './actions/owe.ts'
import { nameOf } from './item.ts'
import { type CatalogueItem, listItems, listLinks } from './queries.ts'
import { settleLinks } from './settle-links.ts'
import { suggestItems } from './suggest-items.ts'
import { catalogueTag } from './tags.ts'

/** How editions are filed under the catalogue when they are published (R-GRS-04). */
export const filing: Filing = {
  /** The items of the edition's own site; those of the catalogue that its organ owes, unless it owes none. */
  async offer({ db, clock }, facts) {
    const items = await listItems(db, facts.siteId, { retiredToo: true })
    const site = (await listSites(db)).find(one => one.id === facts.siteId)
    if (items.length === 0 || !site) return []
    const [organs, chosen, columns] = await Promise.all([
      organsOf(db, site),
      chosenFor(db, facts),
      listColumns(db, facts.siteId),
    ])
    const today = clock.today()
    const owed = new Set(
      items
        .filter(item => owersOf(item.content, organs, today).some(organ => organ.id === facts.organId))
        .map(item => item.id),
    )
    const inForce = items.filter(item => !item.retiredAt)
    const suggestions = suggestItems(
      inForce.map(item => ({ ...item, isOwed: owed.has(item.id) })),
      {
        ...facts,
        columnPaths: columns.filter(one => facts.columnIds.includes(one.id)).map(one => one.path),
      },
    )
    const rank = (item: CatalogueItem) => {
      const at = suggestions.findIndex(one => one.id === item.id)
      return at === -1 ? suggestions.length : at
    }
    return items
      .filter(
        item =>
          chosen.has(item.id) ||
          (!item.retiredAt && (owed.size === 0 || owed.has(item.id) || rank(item) < suggestions.length)),
      )
      .toSorted((a, b) => rank(a) - rank(b))
      .map(item => ({
        value: item.id,
        label: nameOf(item.content),
        group: item.content.domain,
        suggested: suggestions[rank(item)]?.why ?? null,
        chosen: chosen.has(item.id),
        retired: item.retiredAt !== null,
      }))
  },

  async choose(db, ctx, { publication, edition }, itemIds) {
    const known = new Set(
      (await listItems(db, publication.siteId, { retiredToo: true })).map(item => item.id),
    )
    if (!itemIds.every(id => known.has(id)))
      throw invalid('catalogue.unknown-item', '所选的目录事项不在本站点的目录里。请重新选择。')
    const chosen = { itemIds: [...itemIds], chosenBy: actorName(ctx.actor), chosenAt: ctx.clock.now() }
    await db
      .insertInto('catalogueFilings')
      .values({ editionId: edition.id, ...chosen })
      .onConflict(before => before.column('editionId').doUpdateSet(chosen))
      .execute()
  },

  async check(db, { publication, edition }) {
    const { itemIds = [] } = (await filingOf(db, edition.id)) ?? {}
    const items = await listItems(db, publication.siteId, { retiredToo: true })
    const retired = items.filter(item => item.retiredAt && itemIds.includes(item.id))
    if (retired.length > 0)
      throw conflict(
        'catalogue.filed-under-retired',
        `目录事项${retired.map(item => `“${nameOf(item.content)}”`).join('、')}在选定之后停用了（${retired[0]?.retiredReason ?? ''}）。请去掉它，需要的话改选别的，再发布。`,
      )
  },

  async opened(db, ctx, { publication, edition }) {
    const settled = await db
      .updateTable('catalogueFilings')
      .set({ settledAt: ctx.clock.now() })
      .where('editionId', '=', edition.id)
      .where('settledAt', 'is', null)
      .returning(['itemIds', 'chosenBy'])
      .executeTakeFirst()
    if (settled) {
      const items = await listItems(db, publication.siteId, { retiredToo: true })
      // What was retired while a schedule waited cannot be taken up any more
      const under = items.filter(item => settled.itemIds.includes(item.id) && !item.retiredAt)
      const links = new Set((await listLinks(db, { publicationId: publication.id })).map(one => one.itemId))
      const left = items.filter(item => links.has(item.id) && !settled.itemIds.includes(item.id))
      const taken = under.filter(item => !links.has(item.id))
      if (left.length > 0)
        await db
          .deleteFrom('cataloguePublications')
          .where('publicationId', '=', publication.id)
          .where(
            'itemId',
            'in',
            left.map(item => item.id),
          )
          .execute()
      if (taken.length > 0)
        await db
          .insertInto('cataloguePublications')
          .values(
            taken.map(item => ({
              itemId: item.id,
              publicationId: publication.id,
              linkedBy: settled.chosenBy,
              linkedAt: ctx.clock.now(),
            })),
          )
          .onConflict(before => before.doNothing())
          .execute()
      if (left.length + taken.length > 0) {
        await recordAct(db, ctx, {
          act: 'catalogue.edition-filed',
          sentence: filedSentence(edition.title, taken, left),
          object: { kind: 'publication', id: publication.id, label: edition.title },
        })
        await announceChange(db, [catalogueTag(publication.siteId), publicationTag(publication.id)])
      }
    }
    // A correction meets the next duty under the items where the publication stands already
    const met: string[] = []
    for (const link of await listLinks(db, { publicationId: publication.id }))
      met.push(...(await settleLinks(db, ctx, { id: link.itemId })))
    return met
  },
}

function filedSentence(
  title: string,
  taken: readonly CatalogueItem[],
  left: readonly CatalogueItem[],
): string {
  const names = (items: readonly CatalogueItem[]) => items.map(item => `“${nameOf(item.content)}”`).join('、')
  return [
    `《${title}》公开`,
    ...(taken.length > 0 ? [`归入目录事项${names(taken)}`] : []),
    ...(left.length > 0 ? [`移出目录事项${names(left)}`] : []),
  ].join('，')
}

const filingOf = (db: Database, editionId: string) =>
  db.selectFrom('catalogueFilings').select(['itemIds']).where('editionId', '=', editionId).executeTakeFirst()

/** What was chosen for the edition; before anybody chose, where the publication stands already. */
async function chosenFor(db: Database, facts: FilingFacts): Promise<ReadonlySet<string>> {
  const said = facts.editionId ? await filingOf(db, facts.editionId) : undefined
  if (said) return new Set(said.itemIds)
  if (!facts.publicationId) return new Set()
  return new Set((await listLinks(db, { publicationId: facts.publicationId })).map(link => link.itemId))
}
