import type { SiteRow } from '#modules/organisations'
import { findMovedAddress } from '#modules/publications'
import type { House } from './house.ts'

/** Where an address of an older site now leads, or null (S-DOM-04, S-DOM-05). */
export function movedAddress(house: House, site: SiteRow, url: string): Promise<string | null> {
  return findMovedAddress(house.connection.db, house.clock.now(), site.id, url)
}
