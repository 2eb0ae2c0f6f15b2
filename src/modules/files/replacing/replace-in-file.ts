import { decodeText } from '../reading/decode-text.ts'
import { openParts } from '../reading/everything/open-parts.ts'
import { wholeBudget } from '../reading/everything/piece.ts'
import { packageKind } from '../reading/formats/read-package.ts'
import { replaceAcross } from './replace-across.ts'
import { replaceInMarkup } from './replace-in-markup.ts'
import { writeZip } from './write-zip.ts'

/**
 * A copy of a file with other words in place of these, for the formats in which this can be done: .docx, .xlsx, .txt, .csv,
 * .html. Null for all others. Whether nothing is left is for the caller to prove by reading the copy again.
 */
export async function replaceInFile(
  name: string,
  bytes: Uint8Array,
  instead: ReadonlyMap<string, string>,
): Promise<Uint8Array | null> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return inPackage(name, bytes, instead)
  if (!/\.(?:txt|csv|tsv|html?)$/i.test(name)) return null
  const { text } = decodeText(bytes, name)
  // Spreadsheet programs know UTF-8 by its mark
  return Buffer.from(`\ufeff${replaceAcross([text], instead)[0] ?? ''}`)
}

async function inPackage(
  name: string,
  bytes: Uint8Array,
  instead: ReadonlyMap<string, string>,
): Promise<Uint8Array | null> {
  const parts = await openParts(name, bytes, wholeBudget())
  const kind = packageKind([...parts.keys()])
  if (kind !== 'docx' && kind !== 'xlsx') return null
  const written: { name: string; bytes: Uint8Array }[] = []
  for (const part of parts.values()) {
    const isMarkup = /\.(?:xml|rels|vml)$/i.test(part.name)
    written.push({
      name: part.name,
      bytes: isMarkup ? Buffer.from(replaceInMarkup(await part.text(), instead)) : await part.bytes(),
    })
  }
  return writeZip(written)
}
