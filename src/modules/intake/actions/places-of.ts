import { findOrgan, listOrgans, listOrgansAbove, listSites } from '#modules/organisations'
import { listColumns } from '#modules/publications'
import type { Context } from '#platform/context'
import { type ApiDocument, type FieldFault, Unfit } from '../api-document.ts'
import type { IntakeToken } from '../token.ts'

interface Places {
  siteId: string
  columnId: string
  coOrganIds: string[]
  issuer: string
}

/** What names in the call mean here: the organ's site, the column, the organs that sign with it. @throws Unfit naming each */
export async function placesOf(
  ctx: Pick<Context, 'db'>,
  token: IntakeToken,
  document: ApiDocument,
): Promise<Places> {
  const { db } = ctx
  const faults: FieldFault[] = []
  const organ = await findOrgan(db, token.organId)
  const sites = await listSites(db)
  const above = [token.organId, ...(await listOrgansAbove(db, token.organId))]
  const site = above.map(id => sites.find(one => one.organId === id)).find(one => one) ?? sites[0]
  const columns = site ? await listColumns(db, site.id) : []
  const column = columns.find(one => one.path === document.column)
  if (!column)
    faults.push({
      field: 'column',
      message: `没有“${document.column}”这个栏目。可用的有：${columns.map(one => `${one.path}（${one.name}）`).join('、')}。`,
    })
  const organs = document.coOrgans.length > 0 ? await listOrgans(db) : []
  const coOrganIds = document.coOrgans.flatMap((name, at) => {
    const found = organs.find(one => one.name === name || one.shortName === name)
    if (found) return [found.id]
    faults.push({
      field: `coOrgans.${at}`,
      message: `机构名录里没有“${name}”。请写全称，或者先在机构名录登记。`,
    })
    return []
  })
  if (!organ || !site || !column || faults.length > 0) throw new Unfit(faults)
  return { siteId: site.id, columnId: column.id, coOrganIds, issuer: organ.name }
}
