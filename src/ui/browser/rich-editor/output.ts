import type { Editor } from '@tiptap/core'

/** The body as the server keeps it: plain semantic HTML, the same as what imports make. Empty text when nothing is there. */
export function bodyOf(editor: Editor): string {
  if (editor.isEmpty) return ''
  const page = new DOMParser().parseFromString(editor.getHTML(), 'text/html')
  for (const cell of page.querySelectorAll('td, th, li')) unwrapOnlyParagraph(cell)
  for (const table of page.querySelectorAll('table')) setHead(page, table)
  for (const block of page.body.querySelectorAll('p, h2, h3, h4, h5, h6')) {
    dropTypedIndent(block)
    if (block.parentElement === page.body && isEmpty(block)) block.remove()
  }
  for (const marked of page.querySelectorAll('[contenteditable]')) marked.removeAttribute('contenteditable')
  return page.body.innerHTML
}

function unwrapOnlyParagraph(cell: Element): void {
  const paragraph = cell.firstElementChild
  if (
    cell.tagName === 'LI' &&
    paragraph?.tagName === 'P' &&
    paragraph.nextElementSibling?.matches('ul, ol')
  ) {
    paragraph.replaceWith(...paragraph.childNodes)
    return
  }
  if (paragraph?.tagName !== 'P' || cell.childElementCount !== 1) return
  const layout = paragraph.getAttribute('class')
  if (layout) cell.setAttribute('class', layout)
  paragraph.replaceWith(...paragraph.childNodes)
}

/** Rows of heads on top become the table's head; every head says what it heads. */
function setHead(page: Document, table: HTMLTableElement): void {
  const body = table.tBodies[0]
  if (!body) return
  const head = page.createElement('thead')
  while (body.rows[0] && body.rows.length > 1 && [...body.rows[0].cells].every(cell => cell.tagName === 'TH'))
    head.append(body.rows[0])
  if (head.rows.length > 0) body.before(head)
  for (const cell of table.querySelectorAll('th')) {
    const spans = ['colspan', 'rowspan'].map(name => [name, cell.getAttribute(name)] as const)
    cell.setAttribute('scope', cell.closest('thead') ? 'col' : 'row')
    // in the order of imports, so that saving unchanged text changes nothing
    for (const [name, value] of spans) {
      if (value === null) continue
      cell.removeAttribute(name)
      cell.setAttribute(name, value)
    }
  }
}

/** The style sheet indents paragraphs; two full-width spaces typed in front would indent twice. */
function dropTypedIndent(block: Element): void {
  const first = block.firstChild
  if (first?.nodeType === Node.TEXT_NODE)
    first.textContent = (first.textContent ?? '').replace(/^[\s\u3000\u00a0]+/, '')
}

const isEmpty = (block: Element) =>
  (block.textContent ?? '').replace(/[\s\u00a0]/g, '') === '' && !block.querySelector('img')

/** Characters as an office counts them: spaces and line ends do not count, a rare sign of two units counts once. */
export function characterCount(editor: Editor): number {
  return [...editor.getText().replace(/\s/gu, '')].length
}
