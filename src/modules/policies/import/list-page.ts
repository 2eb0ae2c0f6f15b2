import type { Recognised } from './recognised.ts'

const FILE = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|csv|txt)(?:[?#]|$)/i

/**
 * Why a page of an old site is no document: lists, home pages and navigation are made of links to other pages and say little
 * themselves. Null: it may be one. What carries a number or a signature always is.
 */
export function whyNoDocument(
  found: Pick<
    Recognised,
    'docNo' | 'docNoPrinted' | 'signedOn' | 'links' | 'bodyText' | 'attachments' | 'pictures'
  >,
  html: string,
): string | null {
  if (found.docNo || found.docNoPrinted || found.signedOn || found.attachments.length > 0) return null
  // Days, numbers and marks stand beside links too
  const length = (text: string) => text.replace(/[^\p{Script=Han}A-Za-z]+|[年月日]/gu, '').length
  const pages = found.links.filter(link => !FILE.test(link.href))
  const linked = pages.reduce((sum, link) => sum + length(link.text), 0)
  const all = length(found.bodyText)
  if (pages.length >= 4 && all - linked < Math.max(60, linked * 0.6))
    return `列表或导航页：正文里只有 ${pages.length} 个链接，不是一份文件，没有导入`
  const ways = html.match(/<a\s[^>]*href/gi)?.length ?? 0
  if (all < 15 && found.pictures.length === 0 && ways >= 4) return '导航页：没有正文，不是一份文件，没有导入'
  return null
}
