import { type CheerioAPI, load } from 'cheerio'
import { cleanBody } from './clean-body.ts'
import { blocksOfHtml } from './html-blocks.ts'
import type { HtmlElement } from './html-element.ts'
import { structureBlocks } from './structure-blocks.ts'

/**
 * What `readDocument` read out of a .docx → the body of an official document. A file whose headings are headings keeps its
 * structure as it is, down to merged cells, lists and notes; one that only looks as if it had any gets it from its words.
 */
export function bodyOfWord(html: string): string {
  const $ = load(html, null, false)
  $('h1').remove()
  settleNotes($)
  for (const table of $('table').toArray()) settleTable($, table)
  for (const paragraph of $('p').toArray()) settleParagraph($, paragraph)
  unwrapCells($)
  if ($('h2, h3, h4, h5, h6').length > 0) return cleanBody(withoutBlanks($.html()))
  const clean = load(`<body>${cleanBody($.html())}</body>`)
  const body = clean('body').get(0)
  // A line that is a block of its own already (list, table, quotation) is left as it is.
  return body ? cleanBody(structureBlocks(blocksOfHtml(clean, body))) : ''
}

/** Word's notes: a mark in the text, and the notes as closing paragraphs that begin with the same mark. */
function settleNotes($: CheerioAPI): void {
  const notes = $('li[id^="footnote-"], li[id^="endnote-"]').toArray()
  if (notes.length === 0) return
  const numbers = new Map(notes.map((note, at) => [$(note).attr('id') ?? '', at + 1]))
  for (const link of $('a[href^="#footnote-"], a[href^="#endnote-"]').toArray()) {
    const number = numbers.get(($(link).attr('href') ?? '').slice(1))
    if (number !== undefined) $(link).closest('sup').replaceWith(`<sup>[${number}]</sup>`)
  }
  const list = $(notes[0]).parent()
  const written = notes.map((note, at) => {
    $(note).find('a[href^="#footnote-ref"], a[href^="#endnote-ref"]').remove()
    const html = $(note)
      .children('p')
      .toArray()
      .map(paragraph => ($(paragraph).html() ?? '').trim())
      .join('<br>')
    return `<p>[${at + 1}] ${html}</p>`
  })
  list.replaceWith(written.join(''))
}

function settleTable($: CheerioAPI, table: HtmlElement): void {
  const name = $(table).prev('p.word-table-name')
  if (name.length > 0) {
    $(table).prepend(`<caption>${name.html() ?? ''}</caption>`)
    name.remove()
  }
  $(table).children('thead').find('th').attr('scope', 'col')
  for (const cell of $(table).children('tbody, tr').find('td').toArray()) {
    if ($(cell).children('p.word-row-head').length === 0) continue
    $(cell).children('p').removeClass('word-row-head')
    cell.tagName = 'th'
    $(cell).attr('scope', 'row')
  }
}

function settleParagraph($: CheerioAPI, paragraph: HtmlElement): void {
  const one = $(paragraph)
  if (one.hasClass('word-rule')) one.replaceWith('<hr>')
  else if (one.hasClass('word-picture') || isPicture($, paragraph)) settlePicture($, paragraph)
  else if (one.hasClass('word-caption') || one.hasClass('word-table-name')) one.addClass('align-center')
}

const isPicture = ($: CheerioAPI, paragraph: HtmlElement) =>
  $(paragraph).children().length === 1 &&
  $(paragraph).children('img').length === 1 &&
  $(paragraph).text() === ''

/** A picture on its line stands there by itself, with the words below it where there are any. */
function settlePicture($: CheerioAPI, paragraph: HtmlElement): void {
  const pictures = $(paragraph).find('img')
  if (pictures.length === 0) return
  const caption = $(paragraph).next('p.word-caption')
  if (caption.length === 0) {
    $(paragraph).replaceWith($.html(pictures))
    return
  }
  $(paragraph).replaceWith(
    `<figure>${$.html(pictures)}<figcaption>${caption.html() ?? ''}</figcaption></figure>`,
  )
  caption.remove()
}

/** A cell with one paragraph is that paragraph, with its place in the cell. */
function unwrapCells($: CheerioAPI): void {
  for (const cell of $('td, th').toArray()) {
    const inner = $(cell).children()
    const paragraph = inner.first()
    if (inner.length !== 1 || !paragraph.is('p')) continue
    const layout = /\balign-(?:left|center|right)\b/.exec(paragraph.attr('class') ?? '')?.[0]
    if (layout) $(cell).attr('class', layout)
    paragraph.replaceWith(paragraph.contents())
  }
}

const withoutBlanks = (html: string) => html.replace(/<p(?: class="[^"]*")?>[\s\u3000]*<\/p>/g, '')
