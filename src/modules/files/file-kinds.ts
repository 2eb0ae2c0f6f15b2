/** The formats that are taken: what they are called, how they are named, what readers' programs are told. */
export const kinds = {
  pdf: { label: 'PDF 文档', extensions: { pdf: 'application/pdf' } },
  ofd: { label: 'OFD 版式文件', extensions: { ofd: 'application/ofd' } },
  docx: {
    label: 'Word 文档',
    extensions: {
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      wps: 'application/wps-office.wps',
    },
  },
  xlsx: {
    label: 'Excel 表格',
    extensions: {
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      et: 'application/wps-office.et',
    },
  },
  pptx: {
    label: 'PowerPoint 演示文稿',
    extensions: { pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  },
  doc: {
    label: '旧版 Word 或 WPS 文字文档',
    extensions: { doc: 'application/msword', wps: 'application/wps-office.wps' },
  },
  xls: {
    label: '旧版 Excel 或 WPS 表格',
    extensions: { xls: 'application/vnd.ms-excel', et: 'application/wps-office.et' },
  },
  zip: { label: 'ZIP 压缩包', extensions: { zip: 'application/zip' } },
  text: { label: '纯文本', extensions: { txt: 'text/plain', csv: 'text/csv' } },
  jpg: { label: 'JPG 图片', extensions: { jpg: 'image/jpeg', jpeg: 'image/jpeg' } },
  png: { label: 'PNG 图片', extensions: { png: 'image/png' } },
  webp: { label: 'WebP 图片', extensions: { webp: 'image/webp' } },
  gif: { label: 'GIF 图片', extensions: { gif: 'image/gif' } },
  mp4: { label: 'MP4 视频', extensions: { mp4: 'video/mp4' } },
  webm: { label: 'WebM 视频', extensions: { webm: 'video/webm' } },
  mp3: { label: 'MP3 音频', extensions: { mp3: 'audio/mpeg' } },
  m4a: { label: 'M4A 音频', extensions: { m4a: 'audio/mp4' } },
} as const satisfies Record<string, { label: string; extensions: Record<string, string> }>

export type FileKind = keyof typeof kinds

/** Browsers draw these; every other format is only ever downloaded. SVG is not among them: it can hold scripts. */
export const pictureKinds: readonly FileKind[] = ['jpg', 'png', 'webp', 'gif']

export const isPicture = (mediaType: string): boolean =>
  pictureKinds.some(kind => Object.values(kinds[kind].extensions).includes(mediaType as never))

/** Played on the page, with what a browser asks for of it at a time (ranges). */
export const playedExtensions: readonly string[] = ['mp4', 'webm', 'mp3', 'm4a']

/** What readers' programs are told of this content under this name; null when the two do not agree. */
export function mediaTypeOf(kind: FileKind, extension: string): string | null {
  const known: Record<string, string> = kinds[kind].extensions
  return Object.hasOwn(known, extension) ? (known[extension] ?? null) : null
}

export function isAllowedExtension(extension: string): boolean {
  return Object.values(kinds).some(kind => Object.hasOwn(kind.extensions, extension))
}

/** `accept` of a file field, and the list in messages. */
export const allowedExtensions: readonly string[] = [
  ...new Set(Object.values(kinds).flatMap(kind => Object.keys(kind.extensions))),
]
export const pictureExtensions: readonly string[] = pictureKinds.flatMap(kind =>
  Object.keys(kinds[kind].extensions),
)
