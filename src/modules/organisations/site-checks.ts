import { conflict } from '#lib/errors'
import type { SiteRow } from './site.ts'

/** A host name answers for one site only. */
export function checkHosts(sites: readonly SiteRow[], hosts: readonly string[], ownId: string | null): void {
  for (const host of hosts) {
    const other = sites.find(site => site.id !== ownId && site.hosts.includes(host))
    if (other)
      throw conflict('organisations.host-taken', `主机名“${host}”已由站点“${other.name}”使用，请换一个。`)
  }
}
