import { load } from 'cheerio'
import { isPlainDate } from '#lib/beijing-time'
import { decodeText, readHtml, structureBlocks, UnreadableFile } from '#modules/files'
import { docNoIn } from '../entry.ts'
import { readMoment } from './moment.ts'
import { NotAFeed } from './raw-entry.ts'

/** The page of a higher government, as a draft begins from it. */
export interface Original {
  bodyHtml: string
  docNo: string | null
  issuers: string[]
  signedOn: string | null
  /** Pictures and attachments that stay with them: what others host is not loaded into our page. */
  leftThere: { pictures: number; attachments: number }
}

/** Text and facts of a page. Pure. @throws NotAFeed saying why there is no text. */
export function readOriginal(bytes: Uint8Array, address: string): Original {
  try {
    const read = readHtml(decodeText(bytes, address).text, address)
    const told = (kind: string) =>
      read.labelled.find(pair => pair.kind === kind && pair.value !== '')?.value ?? ''
    const { bodyHtml, pictures } = ownParts(structureBlocks(read.blocks), address)
    if (bodyHtml.replace(/<[^>]*>/g, '').trim().length < 20)
      throw new NotAFeed(
        '在原文网页里没有找到正文（也许要运行脚本才显示）。可以“只发链接”，或者把正文粘贴到稿子里。',
      )
    const attachments = read.fileLinks.filter(link => /^https?:/.test(link.href))
    const signed = readMoment(told('signedOn')).publishedOn
    return {
      bodyHtml: bodyHtml + listOf(attachments.filter(file => !bodyHtml.includes(attribute(file.href)))),
      docNo: docNoIn(told('docNo')),
      issuers: told('issuer')
        .split(/[、，,；;\s]+/)
        .filter(name => name.length >= 2 && name.length <= 80)
        .slice(0, 20),
      signedOn: signed && isPlainDate(signed) ? signed : null,
      leftThere: { pictures, attachments: attachments.length },
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new NotAFeed(error.message)
    throw error
  }
}

/** Without what other hosts would put into our page (S-CHK-01); addresses lead back to where they belong. */
function ownParts(html: string, address: string): { bodyHtml: string; pictures: number } {
  const $ = load(html, null, false)
  const pictures = $('img')
  const many = pictures.length
  pictures.remove()
  for (const link of $('a[href]').toArray()) {
    const href = $(link).attr('href') ?? ''
    if (URL.canParse(href, address)) $(link).attr('href', new URL(href, address).href)
  }
  $('figure, p, a')
    .filter((_, element) => $(element).text().trim() === '' && $(element).children().length === 0)
    .remove()
  return { bodyHtml: $.html(), pictures: many }
}

function listOf(files: readonly { href: string; text: string }[]): string {
  if (files.length === 0) return ''
  const lines = files.slice(0, 30).map(file => `<li>${linkHtml(file.href, file.text || file.href)}</li>`)
  return `<p>附件（在原网站）：</p><ul>${lines.join('')}</ul>`
}

const attribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const linkHtml = (href: string, text: string) => `<a href="${attribute(href)}">${attribute(text)}</a>`

export const paragraph = (text: string) => `<p>${attribute(text)}</p>`
