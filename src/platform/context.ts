import type { Actor } from '#platform/actor'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/db/database'

/** What every act is handed: a plain object, built in `app`, never ambient. */
export interface Context {
  readonly db: Database
  readonly actor: Actor
  readonly clock: Clock
  readonly log: Log
  /** Where the request came from, when there is one. */
  readonly ip?: string | undefined
}

/** The part of pino that we use; personal data never goes in. */
export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** The site a public page is shown on. */
export interface Site {
  id: string
  key: string
  name: string
  /** Host name only, for SiteDomain (S-META-01). */
  domain: string
  organId: string
  /** Path before every address of this site: `` for a site with its own host name, else `/s/{key}`. */
  base: string
  /** Scheme and host of absolute links, without a slash at the end. */
  origin: string
}

export interface PublicContext extends Context {
  readonly site: Site
}

export interface DeskContext extends Context {
  readonly actor: Extract<Actor, { kind: 'staff' }>
  /** Scheme and host of the public site that readers see, for links from the desk. */
  readonly publicOrigin: string
}
