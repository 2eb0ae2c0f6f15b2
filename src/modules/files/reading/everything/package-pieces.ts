import { packageKind } from '../formats/read-package.ts'
import { type Inside, readInto } from './everything-in.ts'
import { markupPieces } from './markup-pieces.ts'
import { ofdPieces } from './ofd-pieces.ts'
import { openParts, type Part } from './open-parts.ts'
import { type Gathered, within } from './piece.ts'
import { sheetPieces } from './sheet-pieces.ts'
import { wordPieces } from './word-pieces.ts'

/** A zip of any kind: an Office document, an .ofd, or a package of files. */
export async function packagePieces(gathered: Gathered, file: Inside): Promise<void> {
  const parts = await openParts(file.name, file.bytes, gathered.budget)
  const kind = packageKind([...parts.keys()])
  if (kind === 'docx' || kind === 'pptx') await wordPieces(gathered, file, parts)
  else if (kind === 'xlsx' || kind === 'xlsb') await sheetPieces(gathered, file, parts)
  else if (kind === 'ofd') await ofdPieces(gathered, file, parts)
  else if (kind === 'opendocument') await otherParts(gathered, file, parts)
  else await filesWithin(gathered, file, parts)
}

async function filesWithin(
  gathered: Gathered,
  file: Inside,
  parts: ReadonlyMap<string, Part>,
): Promise<void> {
  for (const [name, part] of parts) {
    gathered.add({ text: name, kind: 'file-name', place: within(file.place, '压缩包里的文件名') })
    if (name.endsWith('/')) continue
    const place = within(file.place, `压缩包里的“${name}”`)
    await readInto(gathered, { name, bytes: await part.bytes(), place, depth: file.depth + 1 })
  }
}

/** Every part that the reader of the format has no words for: XML as text, everything else as a file of its own. */
export async function otherParts(
  gathered: Gathered,
  file: Inside,
  parts: ReadonlyMap<string, Part>,
  known: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const [name, part] of parts) {
    if (known.has(name) || name.endsWith('/')) continue
    if (/\.(?:xml|rels|vml)$/i.test(name) || name === 'mimetype') {
      if (isAboutForm(name)) continue
      markupPieces(gathered, await part.text(), within(file.place, placeOfPart(name)), kindOfPart(name))
      continue
    }
    // Fonts and drawings of printers
    if (/\.(?:ttf|otf|ttc|odttf|fntdata|emf|wmf|esl|asn1|sig)$/i.test(name) || /printerSettings/.test(name))
      continue
    const place = within(file.place, `里面嵌入的“${name.replace(/^.*\//, '')}”`)
    await readInto(gathered, { name, bytes: await part.bytes(), place, depth: file.depth + 1 })
  }
}

const isAboutForm = (name: string) =>
  /(?:^|\/)(?:\[Content_Types\]|styles|stylesWithEffects|fontTable|webSettings|numbering|theme\d*|tableStyles|viewProps)\.xml$/i.test(
    name,
  )

function placeOfPart(name: string): string {
  if (/docProps\//i.test(name) || /meta\.xml$/.test(name)) return '文档属性'
  if (/customXml\//i.test(name)) return '文档里附带的数据'
  if (/chart/i.test(name)) return '图表数据'
  if (/comments/i.test(name)) return '批注'
  if (/\.rels$/i.test(name)) return '链接'
  return `内部部件 ${name}`
}

const kindOfPart = (name: string) =>
  /docProps\/|meta\.xml$/i.test(name)
    ? 'property'
    : /comments/i.test(name)
      ? 'comment'
      : ('leftover' as const)
