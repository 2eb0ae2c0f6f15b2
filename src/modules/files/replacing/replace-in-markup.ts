import { unescapeXml } from '../reading/everything/xml-walk.ts'
import { replaceAcross } from './replace-across.ts'

/** Within one of these a text is one, however many runs it is cut into. */
const wholes = /^(?:p|si|is|c|comment|threadedComment|TextObject)$/

/**
 * An XML part of a document with other words in place of these: in its texts, also where runs and tracked changes tear them
 * apart, and in its attributes. A cell that held a number becomes a cell of text.
 */
export function replaceInMarkup(xml: string, instead: ReadonlyMap<string, string>): string {
  const tokens =
    xml.match(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/g) ?? []
  const open: number[][] = [[]]
  const groups: number[][] = []
  const cells: { start: number; texts: number[] }[] = []
  for (const [at, token] of tokens.entries()) {
    if (!token.startsWith('<')) {
      open.at(-1)?.push(at)
      cells.at(-1)?.texts.push(at)
      continue
    }
    const tag = /^<(\/?)(?:[\w.-]+:)?([\w.-]+)/.exec(token)
    if (!tag) continue
    if (token.includes('=')) tokens[at] = inAttributes(token, instead)
    const [, closes, name = ''] = tag
    if (!wholes.test(name) || token.endsWith('/>')) continue
    if (closes) {
      const texts = open.length > 1 ? open.pop() : undefined
      if (texts) groups.push(texts)
    } else {
      open.push([])
      if (name === 'c') cells.push({ start: at, texts: [] })
    }
  }
  // Runs that belong to nothing stand for themselves
  for (const at of open.flat()) groups.push([at])
  const changed = new Set<number>()
  for (const group of groups) {
    const texts = group.map(at => unescapeXml(tokens[at] ?? ''))
    // Blanks of the layout between the tags are no part of the text
    const filled = group.filter((_, n) => (texts[n] ?? '').trim() !== '')
    const replaced = replaceAcross(
      filled.map(at => unescapeXml(tokens[at] ?? '')),
      instead,
    )
    for (const [n, at] of filled.entries()) {
      if (replaced[n] === unescapeXml(tokens[at] ?? '')) continue
      tokens[at] = escapeXml(replaced[n] ?? '')
      changed.add(at)
    }
  }
  for (const { start, texts } of cells)
    if (texts.some(at => changed.has(at))) tokens[start] = asTextCell(tokens[start] ?? '')
  return tokens.join('')
}

function asTextCell(tag: string): string {
  if (/\st="(?:inlineStr|str|s)"/.test(tag)) return tag
  return tag.replace(/\st="[^"]*"/, '').replace(/^<((?:\w+:)?c)\b/, '<$1 t="str"')
}

const inAttributes = (tag: string, instead: ReadonlyMap<string, string>) =>
  tag.replace(/="([^"]*)"/g, (all, value: string) => {
    const before = unescapeXml(value)
    const after = replaceAcross([before], instead)[0] ?? ''
    return after === before ? all : `="${escapeXml(after)}"`
  })

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
