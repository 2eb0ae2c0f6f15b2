import { halfWidth } from './dates.ts'

/** 文号 in its parts; `docNo` is the normal form with 〔〕 (S-GWG-08). */
export type DocNo = { docNo: string; code: string; year: number; no: number }

export type ReadDocNo = { value: DocNo | null; why: string | null }

const OPEN = '〔\\[［【（(﹝〖「〈<＜{｛'
const CLOSE = '〕\\]］】）)﹞〗」〉>＞}｝'
const CODE = '[\\u4e00-\\u9fff]{1,12}(?:[（(][\\u4e00-\\u9fff]{1,6}[）)][\\u4e00-\\u9fff]{1,8})?'
const WELL_FORMED = new RegExp(`^(${CODE})[${OPEN}](\\d{4})年?[${CLOSE}](第?)(\\d{1,5})号$`)

/** The source of a pattern that finds a number inside a line; it has no groups. What it says is for `readDocNo`. */
export const DOC_NO_IN_TEXT = `[\\u4e00-\\u9fff（）]{2,14}\\s?[${OPEN}]\\s?[0-9０-９]{4}\\s?[${CLOSE}]\\s?第?\\s?[0-9０-９]{1,5}\\s?号`

const WHOLE = `[${OPEN}][^\\u4e00-\\u9fff]{1,8}年?[${CLOSE}]`
const DAMAGED = `[${OPEN}]?[\\dOolI]{4,9}年?[${CLOSE}]?`
const RESEMBLING = new RegExp(
  `^[\\u4e00-\\u9fff（）()]{2,20}(?:(?:${WHOLE}|${DAMAGED})第?[^\\u4e00-\\u9fff]{0,8}号|${WHOLE}第?\\d{1,5})$`,
  'u',
)

/** Has the look of a number, whole or damaged: `中办发〔20168号`, `云政发2024 3号`. For lines where one may stand. */
export function resemblesDocNo(line: string): boolean {
  const text = compact(line)
  return text.length <= 36 && RESEMBLING.test(text)
}

/** Any bracket, blank or width on the way in, 〔〕 on the way out; null when it is not a number (S-GWG-22). */
export function normaliseDocNo(printed: string): DocNo | null {
  return readDocNo(printed).value
}

/** As `normaliseDocNo`, and says in plain words what is wrong or was put right. Never fills in what is lost. */
export function readDocNo(printed: string): ReadDocNo {
  const text = compact(printed)
  const refuse = (why: string): ReadDocNo => ({
    value: null,
    why: `文号“${printed.trim()}”${why}，没有采用。请对照原件填写`,
  })

  if (text === '') return { value: null, why: null }
  const stranger = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]/u.exec(text)?.[0]
  if (stranger) return refuse(`里有不能用于文号的字符“${stranger}”`)
  const match = WELL_FORMED.exec(text)
  if (!match) return refuse(whatIsWrong(text))

  const [, code = '', yearText = '', ordinal = '', noText = ''] = match
  const year = Number(yearText)
  const no = Number(noText)
  if (year < 1949 || year > 2099) return refuse(`的年份 ${yearText} 不可能`)
  if (no === 0) return refuse('的序号是 0')
  const tidyCode = code.replace('(', '（').replace(')', '）')
  const value = { docNo: `${tidyCode}〔${year}〕${no}号`, code: tidyCode, year, no }
  // S-GWG-08: no “第”, no leading zeros. The number is still plain, so it is taken, and the slip is reported.
  const slip = ordinal !== '' || noText.startsWith('0')
  return { value, why: slip ? `文号原印作“${printed.trim()}”，已按规范写成“${value.docNo}”。请核对` : null }
}

function whatIsWrong(text: string): string {
  if (/\d[OolI]|[OolI]\d/.test(text)) return '里有字母，像是把数字认成了字母'
  const brackets = [...text].filter(sign => new RegExp(`[${OPEN}${CLOSE}]`).test(sign)).length
  if (brackets < 2) return '缺了括号，分不清年份和序号'
  if (!text.endsWith('号')) return '末尾没有“号”字'
  if (!/^[\u4e00-\u9fff]/.test(text)) return '前面没有机关代字'
  if (!new RegExp(`[${OPEN}]\\d{4}年?[${CLOSE}]`).test(text)) return '的年份不是四位数'
  return '不合“机关代字〔年份〕序号号”的写法'
}

function compact(printed: string): string {
  return halfWidth(printed).replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, '')
}
