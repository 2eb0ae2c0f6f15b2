import type { EmbeddedPicture, ReadDocument, ReadingDoubt } from '../read-document.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import type { Package } from '../zip/open-package.ts'
import { type PreparedBody, prepareBody } from './word-body.ts'

/** Pictures that browsers draw; Word also keeps drawings of its own (EMF, WMF). */
const DRAWN = /^image\/(?:png|jpeg|gif|webp)$/

/** Word's own headings go below the title; who looks for the title finds only one. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  ...[1, 2, 3, 4, 5, 6].flatMap(level => {
    const tag = `h${Math.min(level + 1, 6)}:fresh`
    return [
      `p.Heading${level} => ${tag}`,
      `p[style-name='Heading ${level}'] => ${tag}`,
      `p[style-name='heading ${level}'] => ${tag}`,
    ]
  }),
  "p[style-name='mingtang center'] => p.align-center:fresh",
  "p[style-name='mingtang right'] => p.align-right:fresh",
  // What the Word files that we write call their parts (lib/docx-styles.ts); bodyOfWord makes of them what they stand for.
  "p[style-name='mingtang left'] => p.align-left:fresh",
  "p[style-name='主送机关'] => p.addressee:fresh",
  "p[style-name='落款'] => p.signature:fresh",
  "p[style-name='附件清单']:ordered-list(1) => ol.attachments > li:fresh",
  "p[style-name='附件说明'] => p.attachments:fresh",
  "p[style-name='附件标题'] => h2.attachment:fresh",
  "p[style-name='所附文件标题'] => h2.document-title:fresh",
  "p[style-name='引文'] => blockquote > p:fresh",
  "p[style-name='分隔线'] => p.word-rule:fresh",
  "p[style-name='图片'] => p.word-picture:fresh",
  "p[style-name='图注'] => p.word-caption:fresh",
  "p[style-name='表名'] => p.word-table-name:fresh",
  "p[style-name='行首'] => p.word-row-head:fresh",
  "r[style-name='mingtang underline'] => u",
]

/** Styles that say more than an alignment would. */
const MEANT = /^(?:title|heading|主送机关|落款|附件|所附文件标题|公文列表|引文|分隔线|图片|图注|表|行首)/i

/** .docx → HTML. Numbers that Word counts itself are written out, for 一、（一） belong to the text of a document. */
export async function readWordDocument(file: string, parts: Package): Promise<ReadDocument> {
  refuseMacros(file, parts)
  const { default: mammoth } = await import('mammoth')
  const body = await prepareBody(parts)
  const pictures: EmbeddedPicture[] = []
  let undrawn = 0
  const convertImage = mammoth.images.imgElement(async image => {
    if (!DRAWN.test(image.contentType)) {
      undrawn++
      return { src: '' }
    }
    const extension = image.contentType.slice(6).replace('jpeg', 'jpg')
    const name = `picture-${pictures.length + 1}.${extension}`
    const href = `https://embedded.invalid/${name}`
    const alt = (image as { altText?: string }).altText ?? ''
    pictures.push({ name, href, bytes: await image.readAsBuffer(), mediaType: image.contentType, alt })
    return { src: href }
  })
  const options = {
    styleMap: STYLES,
    convertImage,
    transformDocument: alignedByStyle,
    includeEmbeddedStyleMap: false,
  }
  // Undocumented beside path and buffer: a zip that is open already. So it is never unpacked without our limits.
  const input = { file: zipOf(parts, body) } as unknown as { buffer: Buffer }
  const { value } = await mammoth.convertToHtml(input, options)
  if (pictures.length === 0 && value.replace(/<[^>]*>/g, '').trim() === '') {
    throw new UnreadableFile('empty', `“${file}”里没有文字。请核对是否选错了文件，或重新保存后再导入。`)
  }
  return {
    form: 'html',
    format: 'docx',
    html: value,
    pictures,
    title: await titleOf(parts),
    doubts: doubtsOf(body, undrawn),
  }
}

function refuseMacros(file: string, parts: Package): void {
  if (!parts.names.some(name => /(?:^|\/)vbaProject\.bin$|(?:^|\/)vbaData\.xml$/i.test(name))) return
  const why = `“${file}”带有宏（能自动运行的程序），没有读取。请在 Word 或 WPS 里另存为不带宏的 .docx，再导入。`
  throw new UnreadableFile('macros', why)
}

function zipOf(parts: Package, body: PreparedBody) {
  return {
    exists: (part: string) => parts.has(part),
    async read(part: string, encoding?: string): Promise<Uint8Array | string> {
      if (part === body.part) return body.xml
      if (encoding === undefined) return parts.read(part)
      return encoding === 'base64' ? Buffer.from(await parts.read(part)).toString('base64') : parts.text(part)
    },
  }
}

type WordElement = { type: string; children?: WordElement[]; alignment?: string; styleName?: string | null }

/** Mammoth knows no alignment, but styles: a centred paragraph without a style of its own gets one. */
function alignedByStyle(element: WordElement): WordElement {
  const children = element.children?.map(alignedByStyle)
  const aligned = { center: 'mingtang center', right: 'mingtang right', end: 'mingtang right' }[
    element.alignment ?? ''
  ]
  const plain = element.type === 'paragraph' && !MEANT.test(element.styleName ?? '')
  return {
    ...element,
    ...(children ? { children } : {}),
    ...(aligned && plain ? { styleName: aligned, styleId: aligned } : {}),
  }
}

async function titleOf(parts: Package): Promise<string | null> {
  if (!parts.has('docProps/core.xml')) return null
  const { load } = await import('cheerio')
  const title = load(await parts.text('docProps/core.xml'), { xml: true })('dc\\:title')
    .first()
    .text()
    .trim()
  return title === '' ? null : title
}

function doubtsOf(body: PreparedBody, undrawn: number): ReadingDoubt[] {
  const doubts: [count: number, why: string][] = [
    [body.changes, '处修订没有接受或拒绝，已按“全部接受”读取。请对照定稿核对。'],
    [body.comments, '条批注，没有读入正文。请核对这是不是定稿。'],
    [body.hidden, '处隐藏文字，没有读入正文。请核对是否应当公开。'],
    [body.formulas, '个公式，没有读入。请对照原件补上。'],
    [undrawn, '张图片是 EMF、WMF 等格式，网页显示不了，没有读入。请在原件里另存为 PNG 图片后补上。'],
  ]
  return doubts.filter(([count]) => count > 0).map(([count, why]) => ({ why: `文件里有 ${count} ${why}` }))
}
