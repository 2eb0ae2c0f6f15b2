import { type NewDuty, openDuties } from '#modules/duties'
import { listOrgans, listOrgansBelow, type Organ, type SiteRow } from '#modules/organisations'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { owingOrgans } from '../bodies.ts'
import { type ItemContent, nameOf } from '../item.ts'
import type { CatalogueItem } from '../queries.ts'

/** Every published item is held against its row: overdue is event + limit (R-GRS-04; the general limit is R-PUB-08). */
const rule = 'R-GRS-04'
export const subjectKind = 'catalogue-item'

/** The organs of a site's government that stand today; and who of them owes an item. */
export async function organsOf(db: Database, site: Pick<SiteRow, 'organId'>): Promise<Organ[]> {
  const [organs, below] = await Promise.all([listOrgans(db), listOrgansBelow(db, site.organId)])
  const here = new Set(below)
  return organs.filter(organ => here.has(organ.id))
}

export const owersOf = (content: ItemContent, organs: readonly Organ[], today: string): Organ[] =>
  owingOrgans(content.body, organs, today)

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** A duty under an item: `period` tells those of one item and organ apart. */
export const dutyUnder = (
  item: CatalogueItem,
  organ: Pick<Organ, 'id' | 'key'>,
  of: { period: string; what: string; limit: NewDuty['limit']; startedAt: Date },
): NewDuty => ({
  siteId: item.siteId,
  organId: organ.id,
  rule,
  article: `${short(item.content.ground, 120)}；公开时限：${item.content.limit}`,
  title: `公开“${short(nameOf(item.content), 80)}”（${of.what}）`,
  domain: 'proactive',
  subject: {
    kind: subjectKind,
    id: item.id,
    label: `${item.content.domain}：${short(item.content.elements, 60)}`,
  },
  period: `${of.period} ${organ.key}`,
  limit: of.limit,
  startedAt: of.startedAt,
})

export const owe = (
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  duties: readonly NewDuty[],
): Promise<string[]> => openDuties(db, ctx, duties)
