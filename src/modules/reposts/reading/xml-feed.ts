import { type CheerioAPI, load } from 'cheerio'
import { refuseDeepXml } from './nesting.ts'
import { NotAFeed, type RawEntry } from './raw-entry.ts'

type Element = ReturnType<CheerioAPI>

/** RSS 0.9–2.0, Atom and RDF. @throws NotAFeed */
export function readXmlFeed(text: string, address: string): { title: string; entries: RawEntry[] } {
  // Entities of its own are how such a document attacks; no feed needs them
  if (/<!ENTITY/i.test(text.slice(0, 100_000)))
    throw new NotAFeed('内容里带有实体定义（ENTITY），可能有害，没有读取。请向对方核实这个网址。')
  refuseDeepXml(text)
  const $ = load(text, { xml: true })
  const root = $.root().children().first()
  const name = localName(root)
  if (!['rss', 'feed', 'rdf'].includes(name))
    throw new NotAFeed('这不是订阅源：里面没有 rss、feed 或者 RDF。请核对网址。')
  const channel = name === 'rss' ? childOf(root, 'channel') : root
  if (!channel) throw new NotAFeed('订阅源不完整：里面没有 channel。请向对方核实。')
  const base = [channel.attr('xml:base'), root.attr('xml:base')].find(
    one => one && URL.canParse(one, address),
  )
  const within = base ? new URL(base, address).href : address
  const items = childrenOf($, channel, name === 'feed' ? 'entry' : 'item')
  const head = name === 'rdf' ? childOf(root, 'channel') : channel
  return {
    title: head ? textOf(head, 'title') : '',
    entries: items.map(item => ({
      id: textOf(item, 'guid') || textOf(item, 'id') || item.attr('rdf:about') || '',
      link: linkOf($, item),
      base: within,
      title: textOf(item, 'title'),
      summary:
        textOf(item, 'description') ||
        textOf(item, 'summary') ||
        textOf(item, 'encoded') ||
        textOf(item, 'content'),
      published:
        textOf(item, 'pubDate') ||
        textOf(item, 'published') ||
        textOf(item, 'date') ||
        textOf(item, 'updated'),
    })),
  }
}

const nameOf = (element: Element) => element.prop('tagName')?.toLowerCase() ?? ''
const localName = (element: Element) => nameOf(element).replace(/^.*:/, '')

function childrenOf($: CheerioAPI, parent: Element, name: string): Element[] {
  return parent
    .children()
    .toArray()
    .map(child => $(child))
    .filter(child => localName(child) === name.toLowerCase())
}

/** Its own child before one of another vocabulary: `title` before `media:title`. */
function childOf(parent: Element, name: string): Element | null {
  const all = parent
    .children()
    .filter((_, child) => 'tagName' in child && local(child.tagName) === name.toLowerCase())
  if (all.length === 0) return null
  const own = all.filter((_, child) => 'tagName' in child && !child.tagName.includes(':')).first()
  return own.length > 0 ? own : all.first()
}
const local = (tag: string) => tag.toLowerCase().replace(/^.*:/, '')

const textOf = (parent: Element, name: string): string => childOf(parent, name)?.text().trim() ?? ''

/** The text of `link`, or of Atom's links the one to the page; else an identifier that is an address. */
function linkOf($: CheerioAPI, item: Element): string {
  const links = childrenOf($, item, 'link')
  const written = links.map(link => link.text().trim()).find(text => text !== '')
  if (written) return written
  const page = links.find(link => (link.attr('rel') ?? 'alternate') === 'alternate' && link.attr('href'))
  const href = page?.attr('href')
  if (href) return href
  const guid = childOf(item, 'guid')
  if (guid && guid.attr('isPermaLink') !== 'false' && /^https?:/i.test(guid.text().trim())) return guid.text()
  return item.attr('rdf:about') ?? ''
}
