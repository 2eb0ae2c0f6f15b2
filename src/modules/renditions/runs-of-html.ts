import { type HtmlElement, type HtmlNode, isElement } from './html-nodes.ts'
import { type Run, textOf } from './official-document.ts'

type Style = Omit<Run, 'text'>

/** What stands on one line of a paragraph, or a picture between two. */
export type Piece = { runs: Run[] } | { file: string; alt: string }

/** The inside of a paragraph: its lines, as `br` divides them, and its pictures. */
export function piecesOf(element: HtmlElement): Piece[] {
  const pieces: Piece[] = []
  let runs: Run[] = []
  const flush = () => {
    const line = tidy(runs)
    if (line.length > 0) pieces.push({ runs: line })
    runs = []
  }
  const walk = (nodes: readonly HtmlNode[], style: Style) => {
    for (const node of nodes) {
      if (node.type === 'text') runs.push({ ...style, text: printable(node.data) })
      else if (!isElement(node)) continue
      else if (node.tagName === 'br') flush()
      else if (node.tagName === 'img') {
        flush()
        pieces.push({ file: node.attribs.src ?? '', alt: node.attribs.alt ?? '' })
      } else if (/^(?:p|div|li|h[2-6]|tr|dt|dd)$/.test(node.tagName)) {
        flush()
        walk(node.children, style)
        flush()
      } else walk(node.children, { ...style, ...styleOf(node.tagName) })
    }
  }
  walk(element.children, {})
  flush()
  return pieces
}

/** The lines alone: in a cell of a table there is no room for pictures. */
export const linesOf = (element: HtmlElement): Run[][] =>
  piecesOf(element).map(piece =>
    'runs' in piece ? piece.runs : [{ text: piece.alt ? `〔图片：${piece.alt}〕` : '〔图片〕' }],
  )

function styleOf(tag: string): Style {
  switch (tag) {
    case 'strong':
    case 'em':
      return { bold: true }
    case 'u':
      return { underline: true }
    case 's':
      return { strike: true }
    case 'sup':
    case 'sub':
      return { raised: tag }
    default:
      return {}
  }
}

/** Signs that no font can show and no reader sees, out. */
export const printable = (text: string): string =>
  text.replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|[\p{Cc}&&[^\t\n\r]]|\p{Cs}/gv, '')

/** One blank for many, none at the ends, neighbours of one look in one run. */
function tidy(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    const text = run.text.replace(/[ \t\r\n\u00a0\u2000-\u200a\u3000]+/g, blanks =>
      blanks.includes('\u3000') && !/[\r\n]/.test(blanks) ? '\u3000' : ' ',
    )
    if (text === '') continue
    if (last && looksAlike(last, run)) last.text += text
    else joined.push({ ...run, text })
  }
  const [first] = joined
  const last = joined.at(-1)
  if (first) first.text = first.text.replace(/^[ \u3000]+/, '')
  if (last) last.text = last.text.replace(/[ \u3000]+$/, '')
  for (const run of joined) run.text = withoutIdleBlanks(run.text)
  return textOf(joined).trim() === '' ? [] : joined.filter(run => run.text !== '')
}

/** A blank between two Chinese signs is left over from a line end in the source. */
const withoutIdleBlanks = (text: string) =>
  text.replace(/(?<=[\p{Script=Han}，。；：、！？）》”]) (?=[\p{Script=Han}（《“])/gu, '')

const looksAlike = (a: Run, b: Run) =>
  a.bold === b.bold && a.underline === b.underline && a.strike === b.strike && a.raised === b.raised
