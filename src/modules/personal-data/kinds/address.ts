import type { Finding } from '../finding.ts'
import { mask } from '../mask.ts'
import { labelOf, listsPersons, nearest, type Reading } from '../reading.ts'

const han = '[\\u4e00-\\u9fa5]'
const number = '(?:[\\dA-Z]+(?:-\\d+)?|[一二三四五六七八九十百]+)'
const street = '(?:村|路|大道|街|巷|弄|里|社区|小区|花园|新村|家园|公寓|苑|庄|湾|坊|屯|城)'
/** To a door: a room, a household, a house in a group of a village, a unit of a block. */
const door = `(?:${number}(?:室|房)|${number}组\\s?${number}号|${number}(?:幢|栋|号楼|座)(?!${number}户)[^，。；、,;:()共\\s]{0,8}?${number}(?:室|房|号|单元)?(?!户)|${number}单元[^，。；、,;:()\\s]{0,6}?${number}(?:室|户|号)?)`
const toTheDoor = new RegExp(
  `(?:${han}{2,10}(?:省|自治区|市|县|区|镇|乡|街道|旗))*${han}{1,12}${street}[^，。；、：,;:()\\s]{0,14}?${door}(?:[\\d\\-]*(?:室|户|房|号))?`,
  'g',
)
/** With a word for it before, a house number is enough. */
const toTheHouse = new RegExp(
  `(?:${han}{2,10}(?:省|自治区|市|县|区|镇|乡|街道|旗))*${han}{1,12}${street}[^，。；、：,;:()\\s]{0,14}?${number}(?:号|组|室|户|幢|栋|座)[^，。；、：,;:()\\s]{0,16}`,
  'g',
)
const own =
  /家庭住址|家庭地址|住址|户籍|居住地|现住|常住|住在|家住|户口所在|通讯地址|收件地址|身份证地址|住所地|居住于|住于|,住|，住|、住/
const office =
  /办公地址|办公地点|办公室|单位地址|地址为|会议地点|地点|注册地|经营场所|经营地址|公司住所|邮寄|寄送|窗口|联系地址|受理|咨询|报名|坐落|位于|设在|现场|项目地址|建设地点|施工|看房|标的/
const officeWithin =
  /政府|委员会|局|中心|大厦|大楼|公司|医院|学校|中学|小学|幼儿园|法院|检察院|酒店|宾馆|银行|会议室|窗口|大厅|站|所$|办公|写字楼|商场|市场|厂|工业区|园区|馆|店/

/** Home addresses; the address of an office is none. */
export function* findAddresses(reading: Reading): Generator<Finding> {
  const { text, around } = reading
  const taken: [number, number][] = []
  for (const [form, needsWord] of [
    [toTheDoor, false],
    [toTheHouse, true],
  ] as const) {
    for (const { index, 0: found } of text.matchAll(form)) {
      const [at, whole] = fromItsStart(index, found)
      if (taken.some(([from, to]) => at < to && at + whole.length > from)) continue
      if (!isHome(reading, at, whole, needsWord)) continue
      taken.push([at, at + whole.length])
      const value = whole.replace(/\s/g, '')
      if (around.own?.has(value)) continue
      const end = reading.placeOf(at + whole.length - 1) + 1
      yield {
        kind: 'address',
        certainty: 'likely',
        at: reading.placeOf(at),
        end,
        value,
        masked: mask('address', value),
      }
    }
  }
}

/** The pattern may begin with the words that lead to the address. */
function fromItsStart(at: number, found: string): [number, string] {
  const lead =
    /^.*?(?:住址|地址|家住|住在|户籍地|居住地|现住|居住于|住于|位于|坐落于|住所地|住(?=.{2,}[省市县区镇乡]))(?:[为是在于：:])?/.exec(
      found,
    )?.[0] ?? ''
  return [at + lead.length, found.slice(lead.length)]
}

function isHome(reading: Reading, at: number, whole: string, needsWord: boolean): boolean {
  const { around, text } = reading
  const head = around.head ?? ''
  const label = labelOf(reading, at, 16)
  const inList = listsPersons(around) && /地址|住所|住址/.test(head)
  const said = nearest(label, own)
  if (nearest(label, office) > said && !inList) return false
  if (said < 0 && !inList) {
    if (needsWord) return false
    const after = text.slice(at + whole.length, at + whole.length + 10)
    if (officeWithin.test(whole) || officeWithin.test(after.replace(/[，。；,;].*$/s, ''))) return false
    if (/单位|企业|公司|机构|网点/.test(`${head} ${(around.heads ?? []).join(' ')}`)) return false
  }
  return true
}
