import { type ReadDocument, signersOf } from '#modules/files'
import { lastDayOfSpan, readDate } from './dates.ts'
import { ordinalOf } from './doc-no.ts'
import { readListedNo } from './listed-no.ts'
import type { Doubt, NamedAttachment, Recognised, RecognisedField } from './recognised.ts'
import { tidyTitle } from './title-form.ts'

type Sheets = Extract<ReadDocument, { form: 'sheets' }>

const COLUMNS = {
  title: /^(?:政策|公文|行政|规范性)*(?:文件)?(?:标题|名称|题名|题目)$/,
  docNo: /^(?:发文|文件|公文)?(?:文号|字号)$|^(?:发文|文件)编号$|^公文文号$/,
  issuer: /^(?:发文|发布|制定|制发|印发|公布|成文)(?:机关|机构|单位|部门)$/,
  signedOn: /^(?:成文|发文|印发|签发|制定|生成)(?:日期|时间)$/,
  publishedOn: /^(?:发布|公布|公开|上网)(?:日期|时间)$/,
  effectiveFrom: /^(?:施行|实施|生效|执行)(?:日期|时间)$/,
  validUntil: /^(?:有效期(?:至|限|截止)?|(?:失效|终止|截止|到期)(?:日期|时间)|有效期截止日期)$/,
  validity: /^(?:是否)?(?:现行)?有效(?:性)?$|^时效性?$|^效力(?:状态)?$|^(?:文件)?状态$|^清理(?:结果|意见)$/,
  basis: /^(?:废止|失效|修改)(?:依据|文件|情况|说明)$/,
  note: /^备注$|^说明$/,
  indexNo: /^(?:信息)?索引号$/,
  theme: /^主题(?:分类|类别)?$/,
  source: /^(?:信息)?来源$/,
  file: /^(?:文件|附件|正文)(?:名|路径|地址)?$|^(?:原文|网页|文件|正文)?(?:链接|网址|地址)$|^url$/i,
} as const satisfies Record<string, RegExp>
type Column = keyof typeof COLUMNS

const HEADER_WITHIN = 10

/** A spreadsheet that lists documents, one of each row; null when none of its sheets is such a list. */
export function recogniseList(file: string, { sheets, doubts }: Sheets): Recognised[] | null {
  const found: Recognised[] = []
  const others: string[] = []
  for (const sheet of sheets) {
    const at = sheet.rows.slice(0, HEADER_WITHIN).findIndex(row => isHeader(columnsOf(row)))
    const header = sheet.rows[at]
    if (!header) {
      if (sheet.rows.length > 0) others.push(sheet.name)
      continue
    }
    const columns = columnsOf(header)
    for (const [i, row] of sheet.rows.entries()) {
      if (i <= at || isHeader(columnsOf(row))) continue
      const one = readRow(`${file} · ${sheet.name} 第 ${i + 1} 行`, row, header, columns, i + 1)
      if (one) found.push(one)
    }
  }
  const [first] = found
  if (!first) return null
  first.doubts.push(...doubts.map(({ why }): Doubt => ({ field: 'body', why })))
  if (others.length > 0)
    first.doubts.push({
      field: 'body',
      why: `同一个表格文件里的工作表“${others.join('、')}”不是文件清单，没有导入。请核对。`,
    })
  return found
}

function columnsOf(row: readonly string[]): Partial<Record<Column, number>> {
  const columns: Partial<Record<Column, number>> = {}
  for (const [at, cell] of row.entries()) {
    const label = cell.replace(/[\s*＊：:]+/g, '').replace(/[（(][^（）()]*[）)]$/, '')
    if (label === '' || label.length > 14) continue
    for (const name of Object.keys(COLUMNS) as Column[])
      if (columns[name] === undefined && COLUMNS[name].test(label)) {
        columns[name] = at
        break
      }
  }
  return columns
}

/** The column of names and one more fact of a document: a list of anything else has no numbers or organs that issue. */
function isHeader(columns: Partial<Record<Column, number>>): boolean {
  const telling: Column[] = [
    'docNo',
    'issuer',
    'signedOn',
    'publishedOn',
    'effectiveFrom',
    'validUntil',
    'validity',
    'indexNo',
  ]
  return columns.title !== undefined && telling.some(name => columns[name] !== undefined)
}

