import { load } from 'cheerio'

export interface Heading {
  id: string
  text: string
  level: number
}

/**
 * Headings of a body for the contents list, each with an id to be cited by; a body that came without ids gets them here.
 * @returns the body as it is to be shown, outside links led through the page that asks first (S-ID-04).
 */
export function prepareBody(
  html: string,
  base: string,
  ownHosts: readonly string[],
): { html: string; headings: Heading[] } {
  const $ = load(html, null, false)
  const headings: Heading[] = []
  $('h2, h3, h4').each((index, element) => {
    const id = $(element).attr('id') ?? `s-${index + 1}`
    $(element).attr('id', id)
    headings.push({ id, text: $(element).text().trim(), level: Number(element.tagName.slice(1)) })
  })
  $('a[href]').each((_, element) => {
    const href = $(element).attr('href') ?? ''
    if (leavesTheSite(href, ownHosts)) {
      $(element)
        .attr('href', `${base}/leaving?to=${encodeURIComponent(href)}`)
        .attr('data-leaving', href)
        .attr('rel', 'noopener')
    }
  })
  $('table').each((_, element) => {
    $(element).wrap(
      '<div class="table-scroll" tabindex="0" role="region" aria-label="表格，可左右滚动"></div>',
    )
  })
  return { html: $.html(), headings }
}

/** Government addresses are exempt (S-ID-04 [C]). */
function leavesTheSite(href: string, ownHosts: readonly string[]): boolean {
  if (!/^https?:\/\//i.test(href)) return false
  const host = URL.canParse(href) ? new URL(href).hostname.toLowerCase() : ''
  return host !== '' && !host.endsWith('.gov.cn') && !ownHosts.includes(host)
}

/** The headings of a body with the ids that they have on the page. */
export const headingsOf = (html: string): Heading[] => prepareBody(html, '', []).headings
