import type { RawForm } from '#lib/forms'
import type { Staff } from '#platform/actor'
import type { Context, DeskContext, PublicContext } from '#platform/context'
import type { Content, Reply } from '#platform/http/reply'

/** What came in, as plain data; each handler checks what it uses by a schema. */
export interface Incoming {
  method: string
  /** Path and query as asked for, without the site's base. */
  url: string
  params: Record<string, string>
  query: Record<string, string | string[] | undefined>
  form: RawForm
  /** A body that is neither a form nor JSON, as text. */
  text?: string | undefined
  uploads: readonly Upload[]
  headers: Record<string, string | string[] | undefined>
  cookies: Record<string, string | undefined>
  ip: string
}

/** A file that was posted, held in a temporary file until the act keeps it; `tooLarge` when it was cut off. */
export interface Upload {
  field: string
  name: string
  path: string
  size: number
  tooLarge: boolean
}

/**
 * Who may see what a public route shows. The visibility test walks over every route: for a route that shows
 * publications it asks the addresses of `probe` about items that are hidden and expects to find nothing.
 */
export type PublicRule =
  | { shows: 'no-publications' }
  | { shows: 'publications'; probe: (item: Probe) => string[] }

/** What the visibility test knows of the item it looks for. */
export interface Probe {
  id: string
  segment: string
  title: string
  columnPath: string
  organKey: string
  /** Keys of its parts that have addresses of their own: the tasks of a plan. */
  keys: string[]
  /** Addresses of its attachments and pictures. */
  files: string[]
}

export const showsNoPublications: PublicRule = { shows: 'no-publications' }
export const showsPublications = (probe: (item: Probe) => string[]): PublicRule => ({
  shows: 'publications',
  probe,
})

export interface PublicRoute {
  method: 'GET' | 'POST'
  path: string
  rule: PublicRule
  handle(ctx: PublicContext, incoming: Incoming): Promise<Reply>
}

/** `may` is the door of the page; what may be done to one thing is asked again by the act itself. */
export interface DeskRoute {
  method: 'GET' | 'POST'
  path: string
  may: (actor: Staff) => boolean
  /** Takes files (multipart), by default up to 60 MB each; `largest` in bytes. */
  uploads?: boolean | { largest: number }
  handle(ctx: DeskContext, incoming: Incoming): Promise<Reply>
}

/** A route for other programs, on the desk's port: no cookies, no session; whoever calls brings a key of his own. */
export interface ApiRoute {
  method: 'GET' | 'POST'
  path: string
  uploads?: boolean
  handle(ctx: Context, incoming: Incoming): Promise<Content>
}
