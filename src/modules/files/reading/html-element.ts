import type { CheerioAPI } from 'cheerio'

// cheerio does not pass on the node types of the parser it brings; they are taken from what it returns.
type Root = ReturnType<CheerioAPI['root']>[number]

export type HtmlNode = Root['childNodes'][number]
export type HtmlElement = Extract<HtmlNode, { tagName: string }>

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node
}

/** Every element below, in the order of the page. Far quicker than a selector, which is compiled each time. */
export function elementsBelow(
  from: { children: readonly HtmlNode[] },
  found: HtmlElement[] = [],
): HtmlElement[] {
  for (const node of from.children) {
    if (!isElement(node)) continue
    found.push(node)
    elementsBelow(node, found)
  }
  return found
}

/** What a browser would show as text; programs and styles are none. */
export function textOf(node: HtmlNode): string {
  if (node.type === 'text') return node.data
  if (!isElement(node) || node.type === 'script' || node.type === 'style') return ''
  let text = ''
  for (const child of node.children) text += textOf(child)
  return text
}

/** Matches any of `tag`, `.class`, `#id` and `[attribute]`, given as in a list of selectors. */
export function matcherOf(selectors: string): (element: HtmlElement) => boolean {
  const all = selectors.split(',').map(selector => selector.trim())
  const those = (sign: string) =>
    new Set(all.filter(one => one.startsWith(sign)).map(one => one.slice(1).replace(/\]$/, '')))
  const classes = those('.')
  const ids = those('#')
  const attributes = [...those('[')]
  const tags = new Set(all.filter(one => /^[a-z]/i.test(one)))
  return ({ tagName, attribs }) => {
    if (tags.has(tagName)) return true
    const { class: given, id } = attribs
    if (id !== undefined && ids.has(id)) return true
    if (given !== undefined && classes.size > 0) {
      if (classes.has(given)) return true
      if (/\s/.test(given) && given.split(/\s+/).some(one => classes.has(one))) return true
    }
    return attributes.some(attribute => attribute in attribs)
  }
}
