import { type CheerioAPI, load } from 'cheerio'
import {
  AlignmentType,
  ExternalHyperlink,
  FootnoteReferenceRun,
  ImageRun,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  type ParagraphChild,
  type Table,
  TextRun,
} from 'docx'
import { elementsIn, type HtmlElement, type HtmlNode, hasClass, isElement } from './docx-element.ts'
import { docxNumbering, type StyleKey, styleIds } from './docx-styles.ts'
import { tableOf } from './docx-table.ts'

/*
 * HTML body of an official document (as the cleaning of bodies leaves it) → blocks for a Word document of the library `docx`.
 * Pure: no files, no clock, no database.
 *
 *   const made = docxBlocks(html, { width, pictures, origin })
 *   new Document({
 *     styles: docxStyles(looks),                        // './docx-styles': ids and names; the looks are yours
 *     numbering: made.numbering,
 *     footnotes: made.footnotes,
 *     sections: [{ properties, children: [...yourHead, ...made.children] }],
 *   })
 *
 * A block names a style and says nothing of its look: h2…h6 are Heading1…Heading5, p is `body`, and 主送机关, 落款, 附件说明,
 * 附件标题, 表名, 图注 and so on have styles of their own (`StyleKey`). The names of the styles are what `readDocument` and
 * `bodyOfWord` of the files know them by again, so what goes out comes in with the same structure. Written as they stand:
 * levels, bold, italic, underline, strike, sub, sup, links, line breaks, lists within lists, tables with head rows, head cells,
 * merged cells and a name, pictures with their description and caption, quotations, rules. `<sup>[1]</sup>` with a closing
 * paragraph `[1] …` becomes a footnote of Word. Not carried: ids, the start of a list, paragraphs within one list item (line
 * breaks instead).
 */

/** A picture of the body; `src` of the `<img>` is its key. Word draws no WebP. */
export interface DocxPicture {
  bytes: Uint8Array
  type: 'png' | 'jpg' | 'gif' | 'bmp'
  width: number
  height: number
}

interface DocxAbout {
  /** Width of the text block in twentieths of a point. */
  width: number
  pictures?: ReadonlyMap<string, DocxPicture>
  /** Where addresses that begin with `/` lead, e.g. `https://www.yunxi.example`. */
  origin?: string
}

interface DocxBlocks {
  children: (Paragraph | Table)[]
  footnotes: Record<string, { children: Paragraph[] }>
  numbering: typeof docxNumbering
  /** What could not be written, in words for people. */
  lost: string[]
}

export function docxBlocks(html: string, about: DocxAbout): DocxBlocks {
  const $ = load(html, null, false)
  const writer = new Writer($, about)
  const root = $.root().get(0)
  const notes = takeNotes($)
  writer.noteNumbers = new Set(notes.keys())
  const children = root ? writer.blocks(root.children as HtmlNode[], about.width) : []
  const footnotes = Object.fromEntries(
    [...notes].map(([number, nodes]) => [
      number,
      { children: [new Paragraph({ children: writer.inline(nodes) })] },
    ]),
  )
  return { children, footnotes, numbering: docxNumbering, lost: writer.lost }
}

const blockTags = new Set(
  'p h2 h3 h4 h5 h6 ul ol dl table blockquote div figure hr img thead tbody tfoot tr caption figcaption'.split(
    ' ',
  ),
)

/** Closing paragraphs `[1] …` to which a `<sup>[1]</sup>` of the text leads; they leave the body. */
function takeNotes($: CheerioAPI): Map<string, HtmlNode[]> {
  const referred = new Set(
    $('sup')
      .toArray()
      .map(sup => /^\[(\d+)\]$/.exec($(sup).text().trim())?.[1] ?? ''),
  )
  const notes = new Map<string, HtmlNode[]>()
  for (const paragraph of $.root().children().toArray().reverse()) {
    const [mark, number = ''] = /^\[(\d+)\]\s*/.exec($(paragraph).text()) ?? []
    if (paragraph.tagName !== 'p' || !mark || !referred.has(number)) break
    const [first] = $(paragraph).contents().toArray()
    if (first?.type !== 'text' || !first.data.startsWith(mark)) break
    first.data = first.data.slice(mark.length)
    notes.set(number, $(paragraph).contents().toArray() as HtmlNode[])
    $(paragraph).remove()
  }
  return notes
}

