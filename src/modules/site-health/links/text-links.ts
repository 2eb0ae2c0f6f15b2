import { load } from 'cheerio'

export interface TextLink {
  /** As it stands in the text. */
  href: string
  /** Path and query within the site, or the whole address on another. */
  target: string
  internal: boolean
  /** What the reader sees of it. */
  label: string
}

export interface OwnHosts {
  /** Host names under which this site answers. */
  hosts: readonly string[]
  /** `/s/{key}`, under which it answers too. */
  base: string
}

const most = 500

/** Where a text leads: its links and its pictures, each address once, read from the page's own. Places on the same page lead nowhere else. */
export function linksOf(html: string, address: string, own: OwnHosts): TextLink[] {
  const page = load(html, null, false)
  const links = new Map<string, TextLink>()
  page('a[href], img[src]').each((_, element) => {
    const node = page(element)
    const href = (node.attr('href') ?? node.attr('src') ?? '').trim()
    if (href === '' || href.startsWith('#') || links.has(href) || links.size >= most) return
    const place = placeOf(href, address, own)
    const label = (node.text() || node.attr('alt') || '').replace(/\s+/g, ' ').trim().slice(0, 100)
    if (place) links.set(href, { href, ...place, label })
  })
  return [...links.values()]
}

function placeOf(href: string, address: string, own: OwnHosts): Pick<TextLink, 'target' | 'internal'> | null {
  const here = `http://here.invalid${own.base}${address}`
  if (!URL.canParse(href, here)) return { target: href.slice(0, 2000), internal: true }
  const url = new URL(href, here)
  if (!/^https?:$/.test(url.protocol)) return null
  const internal = url.hostname === 'here.invalid' || own.hosts.includes(url.hostname)
  if (!internal) {
    url.hash = ''
    return { target: url.href.slice(0, 2000), internal }
  }
  const path = url.pathname === own.base ? '/' : url.pathname.replace(new RegExp(`^${own.base}/`), '/')
  return { target: (path + url.search).slice(0, 2000), internal }
}
