/** Pictures of ours: uploaded, with alternative text. Others would break, leak or be blocked. */
const ownPicture = /^\/(s\/[a-z0-9-]+\/)?files\//

export interface CleanPaste {
  html: string
  /** Pictures that could not come along. */
  lostPictures: number
}

/**
 * Cleans what comes from Word, WPS and web pages. The editor's schema drops unknown tags and attributes by itself; here
 * goes what it would take for text or structure, and what says by a style what it should say by a tag.
 */
export function cleanPaste(html: string): CleanPaste {
  const page = new DOMParser().parseFromString(withoutInlineStyles(html), 'text/html')
  const fromOffice = /class="?Mso|urn:schemas-microsoft-com|mso-|Kingsoft|WPS/i.test(html)
  for (const noise of page.querySelectorAll('script, meta, link, title, xml, template')) noise.remove()
  dropComments(page)
  for (const pasted of page.querySelectorAll(`[${styleKept}]`)) applyStyle(page, pasted)
  for (const pasted of page.body.querySelectorAll('*')) {
    if (pasted.localName.includes(':')) pasted.replaceWith(...pasted.childNodes)
    else tidy(page, pasted, fromOffice)
  }
  const pictures = [...page.querySelectorAll('img')].filter(
    img => !ownPicture.test(img.getAttribute('src') ?? ''),
  )
  for (const picture of pictures) picture.remove()
  for (const paragraph of page.querySelectorAll('p'))
    if (isBlank(paragraph) && !paragraph.closest('td, th')) paragraph.remove()
  return { html: page.body.innerHTML, lostPictures: pictures.length }
}

const styleKept = 'data-pasted-style'

/** The page's policy refuses styles even in a document that is never shown; what attributes say is kept for reading. */
const withoutInlineStyles = (html: string) =>
  html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, '').replace(/\sstyle=/gi, ` ${styleKept}=`)

function dropComments(page: Document): void {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

function applyStyle(page: Document, pasted: Element): void {
  const style = pasted.getAttribute(styleKept) ?? ''
  pasted.removeAttribute(styleKept)
  if (/display\s*:\s*none|mso-hide\s*:\s*all/i.test(style)) {
    pasted.remove()
    return
  }
  // The number Word made for a list item stays as text, as official documents number; not the gap behind it.
  if (/mso-list\s*:\s*ignore/i.test(style))
    pasted.textContent = (pasted.textContent ?? '').replace(/[\s\u00a0]+/g, '')
  const align = /text-align\s*:\s*(center|right)/i.exec(style)?.[1] ?? pasted.getAttribute('align')
  pasted.removeAttribute('class')
  if (pasted.matches('p, td, th') && align && /^(center|right)$/i.test(align))
    pasted.setAttribute('class', `align-${align.toLowerCase()}`)
  if (pasted.localName === 'span' && /font-weight\s*:\s*(bold|[6-9]00)/i.test(style)) {
    const strong = page.createElement('strong')
    strong.append(...pasted.childNodes)
    pasted.append(strong)
  }
}

function tidy(page: Document, pasted: Element, fromOffice: boolean): void {
  pasted.removeAttribute('id')
  if (!/^align-/.test(pasted.getAttribute('class') ?? '')) pasted.removeAttribute('class')
  const level = Number(/^h([1-6])$/.exec(pasted.localName)?.[1] ?? 0)
  // “标题 1” of Word is 一级标题, which stands under the page's own heading; a web page's h2 already does.
  if (level === 1 || (fromOffice && level > 0)) {
    const heading = page.createElement(`h${Math.min(level + 1, 5)}`)
    heading.append(...pasted.childNodes)
    pasted.replaceWith(heading)
  }
}

const isBlank = (paragraph: Element) =>
  (paragraph.textContent ?? '').replace(/[\s\u00a0\u3000]/g, '') === '' && !paragraph.querySelector('img')
