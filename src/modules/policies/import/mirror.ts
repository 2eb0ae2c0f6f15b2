import { posix } from 'node:path'
import type { FoundFile } from './find-files.ts'

/**
 * Folders in which an old site was saved: which address each file had, and to which file a link leads. Sites lie in them as wget
 * and browsers save them: `www.example.gov.cn/zwgk/t1.html`, queries behind `@`, `?` or `%3F`.
 */
export class Mirror {
  private readonly from: URL | null
  private readonly byAddress = new Map<string, FoundFile>()
  private readonly byPath = new Map<string, FoundFile>()

  /** @param from address of the folder that was given, where somebody said it */
  constructor(files: readonly FoundFile[], from: string | null) {
    this.from = from === null ? null : new URL(from.endsWith('/') ? from : `${from}/`)
    for (const file of files) {
      const address = this.addressOf(file)
      if (address && !this.byAddress.has(keyOf(address))) this.byAddress.set(keyOf(address), file)
      const path = pathKey(file.root, asWritten(file.under))
      if (!this.byPath.has(path)) this.byPath.set(path, file)
    }
  }

  /** Where the file lay on the old site, as far as folders tell. */
  addressOf({ root, under }: FoundFile): string | null {
    const parts = [posix.basename(root), ...under.split('/')]
    const host = parts.slice(0, -1).findIndex(part => hostName.test(part))
    if (host < 0) return this.from && new URL(escaped(asWritten(under)), this.from).href
    const name = (parts[host] ?? '').replace(/[+](?=\d+$)/, ':').toLowerCase()
    const path = escaped(asWritten(parts.slice(host + 1).join('/')))
    if (this.from && this.from.host === name) return new URL(path, this.from).href
    return `${this.from?.protocol ?? 'http:'}//${name}/${path}`
  }

  /** Whether files here lie as a site had them: its pictures, styles and scripts are no documents. */
  holds(file: FoundFile): boolean {
    return this.addressOf(file) !== null
  }

  /** What links of a page are relative to; of a page without a known address, an address that leads nowhere. */
  baseOf(file: FoundFile): string {
    return this.addressOf(file) ?? `http://${nowhere}/${escaped(asWritten(file.under))}`
  }

  /** The file that a link leads to. @param page where it stands, and the address to which its links were made absolute */
  target(page: { file: FoundFile; address: string }, href: string): FoundFile | null {
    if (!URL.canParse(href, page.address)) return null
    const link = new URL(href, page.address)
    const base = new URL(page.address)
    if (!/^https?:$/.test(link.protocol)) return null
    const known = this.byAddress.get(keyOf(link.href))
    if (known) return known
    if (link.host !== base.host) return null
    const way = posix.relative(posix.dirname(readable(base.pathname)), readable(link.pathname))
    const under = posix.join(posix.dirname(page.file.under), way)
    if (under.startsWith('..')) return null
    const { root } = page.file
    return (
      this.byPath.get(pathKey(root, under + link.search)) ?? this.byPath.get(pathKey(root, under)) ?? null
    )
  }
}

/** Stands for the host of pages that tell no address of their own. */
const nowhere = 'address-unknown.invalid'
export const isNowhere = (address: string) => URL.canParse(address) && new URL(address).host === nowhere

const hostName =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)(?:[:+]\d{1,5})?$/i

/** A saved name back in the form of an address. */
function asWritten(path: string): string {
  return path
    .replace(/(\.(?:s?html?|jspx?|aspx?|php|do|action|cgi))(?:@|%3F)(?=[^/]*$)/i, '$1?')
    .replace(/(\.(?:jspx?|aspx?|php|do|action|cgi)(?:\?[^/]*)?)\.html$/i, '$1')
}

/** Fit for an address; what already is escaped stays. */
const escaped = (path: string) =>
  path
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll('#', '%23')
    .replaceAll('\\', '%5C')

function readable(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const bare = (path: string) =>
  readable(path)
    .replace(/(^|\/)(?:index|default)\.(?:s?html?|jspx?|aspx?|php)$/i, '$1')
    .replace(/\/+$/, '')

const pathKey = (root: string, under: string) => `${root}\n${bare(under)}`

function keyOf(address: string): string {
  const { host, pathname, search } = new URL(address)
  return `${host}${bare(pathname)}${readable(search)}`
}
