/**
 * What becomes of a file by its name alone: formats that are never read, with the way out. The content has the last
 * word, in readDocument.
 */
const REMEDIES: [extensions: RegExp, remedy: string][] = [
  [/^(?:docm|dotm)$/, '带宏的 Word 文档不能读。请用 Word 或 WPS 打开，另存为不带宏的 .docx 后再导入。'],
  [/^(?:xlsm|xltm|xlsb|xlam)$/, '带宏的表格不能读。请用 Excel 或 WPS 打开，另存为不带宏的 .xlsx 后再导入。'],
  [
    /^(?:rtf|odt|dot|wpt|wpd|pages|uot|uof)$/,
    '这种文字格式不能直接读。请用 Word 或 WPS 打开，另存为 .docx 后再导入。',
  ],
  [
    /^(?:xls|xlt|et|ett|ods|numbers)$/,
    '这种表格格式不能直接读。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。',
  ],
  [
    /^(?:pptx?|pps|ppsx|pptm|dps|dpt|odp|key)$/,
    '演示文稿不能直接读。请用 PowerPoint 或 WPS 打开，另存为 .pdf 后再导入。',
  ],
  [
    /^(?:ceb|cebx|sep|gd|gw)$/,
    '这种公文版式文件不能直接读。请用它的阅读器打开，打印或另存为 .pdf 或 .ofd 后再导入。',
  ],
  [/^(?:caj|nh|kdh)$/, '知网的 CAJ 文件不能直接读。请用 CAJViewer 打开，另存为 .pdf 或 .txt 后再导入。'],
  [/^(?:mht|mhtml)$/, '单一文件网页不能直接读。请在浏览器里打开它，另存为“网页，仅 HTML”后再导入。'],
  [
    /^(?:rar|7z|gz|tgz|tar|bz2|xz|cab|iso|arj|lzh)$/,
    '这种压缩包不能直接读。请先解压，再导入里面的文件，或重新压缩为 .zip。',
  ],
  [/^(?:epub|mobi|chm)$/, '电子书不能直接读。请打开它，另存为 .pdf 或 .txt 后再导入。'],
  [
    /^(?:png|jpe?g|gif|bmp|tiff?|webp|svg|heic)$/,
    '图片里没有可以读取的文字。请找到文件的文字版；扫描件请先做文字识别（OCR）并校对，再导入。',
  ],
  [
    /^(?:mp[34]|wav|avi|wmv|mov|flv|m4a|mkv|rm|rmvb)$/,
    '音频和视频里没有可以读取的文字。请找到文件的文字版再导入。',
  ],
  [/^(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|jar|apk|sh|lnk)$/, '它是程序或网页脚本，不是公文，没有读取。'],
]

/** Read as documents. Whatever they really hold is seen when they are opened. */
export const readableExtensions: readonly string[] = [
  'txt',
  'html',
  'htm',
  'shtml',
  'docx',
  'doc',
  'wps',
  'pdf',
  'ofd',
  'xlsx',
  'csv',
  'tsv',
]

/** Why a file of this name is not read, and the way out; null when it is read, a .zip among them. */
export function remedyFor(name: string): string | null {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (readableExtensions.includes(extension) || extension === 'zip') return null
  const known = REMEDIES.find(([extensions]) => extensions.test(extension))
  if (known) return known[1]
  const list = readableExtensions.map(readable => `.${readable}`).join('、')
  return `只能读 ${list} 和 .zip。里面是公文的，请用能打开它的软件打开，另存为 .docx 或 .txt 后再导入。`
}
