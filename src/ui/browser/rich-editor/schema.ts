import { Extension, type Extensions, Mark, mergeAttributes } from '@tiptap/core'
import { Image } from '@tiptap/extension-image'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { StarterKit } from '@tiptap/starter-kit'
import { officialClasses } from '#lib/official-layout'

const officialClass = (element: Element): string | null =>
  [...element.classList].find(name => officialClasses.includes(name)) ?? null

/** The class of a paragraph, or of the block around it, which the editor does not keep as an element of its own. */
function classOfParagraph(element: HTMLElement): string | null {
  const around = element.parentElement?.tagName === 'DIV' ? element.parentElement : null
  return officialClass(element) ?? (around ? officialClass(around) : null)
}

/** Layout classes, and the ids by which an article is cited: both pass through the editor unharmed. */
const OfficialAttributes = Extension.create({
  name: 'officialAttributes',
  addGlobalAttributes() {
    return [
      {
        types: ['paragraph', 'heading'],
        attributes: {
          id: { default: null, keepOnSplit: false, parseHTML: element => element.getAttribute('id') },
        },
      },
      {
        types: ['paragraph', 'heading', 'orderedList', 'table', 'tableCell', 'tableHeader'],
        attributes: { class: { default: null, parseHTML: classOfParagraph } },
      },
      {
        types: ['listItem'],
        attributes: {
          value: { default: null, keepOnSplit: false, parseHTML: element => element.getAttribute('value') },
        },
      },
    ]
  },
})

const Subscript = Mark.create({
  name: 'subscript',
  excludes: 'superscript',
  parseHTML: () => [{ tag: 'sub' }],
  renderHTML: () => ['sub', 0],
})

const Superscript = Mark.create({
  name: 'superscript',
  excludes: 'subscript',
  parseHTML: () => [{ tag: 'sup' }],
  renderHTML: () => ['sup', 0],
})

const spans = {
  colspan: { default: 1, parseHTML: (element: HTMLElement) => Number(element.getAttribute('colspan') ?? 1) },
  rowspan: { default: 1, parseHTML: (element: HTMLElement) => Number(element.getAttribute('rowspan') ?? 1) },
  // the table commands expect it; widths are the page's business, never an inline style
  colwidth: { default: null, rendered: false },
}

const OfficialCell = TableCell.extend({ addAttributes: () => spans })
const OfficialHeader = TableHeader.extend({ addAttributes: () => spans })

/** A table with a name and without widths. Tab walks over its cells and, after the last one, leaves it. */
const OfficialTable = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: '',
        rendered: false,
        parseHTML: element => element.querySelector(':scope > caption')?.textContent?.trim() ?? '',
      },
    }
  },
  parseHTML: () => [{ tag: 'table' }, { tag: 'caption', ignore: true }],
  renderHTML({ node, HTMLAttributes }) {
    const caption = String(node.attrs.caption ?? '')
    const body = ['tbody', 0] as const
    return caption
      ? ['table', HTMLAttributes, ['caption', { contenteditable: 'false' }, caption], body]
      : ['table', HTMLAttributes, body]
  },
  addNodeView: () => null,
  addKeyboardShortcuts() {
    return { ...this.parent?.(), Tab: () => this.editor.commands.goToNextCell() }
  },
})

const pictureAttributes = (picture: Element | null) =>
  picture?.getAttribute('src')
    ? Object.fromEntries(
        ['src', 'alt', 'width', 'height'].map(name => [name, picture.getAttribute(name)] as const),
      )
    : false

/** A picture of its own line, with a caption under it where there is one. */
const OfficialPicture = Image.extend({
  addAttributes() {
    return {
      src: { default: null },
      alt: { default: '' },
      width: { default: null },
      height: { default: null },
      caption: { default: '', rendered: false },
    }
  },
  parseHTML: () => [
    {
      tag: 'figure',
      getAttrs: figure => {
        const attributes = pictureAttributes(figure.querySelector('img'))
        const caption = figure.querySelector('figcaption')?.textContent?.trim() ?? ''
        return attributes && { ...attributes, caption }
      },
    },
    { tag: 'img[src]', getAttrs: picture => pictureAttributes(picture) },
  ],
  renderHTML({ node, HTMLAttributes }) {
    const picture = ['img', mergeAttributes(HTMLAttributes)] as const
    return node.attrs.caption
      ? ['figure', {}, picture, ['figcaption', {}, String(node.attrs.caption)]]
      : picture
  },
})

/** Heading levels of an official document: 一、 （一） 1. （1）; the page itself has the first. */
export const headingLevels = [2, 3, 4, 5] as const

export const extensions: Extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3, 4, 5, 6] },
    code: false,
    codeBlock: false,
    link: {
      openOnClick: false,
      autolink: false,
      linkOnPaste: false,
      protocols: ['http', 'https'],
      HTMLAttributes: { target: null, rel: null, class: null },
    },
    // its place is drawn by class, not by an inline style
    dropcursor: false,
  }),
  OfficialAttributes,
  Subscript,
  Superscript,
  OfficialTable,
  TableRow,
  OfficialCell,
  OfficialHeader,
  OfficialPicture.configure({ inline: false, allowBase64: false }),
]
