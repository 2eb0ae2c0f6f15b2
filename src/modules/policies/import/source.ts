import {
  type Block,
  blocksOfText,
  decodeText,
  type LabelledValue,
  type ReadPage,
  readHtml,
  UnreadableFile,
} from '#modules/files'
import type { Doubt } from './recognised.ts'

/** A decoded file on its way in: plain text, or a saved page. */
export type ImportSource = { file: string; format: 'text' | 'html'; text: string; doubts: Doubt[] }

/** What both kinds of source come down to. `pageTitles` are what the page around the text calls it. */
export type SourceDocument = {
  blocks: Block[]
  labelled: LabelledValue[]
  metaTags: Record<string, string>
  pageTitles: string[]
  sourceUrl: string | null
  doubts: Doubt[]
}

/** Bytes of a .txt or .html → text. The content decides which of the two it is. Throws only UnreadableFile. */
export function readSource(file: string, bytes: Uint8Array): ImportSource {
  const { text, doubts } = decodeText(bytes, file)
  if (/^(?:From:|MIME-Version:)[\s\S]{0,2000}multipart\/related/i.test(text)) {
    throw new UnreadableFile(
      'web-archive',
      `“${file}”是单一文件网页（.mht），没有读取。请在浏览器里打开它，另存为“网页，仅 HTML”后再导入。`,
    )
  }
  const format =
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html|head|body|meta|div|table|p)\b/i.test(
      text,
    )
      ? 'html'
      : 'text'
  return { file, format, text, doubts: doubts.map(({ why }) => ({ field: 'body', why })) }
}

export function openSource(source: ImportSource): SourceDocument {
  if (source.format === 'text') {
    const blocks = blocksOfText(source.text)
    return { blocks, labelled: [], metaTags: {}, pageTitles: [], sourceUrl: null, doubts: source.doubts }
  }
  const page = readHtml(source.text)
  return {
    blocks: page.blocks,
    labelled: page.labelled,
    metaTags: page.metaTags,
    pageTitles: page.titleCandidates,
    sourceUrl: page.sourceUrl,
    doubts: [...source.doubts, ...linkDoubts(page)],
  }
}

function linkDoubts({ links, pictures }: ReadPage): Doubt[] {
  const relative = links.filter(({ href }) => !/^(?:https?:)?\/\/|^#/.test(href)).length
  const doubts: Doubt[] = []
  if (relative > 0) {
    const why = `正文有 ${relative} 个链接只写了相对地址，网页又没有写明自己的网址，已去掉链接、留下文字。请核对这些附件是否另行导入。`
    doubts.push({ field: 'body', why })
  }
  if (pictures.length > 0) {
    const why = `正文有 ${pictures.length} 张图片，图片文件不在网页文件里，没有导入。请对照原网页补上图片和替代文字。`
    doubts.push({ field: 'body', why })
  }
  return doubts
}
