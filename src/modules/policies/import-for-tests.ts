import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '#platform/storage/storage'
import type { Publishing } from '../../../test/make/publishing.ts'
import { beginImport } from './actions/begin-import.ts'
import { runImport, type Teller } from './actions/run-import.ts'
import type { ImportChoice } from './import/destination.ts'
import type { ImportFault, ImportLine } from './import/import-line.ts'

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

/** Keeps what a run tells. */
export function listener(): Teller & { lines: ImportLine[]; faults: ImportFault[]; skips: ImportFault[] } {
  const lines: ImportLine[] = []
  const faults: ImportFault[] = []
  const skips: ImportFault[] = []
  return {
    lines,
    faults,
    skips,
    document: line => void lines.push(line),
    fault: fault => void faults.push(fault),
    skipped: fault => void skips.push(fault),
    progress: () => {},
  }
}

type Choice = ImportChoice & { publishes?: boolean }

/** Imports texts as one run. */
export async function importTexts(house: Publishing, texts: readonly string[], choice: Choice = {}) {
  return (await importAll(house, texts, choice)).lines
}

/** The same, with what was refused. */
export async function importAll(house: Publishing, texts: readonly string[], choice: Choice = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-test-'))
  try {
    for (const [index, text] of texts.entries())
      await writeFile(join(folder, `文件${String(index + 1).padStart(4, '0')}.txt`), text)
    const { publishes = true, ...chosen } = choice
    const run = await beginImport(house.system, { choice: chosen, publishes, paths: [folder] })
    const report = listener()
    await runImport(house.system, run, { paths: [folder] }, { storage: openStorage(folder), report })
    return report
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
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
