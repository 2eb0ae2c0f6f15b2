import { createHash } from 'node:crypto'
import { canonical } from '#lib/canonical-json'
import type { EditionSource } from '../read-edition.ts'

export const formats = {
  pdf: { label: 'PDF', mediaType: 'application/pdf' },
  docx: {
    label: 'Word',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
} as const
export type Format = keyof typeof formats

export const isFormat = (name: string): name is Format => Object.hasOwn(formats, name)

/** Raised whenever the page changes: what was made before is then made anew. */
const pageVersion = 1

/** A picture that readers may see: as the body names it, and whose bytes it is. */
export interface PictureNamed {
  name: string
  storageKey: string
  sha256: string
  width: number | null
  height: number | null
}

export interface ToPrint {
  source: EditionSource
  pictures: readonly PictureNamed[]
}

/** Names everything that a rendition is made from: where it is the same, the bytes are the same. */
export function recipeOf({ source, pictures }: ToPrint, format: Format, fonts: string): string {
  const said = {
    pageVersion,
    format,
    // Word files name their faces, they hold none
    fonts: format === 'pdf' ? fonts : null,
    source: { ...source, publicFrom: source.publicFrom.toISOString() },
    pictures: pictures.map(({ name, sha256 }) => ({ name, sha256 })),
  }
  return createHash('sha256').update(canonical(said)).digest('hex')
}

/** As it lies with the reader: the title without what file systems refuse, and which edition it is when it is not the present one. */
export function fileNameOf(title: string, format: Format, earlier: number | null): string {
  const plain = title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '')
    .trim()
    .slice(0, 80)
  return `${plain || '文件'}${earlier === null ? '' : `（第${earlier}版）`}.${format}`
}
