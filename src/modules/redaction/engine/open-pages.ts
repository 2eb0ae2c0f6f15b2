import { everythingIn, readDocument, UnreadableFile } from '#modules/files'
import { officePdf } from './office-pdf.ts'
import { type LeftOut, linesOf, type Pages, pixelsOf } from './page.ts'
import { NotOpened, PdfFile } from './pdfium.ts'
import { pdfOfPicture } from './picture-pdf.ts'

/** The formats that become pages. */
export const redactable = ['pdf', 'png', 'jpg', 'jpeg', 'docx', 'xlsx'] as const

/**
 * A file as pages: pictures with the places of their words. Word and Excel files are set anew from what they show, so that hidden
 * rows, comments, tracked changes and properties never enter; what was left out is told.
 *
 * @throws NotOpened with the remedy, for what cannot be opened or is of another format
 */
export async function pagesOf(name: string, bytes: Uint8Array): Promise<Pages> {
  const pdf = await PdfFile.open(await asPdf(name, bytes))
  return {
    count: pdf.count,
    leftOut: await leftOutOf(name, bytes),
    async read(number) {
      const { width, height } = pdf.size(number)
      const pixels = pixelsOf(width, height)
      const { picture, signs } = pdf.read(number, pixels.width, pixels.height)
      const drawn = signs.filter(sign => sign.drawn)
      return { number, width, height, picture, lines: linesOf(drawn), unseen: signs.length - drawn.length }
    },
    close: () => pdf.close(),
  }
}

async function asPdf(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const begins = (signature: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, signature.length)).equals(
      Buffer.from(signature, 'latin1'),
    )
  if (Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-'))
    return bytes
  if (begins('\xff\xd8\xff') || begins('\x89PNG')) return pdfOfPicture(bytes)
  if (begins('PK\x03\x04')) {
    try {
      return await officePdf(name, bytes, await readDocument(name, bytes))
    } catch (error) {
      throw error instanceof UnreadableFile ? new NotOpened(error.message) : error
    }
  }
  throw new NotOpened(`《${name}》不是可以遮盖的格式。请另存为 PDF、PNG、JPG、DOCX 或 XLSX 后再上传。`)
}

const unseenKinds: Readonly<Record<string, string>> = {
  hidden: '隐藏的内容',
  comment: '批注、注释',
  tracked: '修订痕迹',
  property: '文件属性',
  leftover: '已删去、文件里还留着的内容',
  position: '拍摄地点',
  header: '页眉页脚',
}

/** What the file holds beside what its pages show, by place; the words themselves are not repeated. */
async function leftOutOf(name: string, bytes: Uint8Array): Promise<LeftOut[]> {
  const { pieces } = await everythingIn(name, bytes)
  const isPdf = !/\.(?:docx|xlsx)$/i.test(name)
  const counts = new Map<string, LeftOut & { count: number }>()
  for (const { kind, place } of pieces) {
    const words = kind === 'file-name' || place.startsWith('附带的文件') ? '附带的文件' : unseenKinds[kind]
    if (words === undefined || (isPdf && kind === 'header')) continue
    const known = counts.get(`${words} ${place}`)
    if (known) known.count++
    else counts.set(`${words} ${place}`, { place: place || '文件', what: words, count: 1 })
  }
  return [...counts.values()]
    .slice(0, 200)
    .map(({ place, what, count }) => ({ place, what: count > 1 ? `${what}（${count} 处）` : what }))
}
