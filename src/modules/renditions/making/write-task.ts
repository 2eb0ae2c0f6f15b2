import { type Faces, findFonts } from '../fonts.ts'
import type { OfficialDocument } from '../official-document.ts'
import type { Picture } from '../pictures.ts'
import type { Format } from './rendition.ts'

export interface WriteTask {
  format: Format
  document: OfficialDocument
  pictures: ReadonlyMap<string, Picture>
  /** Where the administrator's own fonts lie. */
  fonts: string
}

export type Written = { bytes: Uint8Array } | { why: string }

const known = new Map<string, Faces>()

function facesIn(folder: string): Faces {
  let faces = known.get(folder)
  if (!faces) {
    faces = findFonts(folder)
    known.set(folder, faces)
  }
  return faces
}

/** The writers are fetched when the first page is to be written: fonts and compiler take their time and their memory. */
export async function writeTask({ format, document, pictures, fonts }: WriteTask): Promise<Written> {
  try {
    if (format === 'docx') {
      const { writeWord } = await import('../word/write-word.ts')
      return { bytes: await writeWord(document, pictures) }
    }
    const { writePdf } = await import('../typst/write-pdf.ts')
    return { bytes: writePdf(document, pictures, facesIn(fonts)) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}