function readRow(
  file: string,
  row: readonly string[],
  header: readonly string[],
  columns: Partial<Record<Column, number>>,
  number: number,
): Recognised | null {
  const cell = (name: Column) => {
    const at = columns[name]
    const text = at === undefined ? '' : (row[at] ?? '').trim()
    return /^(?:无|暂无|空|null|[-—/\\]+)$/i.test(text) ? '' : text
  }
  const printed = cell('title')
  if (printed === '' && cell('docNo') === '') return null
  const doubts: Doubt[] = []
  const doubt = (field: RecognisedField, name: Column, why: string) =>
    void doubts.push({ field, why: `第 ${number} 行“${header[columns[name] ?? -1] ?? ''}”：${why}` })

  const no = cell('docNo') === '' ? null : readListedNo(cell('docNo'))
  if (no?.why) doubt('docNo', 'docNo', `${no.why}。`)
  const dayOf = (name: Extract<Column, RecognisedField>) => {
    const date = cell(name) === '' ? null : readDate(cell(name))
    if (date?.why) doubt(name, name, `${date.why}。`)
    else if (date === null && cell(name) !== '')
      doubt(name, name, `“${cell(name)}”不是日期，没有采用。请对照原件填写。`)
    return date?.on ?? null
  }
  const effectiveFrom = dayOf('effectiveFrom')
  const signedOn = dayOf('signedOn')
  const publishedOn = dayOf('publishedOn')
  const validUntil = spanEnd(cell('validUntil'), effectiveFrom) ?? dayOf('validUntil')
  const issuers = issuersOf(cell('issuer'))
  if (printed === '') doubts.push({ field: 'title', why: `第 ${number} 行没有写文件名称。请对照原件填写。` })
  if (issuers.length === 0)
    doubts.push({ field: 'issuer', why: `第 ${number} 行没有写发文机关。请对照原件填写。` })
  if (no === null) doubts.push({ field: 'docNo', why: `第 ${number} 行没有写文号。原件有文号的，请补填。` })
  if (signedOn === null && cell('signedOn') === '')
    doubts.push({ field: 'signedOn', why: `第 ${number} 行没有写成文日期。请对照原件填写。` })
  if (publishedOn === null && cell('publishedOn') === '')
    doubts.push({ field: 'publishedOn', why: `第 ${number} 行没有写发布日期。请查原网页后填写。` })
  for (const name of ['validity', 'basis', 'note'] as const) {
    const says = cell(name)
    if (/废止|失效|停止|修改|修订|作废|^(?:否|无效|x|×)$/i.test(says))
      doubt(
        'validUntil',
        name,
        `写着“${says}”。系统只按文件的规定计算有效性，没有照录；请把废止或修改它的文件也导入，或补上失效日期。`,
      )
  }
  doubts.push({ field: 'body', why: `第 ${number} 行只列了目录，没有正文。请导入原文，或在工作台补上。` })
  const { sourceUrl, attachments } = filesOf(cell('file'))
  return {
    file,
    sourceUrl,
    title:
      printed === '' ? null : tidyTitle(printed.replace(/^《([^《》]*(?:《[^《》]*》[^《》]*)*)》$/, '$1')),
    titlePrinted: printed === '' ? null : printed,
    issuer: issuers[0] ?? null,
    issuers,
    docNo: no?.docNo ?? null,
    docNoPrinted: cell('docNo') === '' ? null : cell('docNo'),
    indexNo: cell('indexNo') === '' ? null : cell('indexNo'),
    signedOn,
    publishedOn,
    publishedAtPrinted: cell('publishedOn') === '' ? null : cell('publishedOn'),
    effectiveFrom,
    validUntil,
    source: cell('source') === '' ? null : cell('source'),
    theme: cell('theme') === '' ? null : cell('theme'),
    repeals: [],
    amends: [],
    cites: [],
    attachments,
    pictures: [],
    links: [],
    bodyHtml: '',
    bodyText: '',
    secrecyMarks: [],
    doubts,
  }
}

function issuersOf(printed: string): string[] {
  const parts = printed.split(/[\n、，,;；/]+/).map(part => part.trim())
  const organs = parts.flatMap(part =>
    signersOf(part).length > 0 ? signersOf(part) : [part.replace(/\s+/g, '')],
  )
  return [...new Set(organs.filter(part => part !== ''))]
}

/** 有效期 `5年`, counted from the day of effect. */
function spanEnd(printed: string, from: string | null): string | null {
  const [, count = '', unit] = /^([0-9一二三四五六七八九十两]{1,3})\s*(年|个月)$/.exec(printed) ?? []
  if (!unit || !from) return null
  const length = ordinalOf(count.replace('两', '二'))
  return unit === '年' ? lastDayOfSpan(from, length, 0) : lastDayOfSpan(from, 0, length)
}

function filesOf(printed: string): { sourceUrl: string | null; attachments: NamedAttachment[] } {
  const parts = printed
    .split(/[\n;；]+/)
    .map(part => part.trim())
    .filter(part => part !== '')
  const page = parts.find(
    part =>
      URL.canParse(part) && /^https?:/.test(part) && !/\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$/i.test(part),
  )
  const attachments = parts
    .filter(part => part !== page && /\.[a-z0-9]{2,4}$|\//i.test(part))
    .map(part => ({ name: part.split(/[\\/]/).at(-1) ?? part, href: part }))
  return { sourceUrl: page ?? null, attachments }
}

/** Sheets that list no documents: their tables are the text of one document, a row of one cell is a line of it. */
export function textOfSheets({ sheets }: Sheets): string {
  const lines: string[] = []
  for (const sheet of sheets) {
    if (sheets.length > 1) lines.push('', sheet.name, '')
    for (const row of sheet.rows) {
      const cells = row.map(cell => cell.replace(/[|｜\s]+/g, ' ').trim())
      const filled = cells.filter(cell => cell !== '')
      if (filled.length === 1) lines.push('', filled[0] ?? '', '')
      else if (filled.length > 1) lines.push(`|${cells.join('|')}|`)
    }
  }
  return lines.join('\n')
}
