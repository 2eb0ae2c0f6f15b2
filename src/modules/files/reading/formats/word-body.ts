import { type CheerioAPI, load } from 'cheerio'
import { escapeHtml } from '../escape-html.ts'
import { type HtmlElement, isElement } from '../html-element.ts'
import type { Package } from '../zip/open-package.ts'
import { type NumberedParagraph, wordNumbering } from './word-numbering.ts'

/** The main part of a .docx with everything written out that Word only adds when it shows it. */
export type PreparedBody = {
  part: string
  xml: string
  changes: number
  comments: number
  hidden: number
  formulas: number
}

export async function prepareBody(parts: Package): Promise<PreparedBody> {
  const part = await mainPart(parts)
  // Entities stay as they are, in and out: written back, every character would become one.
  const $ = load(await parts.text(part), { xml: { decodeEntities: false } })
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const styles = load(await textOf(parts, `${folder}styles.xml`), { xml: true })
  const numbering = load(await textOf(parts, `${folder}numbering.xml`), { xml: true })
  const counts = {
    changes: $('w\\:ins, w\\:del, w\\:moveTo').length,
    comments: $('w\\:commentReference').length,
    hidden: removeHidden($),
    formulas: $('m\\:oMath').filter((_, element) => $(element).parents('m\\:oMath').length === 0).length,
  }
  const styleOf = stylesOf(styles)
  const lists = ownLists(styles)
  const markOf = wordNumbering(numbering)
  for (const paragraph of $('w\\:p').toArray()) {
    // Mammoth reads the other branch, the one for older programs.
    if (isBelow(paragraph, 'mc:Choice')) continue
    const style = below(paragraph, 'w:pPr', 'w:pStyle')?.attribs['w:val']
    if (style !== undefined && lists.has(style)) continue
    writeOut($, paragraph, styleOf, markOf)
  }
  return { part, xml: $.xml(), ...counts }
}

async function mainPart(parts: Package): Promise<string> {
  const relations = load(await textOf(parts, '_rels/.rels'), { xml: true })
  const target = relations('Relationship[Type$="/officeDocument"]').attr('Target')?.replace(/^\//, '')
  return target !== undefined && parts.has(target) ? target : 'word/document.xml'
}

async function textOf(parts: Package, part: string): Promise<string> {
  return parts.has(part) ? parts.text(part) : '<none/>'
}

function removeHidden($: CheerioAPI): number {
  const hidden = $('w\\:r')
    .toArray()
    .filter(run => {
      const vanish = below(run, 'w:rPr', 'w:vanish')
      return vanish && !/^(?:0|false)$/.test(vanish.attribs['w:val'] ?? '') && $(run).text().trim() !== ''
    })
  $(hidden).remove()
  return hidden.length
}

/** The first child of a child, by their names. A long document has ten thousand runs: a selector is compiled for each. */
function below(element: HtmlElement, ...names: readonly string[]): HtmlElement | undefined {
  let found: HtmlElement | undefined = element
  for (const name of names)
    found = found?.children.find((child): child is HtmlElement => isElement(child) && child.tagName === name)
  return found
}

function isBelow(element: HtmlElement, name: string): boolean {
  for (let above = element.parent; above; above = above.parent)
    if ('tagName' in above && above.tagName === name) return true
  return false
}

/** Lists of the files that we write: they are lists, not numbers that belong to the words. */
const ownLists = ($: CheerioAPI): ReadonlySet<string> =>
  new Set(
    $('w\\:style')
      .filter((_, style) =>
        ['公文列表', '附件清单'].includes($(style).children('w\\:name').attr('w:val') ?? ''),
      )
      .toArray()
      .map(style => $(style).attr('w:styleId') ?? ''),
  )

type ParagraphStyle = { numId?: string; level?: string; alignment?: string }

/** Numbering and alignment of a style, its own or inherited. */
function stylesOf($: CheerioAPI): (id: string) => ParagraphStyle {
  const known = new Map<string, ParagraphStyle>()
  const elements = new Map(
    $('w\\:style')
      .toArray()
      .map(style => [$(style).attr('w:styleId') ?? '', style]),
  )
  return function resolve(id): ParagraphStyle {
    const cached = known.get(id)
    if (cached) return cached
    // Set first: a style may, wrongly, be based on itself.
    known.set(id, {})
    const element = elements.get(id)
    if (!element) return {}
    const style = $(element)
    const basedOn = style.children('w\\:basedOn').attr('w:val')
    const found = { ...(basedOn === undefined ? {} : resolve(basedOn)), ...given(below(element, 'w:pPr')) }
    known.set(id, found)
    return found
  }
}

function given(properties: HtmlElement | undefined): ParagraphStyle {
  if (!properties) return {}
  const of = (...names: string[]) => below(properties, ...names)?.attribs['w:val']
  const all = {
    numId: of('w:numPr', 'w:numId'),
    level: of('w:numPr', 'w:ilvl'),
    alignment: of('w:jc'),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function writeOut(
  $: CheerioAPI,
  paragraph: HtmlElement,
  styleOf: (id: string) => ParagraphStyle,
  markOf: (paragraph: NumberedParagraph) => string | null,
): void {
  const found = below(paragraph, 'w:pPr')
  // Its text goes on in the next paragraph.
  if (!found || below(found, 'w:rPr', 'w:del')) return
  const properties = $(found)
  const styleId = below(found, 'w:pStyle')?.attribs['w:val']
  const own = given(found)
  const { numId, level, alignment } = { ...(styleId === undefined ? {} : styleOf(styleId)), ...own }
  if (alignment !== undefined && own.alignment === undefined) {
    properties.append(`<w:jc w:val="${/^[a-z]+$/i.test(alignment) ? alignment : 'left'}"/>`)
  }
  if (numId === undefined || numId === '0') return
  if ($(paragraph).text().trim() === '' && $(paragraph).find('w\\:drawing, w\\:pict').length === 0) return
  const mark = markOf({ numId, level: level ?? null, styleId: styleId ?? null })
  if (mark === null) return
  properties.children('w\\:numPr').remove()
  // Number 0 says that there is none, whatever the style says.
  properties.append('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
  properties.after(`<w:r><w:t xml:space="preserve">${escapeHtml(mark)}</w:t></w:r>`)
}
