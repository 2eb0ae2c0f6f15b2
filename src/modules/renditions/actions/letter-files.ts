import type { Press } from '../making/press.ts'
import { type Format, formats } from '../making/rendition.ts'
import type { OfficialDocument } from '../official-document.ts'

/** A letter as PDF and Word, made now: whoever sends it keeps it; nothing of it stays here. */
export async function letterFiles(
  press: Press,
  letter: OfficialDocument,
): Promise<Record<Format, Uint8Array>> {
  const [pdf, docx] = await Promise.all(
    (Object.keys(formats) as Format[]).map(format => press.write(letter, format)),
  )
  if (!pdf || !docx) throw new Error('a letter has two files')
  return { pdf, docx }
}
