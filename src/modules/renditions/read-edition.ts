import { inChinese, type PlainDate } from '#lib/beijing-time'
import { isAddressee, isDateLine, signersOf, splitSignedLine, withoutSpaces } from '#modules/files'
import { bodyBlocks, titleWidth } from './body-blocks.ts'
import { type Block, type OfficialDocument, type PageForm, textOf } from './official-document.ts'
import { type DraftMark, reviewCopy } from './review-copy.ts'
import { printable } from './runs-of-html.ts'
import { titleLines } from './title-lines.ts'

/** What is printed of an edition. All of it enters the name under which the files are kept. */
export interface EditionSource {
  title: string
  docNo: string | null
  issuers: readonly string[]
  genre: string | null
  keywords: string
  signedOn: PlainDate | null
  bodyHtml: string
  organName: string
  siteName: string
  indexNo: string | null
  number: number
  /** Null for what nobody has published yet. */
  digest: string | null
  publicFrom: Date
  /** What a text that nobody has published is called on each page; 送审稿 if nothing is said. */
  draft?: DraftMark
}

/** The document that an edition is: its body without the lines that its head says already, and what stands at its end. */
export function readEdition(source: EditionSource): OfficialDocument {
  const all = bodyBlocks(source.bodyHtml)
  const { blocks: body, signatory } = withoutHead(all, source)
  const { blocks: text, imprint } = withoutImprint(body)
  const gathered = gatherSignatures(withAddressee(text))
  const form = formOf(source)
  const document: OfficialDocument = {
    form,
    title: source.title,
    titleLines: titleLines(printable(source.title), titleWidth),
    marks: marksOf(form, source.issuers),
    docNo: form === 'order' ? orderNumber(source.docNo) : source.docNo,
    signatory,
    blocks: source.digest === null ? gathered : signed(gathered, source),
    imprint,
    about: {
      author: source.issuers.join('、') || source.organName,
      keywords: source.keywords,
      madeAt: source.publicFrom,
    },
    foot: footOf(source),
    watermark: null,
    print: 'normal',
  }
  return source.digest === null ? reviewCopy(document, source.draft ?? '送审稿') : document
}

/** Without a number or an organ that signs there is no red head to print: it would claim more than is known. */
function formOf({ docNo, issuers, genre }: EditionSource): PageForm {
  if (docNo === null || issuers.length === 0) return 'plain'
  if (/令第/.test(docNo) || genre === '命令') return 'order'
  if (genre === '函' || /函〔/.test(docNo)) return issuers.length === 1 ? 'letter' : 'document'
  return genre === '纪要' ? 'minutes' : 'document'
}

/** 令 and 纪要 are part of the mark of these forms (S-GWG-21). */
function marksOf(form: PageForm, issuers: readonly string[]): readonly string[] {
  const ending = form === 'order' ? '令' : form === 'minutes' ? '会议纪要' : ''
  const [last = ''] = issuers.slice(-1)
  if (form === 'plain') return []
  if (ending === '' || last.endsWith(ending.slice(-1))) return issuers
  return [...issuers.slice(0, -1), last + ending]
}

/** Under the mark of an order stands only 第8号: the mark says the rest. */
const orderNumber = (docNo: string | null) => /第\s*\S+?\s*号$/.exec(docNo ?? '')?.[0] ?? docNo

/** What was printed here is no original: said on its last page, with how to find and to check it. */
function footOf({ siteName, indexNo, number, digest }: EditionSource): string[] {
  if (digest === null) return []
  const [algorithm = '', hash = ''] = digest.split(':')
  return [
    `由${siteName}网站根据公开文本生成；网页文本与本文件不一致的，以正式印发件为准。`,
    [
      indexNo ? `索引号：${indexNo}` : '',
      `第 ${number} 版`,
      `版本摘要：${algorithm.toUpperCase()} ${hash.slice(0, 16)}…`,
    ]
      .filter(Boolean)
      .join('　'),
  ]
}

const lineOf = (block: Block | undefined): string | null =>
  block?.kind === 'paragraph' || block?.kind === 'heading' ? textOf(block.runs).trim() : null

