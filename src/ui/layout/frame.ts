import type { ComponentChildren } from 'preact'
import type { CrumbItem } from '../components/crumbs.tsx'
import type { View } from '../view.tsx'

/** What the footer says (S-ID-02); what is empty is not shown. */
export interface FooterFacts {
  /** 主办单位 */
  host: string
  contactPhone: string
  contactEmail: string
  address: string
  icp: string
  police: string
  /** “我为政府网站找错” (S-FIND-01) */
  findErrorUrl: string | null
  /** The issuer's check page for the 党政机关网站标识 (S-ID-05). */
  badgeUrl: string | null
  supportsIpv6: boolean
  technicalSupport: string
}

export interface FrameSite {
  name: string
  shortName: string
  tagline: string
  /** Host name only. */
  domain: string
  siteCode: string
  /** Path before every address of the site: `` or `/s/{key}`. */
  base: string
  /** Scheme and host, without a slash at the end. */
  origin: string
  footer: FooterFacts
}

export interface PublicFrame {
  site: FrameSite
  doors: readonly { label: string; href: string; current: boolean }[]
  /** What stands behind the door of this page, when that is several things. */
  sections?: readonly { label: string; href: string; current: boolean }[] | undefined
  /** ISO date in Beijing. */
  today: string
  /** Address of a built file: `main.css`, `reading.js`. */
  assets: (name: string) => string
  /** How the reader asked to see the page. */
  view: View | null
  /** Path and query as the reader asked for them, with the site's base. */
  address: string
  /** False on the home page, whose own search is larger. */
  search?: boolean | undefined
  /** Further entries of the footer; the site map is always there. */
  footerLinks?: readonly { label: string; href: string }[] | undefined
  /** Feeds of the whole site. */
  feeds?: readonly { title: string; href: string }[] | undefined
}

export interface ColumnFacts {
  name: string
  description: string
  keywords: string
  type: string
}

export interface ContentFacts {
  title: string
  pubDate: string
  source: string
  keywords?: string | undefined
  author?: string | undefined
  description?: string | undefined
  image?: string | undefined
}

/** The fields of a page that a layout shows; the platform's `Page` fits. */
export interface LayoutPage {
  title: string
  body: ComponentChildren
  status?: number | undefined
  crumbs?: readonly CrumbItem[] | undefined
  column?: ColumnFacts | undefined
  content?: ContentFacts | undefined
  /** Path with the site's base. */
  canonical?: string | undefined
  jsonLd?: object | undefined
  noIndex?: boolean | undefined
  /** Feeds of what the page lists. */
  feeds?: readonly { title: string; href: string }[] | undefined
  /** Names of islands in `browser/`, without an ending. */
  scripts?: readonly string[] | undefined
}
