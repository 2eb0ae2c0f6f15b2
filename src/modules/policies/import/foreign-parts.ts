import { load } from 'cheerio'
import type { Doubt } from './recognised.ts'

const NAMED = 5

/**
 * A body without what other hosts would put into our page: a picture that is loaded from elsewhere may be exchanged, and an old
 * domain may have a new owner (S-CHK-01). Links stay, since nobody is taken there unasked, but the odd ones are named.
 */
export function withoutForeignParts(
  bodyHtml: string,
  sourceUrl: string | null,
): { bodyHtml: string; doubts: Doubt[] } {
  if (!/<(?:img|a)\b/i.test(bodyHtml)) return { bodyHtml, doubts: [] }
  const $ = load(bodyHtml, null, false)
  const foreign = $('img').not('[src^="/files/"]')
  const pictures = foreign.toArray().map(picture => $(picture).attr('src') ?? '')
  foreign.remove()
  $('figure, p, a')
    .filter((_, element) => $(element).text().trim() === '' && $(element).children().length === 0)
    .remove()
  const links = $('a[href]')
    .toArray()
    .map(link => $(link).attr('href') ?? '')
  const doubts = [pictureDoubt(pictures), attachmentDoubt(links), hostDoubt(links, sourceUrl)]
  return {
    bodyHtml: pictures.length > 0 ? $.html() : bodyHtml,
    doubts: doubts.flatMap(why => (why ? [{ field: 'body' as const, why }] : [])),
  }
}

function pictureDoubt(pictures: string[]): string | null {
  if (pictures.length === 0) return null
  return `正文里有 ${pictures.length} 张图片要从别的网站读取（${named(pictures)}），已去掉：外站的图片可能被换成别的内容。请取得原图，在工作台上传后插回原处，并写替代文字。`
}

function attachmentDoubt(links: string[]): string | null {
  const files = links.filter(link =>
    /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z)(?:[?#]|$)/i.test(link),
  )
  if (files.length === 0) return null
  return `正文里有 ${files.length} 个附件仍然放在原网站（${named(files)}），原网站关闭后就打不开。请下载后在工作台上传为附件。`
}

function hostDoubt(links: string[], sourceUrl: string | null): string | null {
  const own = sourceUrl && URL.canParse(sourceUrl) ? new URL(sourceUrl).hostname : null
  const hosts = links.flatMap(link => {
    if (!URL.canParse(link, 'https://relative.invalid')) return []
    const { hostname } = new URL(link, 'https://relative.invalid')
    return hostname === 'relative.invalid' || hostname === own || hostname.endsWith('.gov.cn')
      ? []
      : [hostname]
  })
  if (hosts.length === 0) return null
  return `正文里有 ${hosts.length} 个链接指向政府网站以外（${named([...new Set(hosts)])}）。旧域名可能已经换了主人，请逐个打开核对，失效的去掉。`
}

function named(addresses: string[]): string {
  const shown = addresses
    .slice(0, NAMED)
    .map(address => (address.length > 120 ? `${address.slice(0, 120)}…` : address))
  return shown.join('、') + (addresses.length > NAMED ? ' 等' : '')
}