/** Lines before the text that repeat its head: the mark, the number, the title on one line or on several. */
function withoutHead(blocks: readonly Block[], source: EditionSource) {
  const title = bare(source.title)
  const said = new Set(
    [source.docNo, ...source.issuers, ...source.issuers.map(name => `${name}文件`)].map(bare),
  )
  let signatory: string | null = null
  let rest = title
  let at = 0
  for (; at < Math.min(blocks.length, 10); at++) {
    const line = lineOf(blocks[at])
    if (line === null) break
    const words = bare(line)
    if (words === '') continue
    const signed = /^(.*?)签发人[：:]?([\p{Script=Han}·、]{2,20})$/u.exec(words)
    if (signed && (signed[1] === '' || said.has(signed[1] ?? ''))) signatory = signed[2] ?? null
    else if (said.has(words)) continue
    else if (words === title) rest = ''
    // A long title stands on two or three lines
    else if (words.length >= 4 && rest !== '' && rest.startsWith(words) && continues(blocks, at, rest))
      rest = rest.slice(words.length)
    else break
  }
  return { blocks: blocks.slice(at), signatory }
}

/** Whether the lines from here spell out the rest of the title, and not only begin as it does. */
function continues(blocks: readonly Block[], from: number, title: string): boolean {
  let spelt = ''
  for (let at = from; at < from + 5 && spelt.length < title.length; at++)
    spelt += bare(lineOf(blocks[at]) ?? '#')
  return spelt === title
}

const bare = (text: string | null) =>
  withoutSpaces(text ?? '')
    .replace(/[[［【]/g, '〔')
    .replace(/[\]］】]/g, '〕')
    .normalize('NFKC')

/** 主送机关 that is a paragraph like others in the body. */
function withAddressee(blocks: readonly Block[]): Block[] {
  if (blocks.some(block => block.kind === 'addressee')) return [...blocks]
  const at = blocks.slice(0, 3).findIndex(block => isAddressee(lineOf(block) ?? ''))
  return blocks.map((block, index) =>
    index === at ? { kind: 'addressee', text: lineOf(block) ?? '' } : block,
  )
}

/** Dates that stand alone, with the organs above them; the remark in brackets that follows (S-GWG-15, S-GWG-16). */
function gatherSignatures(blocks: readonly Block[]): Block[] {
  const made: Block[] = []
  for (const block of blocks) {
    const line = lineOf(block)
    const last = made.at(-1)
    if (line !== null && isDateLine(line)) {
      const lines = [line]
      while (made.length > 0) {
        const above = made.at(-1)
        const name = lineOf(above)
        if (above?.kind === 'signature') lines.unshift(...above.lines)
        else if (name !== null && name.length <= 60 && signersOf(name).length > 0) lines.unshift(name)
        else break
        made.pop()
      }
      made.push({ kind: 'signature', lines })
    } else if (last?.kind === 'signature' && line !== null && /^[（(][^（）()]{2,30}[）)]$/.test(line))
      made.push({ kind: 'remark', text: line })
    else made.push(block)
  }
  return made.map(block =>
    block.kind === 'signature' ? { ...block, lines: block.lines.flatMap(signatureLine) } : block,
  )
}

/** Organ and date that ran together on one line; several organs on one. */
function signatureLine(line: string): string[] {
  const both = splitSignedLine(line)
  if (both) return [...signersOf(both.signer), both.date]
  const names = signersOf(line)
  return names.length > 1 ? names : [isDateLine(line) ? withoutSpaces(line) : line]
}

/** A letter to somebody that the web shows without its signature still has one, of the organs and the day that are on record. */
function signed(blocks: Block[], { issuers, signedOn }: EditionSource): Block[] {
  const speaksTo = blocks.some(block => block.kind === 'addressee')
  if (!speaksTo || signedOn === null || issuers.length === 0) return blocks
  if (blocks.some(block => block.kind === 'signature')) return blocks
  const end = blocks.findIndex(block => block.kind === 'annex')
  const at = end < 0 ? blocks.length : end
  const signature: Block = { kind: 'signature', lines: [...issuers, inChinese(signedOn)] }
  return [...blocks.slice(0, at), signature, ...blocks.slice(at)]
}

/** 版记: who gets copies, and who printed it when (S-GWG-18); its lines stand at the end of the body, or before its annexes. */
function withoutImprint(blocks: readonly Block[]) {
  const copies: string[] = []
  let printed: string | null = null
  const rest = blocks.filter((block, at) => {
    const line = lineOf(block)
    if (line === null || at < 2) return true
    const ends = blocks.slice(at + 1, at + 4).every(next => {
      const text = lineOf(next)
      return text === null || isImprint(text)
    })
    if (!isImprint(line) || !ends) return true
    if (/印发$/.test(line)) printed = line
    else copies.push(/[。.]$/.test(line) ? line : `${line}。`)
    return false
  })
  return { blocks: rest, imprint: { copies, printed } }
}

const isImprint = (line: string) =>
  /^(?:抄\s*[送报]|主送|分送)\s*[：:]/.test(line) ||
  /^[^。；：]{4,60}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*印发$/.test(line)
