import sanitizeHtml from 'sanitize-html'
import { officialClasses } from '#lib/official-layout'

/** What the body of an official document may consist of. The desk's editor and every import obey this one list. */
const TAGS = [
  'h2 h3 h4 h5 h6 p br hr blockquote div',
  'ul ol li dl dt dd',
  'table caption thead tbody tfoot tr th td',
  'strong em u s sub sup a img figure figcaption',
].flatMap(line => line.split(' '))

/** Dropped with everything inside; any other unknown tag only loses its brackets. */
const DROPPED_WHOLE =
  'script style noscript iframe object embed svg math template textarea option select button title'

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  nonTextTags: DROPPED_WHOLE.split(' '),
  allowedAttributes: {
    '*': ['class', 'id'],
    a: ['href'],
    img: ['src', 'alt', 'width', 'height'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    ol: ['start', 'type'],
    li: ['value'],
  },
  allowedClasses: { '*': officialClasses },
  allowedSchemes: ['http', 'https'],
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: true,
  disallowedTagsMode: 'discard',
  transformTags: {
    // The page itself has the h1.
    h1: 'h2',
    b: 'strong',
    i: 'em',
    strike: 's',
    del: 's',
    center: sanitizeHtml.simpleTransform('div', { class: 'align-center' }),
    '*': (tagName, attribs) => ({ tagName, attribs: kept(attribs) }),
  },
  exclusiveFilter: frame => {
    if (frame.tag === 'img') return !frame.attribs.src
    // A link that leads nowhere we allow becomes its text.
    return frame.tag === 'a' && !frame.attribs.href ? 'excludeTag' : false
  },
}

/**
 * HTML from anywhere → the subset an official document needs: no script, no handler, no foreign look. Alignment
 * survives as a class; ids survive only in the form our own headings and articles have, so that citations hold.
 */
export function cleanBody(html: string): string {
  return sanitizeHtml(html, OPTIONS).trim()
}

function kept(attribs: Record<string, string>): Record<string, string> {
  const { id, style, align, class: given, ...rest } = attribs
  const direction = /text-align\s*:\s*(left|center|right)/i.exec(style ?? '')?.[1] ?? align
  const aligned = /^(?:left|center|right)$/i.test(direction ?? '') ? `align-${direction?.toLowerCase()}` : ''
  const classes = `${given ?? ''} ${aligned}`.trim()
  return {
    ...rest,
    ...(classes ? { class: classes } : {}),
    ...(/^[sa]-\d+(?:[-_]\d+)*$/.test(id ?? '') ? { id: id ?? '' } : {}),
  }
}
