/** What comes along in an XML part, in its order. */
export type XmlStep =
  | { is: 'open'; name: string; attributes: string; empty: boolean }
  | { is: 'close'; name: string }
  | { is: 'text'; text: string }

/** Walks over XML without building a tree: parts of spreadsheets unfold to many times their size. Names without prefix. */
export function* walkXml(xml: string): Generator<XmlStep> {
  const form =
    /<!--([\s\S]*?)-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<[?!][^>]*>|<([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g
  for (const [, comment, cdata, closed, opened, attributes = '', slash, text] of xml.matchAll(form)) {
    if (closed !== undefined) yield { is: 'close', name: bare(closed) }
    else if (opened !== undefined) yield { is: 'open', name: bare(opened), attributes, empty: slash === '/' }
    else if (comment !== undefined) yield { is: 'text', text: comment }
    else if (cdata !== undefined) yield { is: 'text', text: cdata }
    else if (text !== undefined) yield { is: 'text', text: unescapeXml(text) }
  }
}

const bare = (name: string) => name.slice(name.indexOf(':') + 1)

/** Value of an attribute, whatever its prefix; null when it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found ? unescapeXml(found[1] ?? found[2] ?? '') : null
}

/** Values that may say something: words, an address, a long number. */
export function* tellingValues(attributes: string): Generator<{ name: string; value: string }> {
  for (const [, name = '', double, single] of attributes.matchAll(
    /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    const value = unescapeXml(double ?? single ?? '')
    if (/^xmlns/.test(name) || !/[\u4e00-\u9fff]|\S@\S|\d{7}/.test(value)) continue
    yield { name: bare(name), value }
  }
}

export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|nbsp|amp));/gi,
    (_, hex, decimal, name) => {
      if (name)
        return (
          { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' }[String(name).toLowerCase()] ?? ''
        )
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}
