import { load } from 'cheerio'
import { replaceAcross } from './replace-across.ts'

const blocks = new Set(
  'p li td th h1 h2 h3 h4 h5 h6 caption figcaption pre blockquote dt dd div tr table ul ol section article body'.split(
    ' ',
  ),
)

/** A body with other words in place of these, also where marks for bold and links tear them apart, and in attributes. */
export function replaceInHtml(html: string, instead: ReadonlyMap<string, string>): string {
  const $ = load(html, null, false)
  const groups = new Map<unknown, TextNode[]>()
  const walk = (node: Node, block: unknown) => {
    if (node.type === 'text') groups.set(block, [...(groups.get(block) ?? []), node as TextNode])
    if (node.type === 'comment') node.data = replaceAcross([node.data ?? ''], instead)[0] ?? ''
    for (const [name, value] of Object.entries(node.attribs ?? {}))
      if (node.attribs) node.attribs[name] = replaceAcross([value], instead)[0] ?? ''
    const within = blocks.has(node.name ?? '') ? node : block
    for (const child of node.children ?? []) walk(child, within)
  }
  for (const node of $.root().contents().toArray() as unknown as Node[]) walk(node, $.root())
  for (const nodes of groups.values()) {
    const replaced = replaceAcross(
      nodes.map(node => node.data),
      instead,
    )
    for (const [at, node] of nodes.entries()) node.data = replaced[at] ?? ''
  }
  return $.html()
}

interface Node {
  type: string
  name?: string
  data?: string
  attribs?: Record<string, string>
  children?: Node[]
}
type TextNode = Node & { data: string }
