import { createHash } from 'node:crypto'
import type { Publishing } from '../../../test/make/publishing.ts'
import { beginImport } from './actions/begin-import.ts'
import { importDocument } from './actions/import-document.ts'
import { type ImportChoice, openDestination } from './import/destination.ts'
import type { ImportLine } from './import/import-line.ts'
import { recogniseFile } from './import/recognise.ts'

/** A document as an organ prints it; our own words. */
export const printed = (title: string, docNo: string | null, issuer: string, body = '请各单位遵照执行。') =>
  [
    title,
    '',
    ...(docNo ? [docNo, ''] : []),
    '各乡镇人民政府，县直各单位：',
    '',
    `  ${body}`,
    '',
    issuer,
    '',
    '2021年3月5日',
    '',
  ].join('\n')

const keyOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Imports texts as one run. */
export async function importTexts(
  house: Publishing,
  texts: readonly string[],
  choice: ImportChoice & { publishes?: boolean } = {},
): Promise<ImportLine[]> {
  const to = await openDestination(house.system.db, choice)
  const run = await beginImport(house.system, { to, publishes: choice.publishes ?? true, paths: ['文件夹'] })
  const lines: ImportLine[] = []
  for (const [index, text] of texts.entries()) {
    const found = recogniseFile(`文件${index + 1}.txt`, Buffer.from(text))
    lines.push(
      await importDocument(house.system, { found, importKey: keyOf(text), to, run, position: index + 1 }),
    )
  }
  return lines
}

/** Text as the old sites saved it; what is no GBK becomes a question mark. */
export function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const codes = new Map<string, [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  return Buffer.from(
    [...text].flatMap(sign => (sign < '\x80' ? [sign.charCodeAt(0)] : (codes.get(sign) ?? [0x3f]))),
  )
}
