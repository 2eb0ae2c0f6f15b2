const longestName = 120

// Direction signs can make `exe.fdp` read as `pdf.exe`; zero-width signs make two names look alike.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/**
 * A file name that can be shown, stored and saved on any system: no path, no control or direction signs, no sign that
 * Windows refuses, 120 characters at most with the extension kept. Chinese stays as it is.
 */
export function cleanFileName(raw: string): string {
  const last = raw.normalize('NFC').replace(invisible, '').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/[. ]+$/, '')
  const extension = extensionOf(plain)
  const stem = withoutExtension(plain).replace(/^[. ]+|[. ]+$/g, '')
  const named = stem === '' ? '未命名' : reservedOnWindows.test(stem) ? `文件-${stem}` : stem
  const room = longestName - (extension ? extension.length + 1 : 0)
  const short = [...named]
    .slice(0, room)
    .join('')
    .replace(/[. ]+$/, '')
  return extension ? `${short}.${extension}` : short
}

/** `pdf` of `报告.PDF`, always in small letters; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

export function withoutExtension(name: string): string {
  const extension = extensionOf(name)
  return extension ? name.slice(0, -extension.length - 1) : name
}

const saysNothingForms = [
  /^[\d\s._()（）-]*$/,
  /^(附件|附表|附图|文件|文档|表格|图片|扫描件|新建|未命名|无标题|正文|终稿|定稿|最终版|attachment|document|file|scan|untitled)[\d\s一二三四五六七八九十._()（）-]*$/i,
  /^新建\s*(Microsoft|WPS|DOC|XLS|PPT|文本|Word|Excel).*$/i,
  /^(img|dsc|dscn|p|mmexport|wx_camera|微信图片|微信截图|qq截图|截图|screenshot|屏幕截图)[\d\s._()（）-]*$/i,
  /^[0-9a-f-]{24,}$/i,
]

/** A name from which no reader can tell what is inside (S-DES-05): `附件1`, `新建 Microsoft Word 文档`, `IMG_2024`. */
export function saysNothing(title: string): boolean {
  const bare = withoutExtension(title.trim())
  return saysNothingForms.some(form => form.test(bare))
}
