import type { ComponentChildren } from 'preact'

/** Page tags of the 指引 annex (S-META-01); the site's own are added by the layout. */
export interface ColumnTags {
  name: string
  description: string
  keywords: string
  /** ColumnType words of S-FUN-02, several joined by a comma. */
  type: string
}
export interface ContentTags {
  title: string
  /** Beijing time `2026-11-17 10:02` (S-META-04). */
  pubDate: string
  source: string
  keywords?: string | undefined
  author?: string | undefined
  description?: string | undefined
  image?: string | undefined
}

export interface FeedLink {
  title: string
  /** Path with the site's base. */
  href: string
}

export interface Crumb {
  label: string
  href?: string
}

/** A page's content; the layout (masthead, navigation, footer, or the desk's rail) is put around it in one place. */
export interface Page {
  kind: 'page'
  status: number
  title: string
  body: ComponentChildren
  crumbs: Crumb[]
  /** The door of the main navigation that is lit. */
  door?: string | undefined
  column?: ColumnTags | undefined
  content?: ContentTags | undefined
  /** Path of the one true address of this page, where it has several. */
  canonical?: string | undefined
  /** Data for search engines, schema.org. */
  jsonLd?: object | undefined
  noIndex?: boolean | undefined
  /** Feeds that bring what this page lists, for programs that look for them. */
  feeds?: readonly FeedLink[] | undefined
  /** What the page was made from; the page leaves the cache when one of these changes. Undefined: never cached. */
  dependsOn?: readonly string[] | undefined
  /** Instant at which the page would read differently although nothing is written (a schedule, midnight). */
  freshUntil?: Date | undefined
  /** Browser islands of `src/ui/browser` that the page uses. */
  scripts?: readonly string[] | undefined
  /** Headers beside those of every page; not for pages that are cached. */
  headers?: Readonly<Record<string, string>> | undefined
}

export interface Redirect {
  kind: 'redirect'
  to: string
  status: 301 | 302 | 303
}

/** Anything else than a page, sent as it is. */
export interface Content {
  kind: 'content'
  status: number
  type: string
  body: string | Uint8Array | NodeJS.ReadableStream
  headers?: Record<string, string>
  dependsOn?: readonly string[] | undefined
  freshUntil?: Date | undefined
}

export type Reply = (Page | Redirect | Content) & { cookies?: readonly Cookie[] }

export interface Cookie {
  name: string
  value: string
  /** Seconds; 0 deletes the cookie. */
  maxAge?: number
  path?: string
}

export function page(
  parts: Omit<Page, 'kind' | 'status' | 'crumbs'> & Partial<Pick<Page, 'status' | 'crumbs'>>,
): Page {
  return { kind: 'page', status: 200, crumbs: [], ...parts }
}

/** After a form was taken: the browser fetches the next page by GET, so that a reload does not post again. */
export const seeOther = (to: string): Redirect => ({ kind: 'redirect', to, status: 303 })
export const movedTo = (to: string): Redirect => ({ kind: 'redirect', to, status: 301 })

export function json(body: unknown, more: Partial<Content> = {}): Content {
  return {
    kind: 'content',
    status: 200,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
    ...more,
  }
}
