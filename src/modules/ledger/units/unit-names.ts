/** Blanks, widths and kinds of brackets do not tell two names apart. */
export function compareKey(name: string): string {
  return name
    .replace(/[\s\u200B]+/g, '')
    .replace(/[(〔[【]/g, '（')
    .replace(/[)〕\]】]/g, '）')
}

/** Short forms in use all over the country. What is longest comes first. */
const spellings: readonly [short: string, full: string][] = [
  ['发改', '发展改革'],
  ['发展和改革', '发展改革'],
  ['人社', '人力资源社会保障'],
  ['人力资源和社会保障', '人力资源社会保障'],
  ['住建', '住房城乡建设'],
  ['住房和城乡建设', '住房城乡建设'],
  ['住房与城乡建设', '住房城乡建设'],
  ['卫健', '卫生健康'],
  ['卫计', '卫生计划生育'],
  ['卫生和计划生育', '卫生计划生育'],
  ['教体', '教育体育'],
  ['教育和体育', '教育体育'],
  ['文旅', '文化旅游'],
  ['文化和旅游', '文化旅游'],
  ['文广旅', '文化广电旅游'],
  ['文化广电和旅游', '文化广电旅游'],
  ['工信', '工业信息化'],
  ['工业和信息化', '工业信息化'],
  ['经信', '经济信息化'],
  ['经济和信息化', '经济信息化'],
  ['自然资源和规划', '自然资源规划'],
  ['自规', '自然资源规划'],
  ['资规', '自然资源规划'],
  ['农业农村和水利', '农业农村水利'],
  ['国资', '国有资产监督管理'],
  ['市监', '市场监督管理'],
  ['市场监管', '市场监督管理'],
  ['食药监', '食品药品监督管理'],
  ['安监', '安全生产监督管理'],
  ['城管', '城市管理'],
  ['数管', '数据资源管理'],
  ['应急', '应急管理'],
  ['医保', '医疗保障'],
  ['退役军人事务', '退役军人'],
  ['交通运输', '交通'],
  ['行政审批', '审批'],
]

const sorted = [...spellings].sort((a, b) => b[0].length - a[0].length)

/** One form for all ways to write a name: 发改委, 发展改革委, 发展和改革委员会. */
export function spelledOut(name: string): string {
  let text = name
    .replace(/委员会$/, '委')
    .replace(/办公室$/, '办')
    .replace(/人民政府/, '政府')
  for (const [short, full] of sorted) {
    if (text.includes(full)) continue
    text = text.replace(short, full)
  }
  // 应急局 and 应急管理局, 水务局 and 水务管理局.
  return text.replace(/管理(?=[局委办处]$)/, '')
}

/**
 * Without the own place before it: 云溪县财政局, 县财政局 → 财政局. A name that would lose its whole sense stays:
 * 县委办 is not 委办.
 */
export function withoutPlace(name: string, own: readonly string[]): string {
  for (const place of own) {
    if (place !== '' && name.startsWith(place) && name.length > place.length + 1)
      return name.slice(place.length)
  }
  const bare =
    /^(?:全)?(?:省|市(?!场|容|政(?![务协法策]))|州|盟|县|区(?!域)|旗)(?![直属级委]|政府|人民政府)(?=.{3,}$)/.exec(
      name,
    )
  return bare ? name.slice(bare[0].length) : name
}

export function isSubsequence(short: string, full: string): boolean {
  let at = 0
  for (const sign of full) if (sign === short[at]) at++
  return at === short.length
}

/** 经发局 of 经济发展局: of no word more than one sign was left out. */
export function isAbbreviation(short: string, full: string): boolean {
  if (short.length < 3 || short.length >= full.length || short[0] !== full[0]) return false
  let at = 0
  for (const sign of short) {
    if (full[at] !== sign) at++
    if (full[at] !== sign) return false
    at++
  }
  return at === full.length
}
