import { defaultSite, findSite, type SiteRow } from '#modules/organisations'
import { listsTag } from '#modules/publications'
import type { Site } from '#platform/context'
import type { House } from './house.ts'

/** `/s/shuili/policies` → site `shuili`, path `/policies`. */
export function splitSitePath(url: string): { key: string | undefined; path: string } {
  const found = /^\/s\/([a-z][a-z0-9-]{1,39})(\/.*|\?.*|)$/.exec(url)
  if (!found) return { key: undefined, path: url }
  const rest = found[2] ?? ''
  return { key: found[1], path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** The site that a request asks for: by its path, else by host name, else the default one. Null before any is set up. */
export function siteOf(
  house: House,
  host: string | undefined,
  key: string | undefined,
): Promise<SiteRow | null> {
  const name = key === undefined ? `host:${host ?? ''}` : `key:${key}`
  const { db } = house.connection
  return house.remembered.get(`site:${name.slice(0, 120)}`, ['sites'], async () =>
    key !== undefined
      ? await findSite(db, { key })
      : ((await findSite(db, { host })) ?? (await defaultSite(db))),
  )
}

/** The site as pages use it. A site with its own host name lives at the root there; reached by `/s/{key}` it stays there. */
export function siteContext(house: House, row: SiteRow, key: string | undefined): Site {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    domain: row.domain,
    organId: row.organId,
    base: key === undefined ? '' : `/s/${key}`,
    origin: house.origin.public,
  }
}

export const navigationTags = (siteId: string) => ['sites', listsTag(siteId)]