const layouts: [className: string, style: StyleKey][] = [
  ['signature', 'signature'],
  ['addressee', 'addressee'],
  ['attachments', 'attachments'],
  ['align-center', 'center'],
  ['align-right', 'right'],
  ['align-left', 'left'],
]

class Writer {
  readonly lost: string[] = []
  noteNumbers: ReadonlySet<string> = new Set()
  private lists = 0
  private readonly $: CheerioAPI
  private readonly about: DocxAbout

  constructor($: CheerioAPI, about: DocxAbout) {
    this.$ = $
    this.about = about
  }

  /** Blocks in their order; text that stands in no block of its own is a paragraph. */
  blocks(nodes: readonly HtmlNode[], width: number, style?: StyleKey): (Paragraph | Table)[] {
    const made: (Paragraph | Table)[] = []
    let loose: HtmlNode[] = []
    const flush = () => {
      if (
        loose.some(node => this.$(node).text().trim() !== '' || (isElement(node) && node.tagName === 'img'))
      )
        made.push(this.paragraph(style ?? 'body', loose))
      loose = []
    }
    for (const node of nodes) {
      if (isElement(node) && blockTags.has(node.tagName)) {
        flush()
        made.push(...this.block(node, width, style))
      } else loose.push(node)
    }
    flush()
    return made
  }

  private block(element: HtmlElement, width: number, around?: StyleKey): (Paragraph | Table)[] {
    const nodes = element.children as HtmlNode[]
    const style = layouts.find(([name]) => hasClass(element, name))?.[1] ?? around
    switch (element.tagName) {
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        return [this.paragraph(headingStyle(element), nodes)]
      case 'p':
        return [this.paragraph(style ?? 'body', nodes)]
      case 'ul':
      case 'ol':
        return this.list(element, 0, hasClass(element, 'attachments') ? 'attachmentList' : 'list')
      case 'dl':
        return elementsIn(element).map(one =>
          this.paragraph('body', one.children as HtmlNode[], one.tagName === 'dt' ? { bold: true } : {}),
        )
      case 'table':
        return this.table(element, width)
      case 'blockquote':
        return this.blocks(nodes, width, 'quote')
      case 'figure':
        return this.figure(element)
      case 'img':
        return [this.paragraph('picture', [element])]
      case 'hr':
        return [new Paragraph({ style: styleIds.rule, children: [new TextRun('———')] })]
      default:
        return this.blocks(nodes, width, style)
    }
  }

  private paragraph(
    style: StyleKey | `heading${1 | 2 | 3 | 4 | 5}`,
    nodes: readonly HtmlNode[],
    marks: Marks = {},
    more: Partial<IParagraphOptions> = {},
  ): Paragraph {
    return new Paragraph({ style: styleIds[style], ...more, children: this.inline(nodes, marks) })
  }

  private list(list: HtmlElement, level: number, style: 'list' | 'attachmentList'): Paragraph[] {
    const reference = list.tagName === 'ol' ? 'mingtang-numbers' : 'mingtang-bullets'
    const instance = ++this.lists
    return elementsIn(list).flatMap(item => {
      const inner = elementsIn(item).filter(one => one.tagName === 'ul' || one.tagName === 'ol')
      const own = (item.children as HtmlNode[]).filter(node => !inner.includes(node as HtmlElement))
      return [
        new Paragraph({
          style: styleIds[style],
          numbering: { reference, level: Math.min(level, 4), instance },
          children: this.inline(own),
        }),
        ...inner.flatMap(one => this.list(one, level + 1, style)),
      ]
    })
  }

  private table(table: HtmlElement, width: number): (Paragraph | Table)[] {
    const caption = elementsIn(table).find(one => one.tagName === 'caption')
    const made = tableOf(table, width, (cell, cellWidth) => {
      const align = layouts.find(([name]) => hasClass(cell, name))?.[1]
      const isHead = cell.tagName === 'th'
      const inBody = (cell.parent as HtmlElement | null)?.parent as HtmlElement | null
      const style = isHead ? (inBody?.tagName === 'thead' ? 'headCell' : 'rowHead') : (align ?? 'cell')
      // A head of a row that is aligned as well says so itself; Word's style can say only one of the two.
      const own = isHead && align ? alignments[align] : undefined
      const blocks = this.blocks(cell.children as HtmlNode[], cellWidth, style)
      if (blocks.length > 0 && !own) return blocks
      return [this.paragraph(style, cell.children as HtmlNode[], {}, own ? { alignment: own } : {})]
    })
    if (!made) return []
    return caption ? [this.paragraph('tableName', caption.children as HtmlNode[]), made] : [made]
  }

