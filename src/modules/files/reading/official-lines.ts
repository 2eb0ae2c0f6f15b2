/**
 * What a single line of an official document is, told by its form alone (GB/T 9704, S-GWG-12..17): shared by the
 * setting of text as HTML and by the recognition of who signed and when.
 */

const NUMERAL = '[〇○零一二三四五六七八九十廿卅元正]'
const DATE = `(?:[0-9０-９]{4}年[0-9０-９]{1,2}月[0-9０-９]{1,2}[日号]|[〇○零OＯ一二三四五六七八九]{4}年${NUMERAL}{1,3}月${NUMERAL}{1,4}日)`
const DATE_LINE = new RegExp(`^[（(]?${DATE}[）)]?$`)
const SIGNED_LINE = new RegExp(`^(.{3,60}?)(${DATE})$`)

const ORGAN_ENDING = new RegExp(
  '(?:人民政府|政府|办公室|办公厅|委员会|管委会|人大|政协|法院|检察院|总工会|工会|联合会|协会|商会|公司|集团|银行|' +
    '大学|学院|学校|中学|小学|医院|指挥部|领导小组|小组|专班|联席会议|街道|开发区|园区|新区|合作社|共青团|妇联|残联|' +
    '[县市省区州盟国党]委|[局厅部署院司处科会办所站队馆台组室社委]|中心|分行|支行|总队|支队|大队)' +
    '(?:[（(][^（）()]{1,12}[）)])?$',
)

export function withoutSpaces(text: string): string {
  return text.replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, '')
}

/** Nothing but a full date, as 成文日期 stands under a text (S-GWG-15). */
export function isDateLine(line: string): boolean {
  return DATE_LINE.test(withoutSpaces(line))
}

/** Signer and date that have run together on one line: `云溪县财政局 2024年3月1日`. */
export function splitSignedLine(line: string): { signer: string; date: string } | null {
  const match = SIGNED_LINE.exec(line.length > 90 ? '' : withoutSpaces(line))
  const [, signer = '', date = ''] = match ?? []
  return match && signersOf(signer).length > 0 ? { signer, date } : null
}

/** Has the form of an organ's name. Only convincing in a place where an organ is expected. */
export function looksLikeOrgan(text: string): boolean {
  const name = withoutSpaces(text).replace(/[（(](?:盖章|印章|章|公章)[）)]$/, '')
  if (name.length < 3 || name.length > 40) return false
  if (
    /[，,。；;：:！？、《》〈〉“”"|>＞]|^(?:关于|各|附件|本|由|在|自|为|根据|抄送|第[一二三四五六七八九十])/.test(
      name,
    )
  )
    return false
  // The first line of a broken title may end like an organ: 某机关关于同意组建某委员会.
  if (/关于|印发|转发|[厅院府室]对/.test(name)) return false
  return /^[\u4e00-\u9fff·（）()0-9]+$/.test(name) && ORGAN_ENDING.test(name)
}

/** The organs named on one line, several where blanks or commas divide them; empty when it is no such line. */
export function signersOf(line: string): string[] {
  const text = line.trim().replace(/[（(](?:盖章|印章|章|公章)[）)]/g, '')
  const parts = text.split(/[\s、，,]+/).filter(part => part !== '')
  // A blank may also stand inside one name: 云溪县人民政府 办公室.
  const joint = parts.length > 1 && parts.every(part => looksLikeOrgan(part) && !BARE.test(part))
  if (joint) return parts
  return looksLikeOrgan(text) ? [withoutSpaces(text)] : []
}

/** An organ's kind without its place is the rest of a name. */
const BARE = /^(?:人民政府|办公室|办公厅|委员会|管理?委员?会|领导小组|指挥部)$/

/** 主送机关: flush left, ends with a colon, names organs and nothing else (S-GWG-12). */
export function isAddressee(line: string): boolean {
  const text = line.trim()
  if (!/[：:]$/.test(text) || text.length > 300 || /[。；;！？]/.test(text)) return false
  if (/(?:如下|以下|下列|包括|通知|通告|公告|附件|要求|按照|根据|规定)[^，,、]{0,6}[：:]$/.test(text))
    return false
  if (numberingOf(text) || /^(?:责任|牵头|配合|支持|主办|承办|协办|完成|落实)/.test(text)) return false
  return /^各|^[\u4e00-\u9fff（）()·]*(?:政府|部门|单位|机构|机关|企业|公司|学校|委员会|管委会|办事处|[局厅部院处办会区县市乡镇])(?:[（(][^）)]*[）)])?(?:[，,、：:]|\s)/.test(
    text,
  )
}

/** `附件`, `附件1`, `附件 2：` standing alone: an attachment begins here (S-GWG-17). */
export function isAttachmentStart(line: string): boolean {
  return /^附\s*(?:件|表|录)?\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[：:]?$/.test(line.trim())
}

export type Numbering = { kind: 'part' | 'chapter' | 'section' | 'article' | 'one' | 'bracket'; mark: string }

const MARKS: [Numbering['kind'], RegExp][] = [
  ['part', /^第[一二三四五六七八九十百]+(?:编|篇|部分)(?=[\s：:]|[^\s，,])/],
  ['chapter', /^第[一二三四五六七八九十百]+章/],
  ['section', /^第[一二三四五六七八九十百]+节/],
  [
    'article',
    /^第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?(?![款项的和、，,第]|规定|至第|及第)/,
  ],
  ['one', /^[一二三四五六七八九十百]{1,4}、/],
  ['bracket', /^[（(][一二三四五六七八九十百]{1,4}[）)]/],
]

/** The numbering a line opens with, by the levels of official documents (S-GWG-13). */
export function numberingOf(line: string): Numbering | null {
  for (const [kind, pattern] of MARKS) {
    const mark = pattern.exec(line)?.[0]
    if (mark) return { kind, mark }
  }
  return null
}