  private figure(figure: HtmlElement): (Paragraph | Table)[] {
    const caption = elementsIn(figure).find(one => one.tagName === 'figcaption')
    const rest = (figure.children as HtmlNode[]).filter(node => node !== caption)
    const pictures = rest.filter(node => this.$(node).is('img') || this.$(node).find('img').length > 0)
    return [
      ...pictures.map(node => this.paragraph('picture', [node])),
      ...(caption ? [this.paragraph('caption', caption.children as HtmlNode[])] : []),
    ]
  }

  inline(nodes: readonly HtmlNode[], marks: Marks = {}): ParagraphChild[] {
    const runs: ParagraphChild[] = []
    for (const [at, node] of nodes.entries()) {
      if (node.type === 'text') {
        const text = node.data.replace(/[ \t\r\n]+/g, ' ')
        if (text !== '') runs.push(new TextRun({ ...marks, text }))
      } else if (isElement(node)) {
        runs.push(...this.inlineElement(node, marks))
        // Paragraphs within a cell head, a list item or a note follow one another on lines of their own.
        if (node.tagName === 'p' && at < nodes.length - 1) runs.push(new TextRun({ break: 1 }))
      }
    }
    return runs
  }

  private inlineElement(element: HtmlElement, marks: Marks): ParagraphChild[] {
    const nodes = element.children as HtmlNode[]
    switch (element.tagName) {
      case 'br':
        return [new TextRun({ break: 1 })]
      case 'strong':
        return this.inline(nodes, { ...marks, bold: true })
      case 'em':
        return this.inline(nodes, { ...marks, italics: true })
      case 'u':
        return this.inline(nodes, { ...marks, style: styleIds.underline })
      case 's':
        return this.inline(nodes, { ...marks, strike: true })
      case 'sub':
        return this.inline(nodes, { ...marks, subScript: true })
      case 'sup': {
        const number = /^\[(\d+)\]$/.exec(this.$(element).text().trim())?.[1]
        if (number && this.noteNumbers.has(number)) return [new FootnoteReferenceRun(Number(number))]
        return this.inline(nodes, { ...marks, superScript: true })
      }
      case 'a':
        return this.link(element, marks)
      case 'img':
        return this.picture(element)
      default:
        return this.inline(nodes, marks)
    }
  }

  private link(element: HtmlElement, marks: Marks): ParagraphChild[] {
    const href = element.attribs.href ?? ''
    const address = href.startsWith('/') ? (this.about.origin ?? '') + href : href
    const nodes = element.children as HtmlNode[]
    if (!/^https?:\/\//i.test(address)) return this.inline(nodes, marks)
    return [new ExternalHyperlink({ link: address, children: this.inline(nodes, marks) })]
  }

  private picture(element: HtmlElement): ParagraphChild[] {
    const { src = '', alt = '' } = element.attribs
    const picture = this.about.pictures?.get(src)
    if (!picture) {
      this.lost.push(`图片“${alt || src.split('/').at(-1)}”没有写进 Word。`)
      return alt === '' ? [] : [new TextRun(`（图片：${alt}）`)]
    }
    // Twentieths of a point → pixels of 96 to the inch
    const most = this.about.width / 15
    const shrink = Math.min(1, most / Math.max(1, picture.width))
    return [
      new ImageRun({
        type: picture.type,
        data: Buffer.from(picture.bytes),
        transformation: {
          width: Math.max(1, Math.round(picture.width * shrink)),
          height: Math.max(1, Math.round(picture.height * shrink)),
        },
        altText: { name: src.split('/').at(-1) ?? 'picture', description: alt, title: alt },
      }),
    ]
  }
}

type Marks = Pick<IRunOptions, 'bold' | 'italics' | 'strike' | 'subScript' | 'superScript' | 'style'>

const alignments: Partial<Record<StyleKey, (typeof AlignmentType)[keyof typeof AlignmentType]>> = {
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  left: AlignmentType.LEFT,
}

function headingStyle(element: HtmlElement): StyleKey | `heading${1 | 2 | 3 | 4 | 5}` {
  if (element.tagName === 'h2' && hasClass(element, 'attachment')) return 'attachmentTitle'
  if (element.tagName === 'h2' && hasClass(element, 'document-title')) return 'attachedTitle'
  return `heading${(Number(element.tagName.slice(1)) - 1) as 1 | 2 | 3 | 4 | 5}`
}
