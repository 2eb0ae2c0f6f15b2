import { isDeadlineOnly } from '../deadlines.ts'
import { endsAsOrgan, unitForm } from './unit-form.ts'

/** A name as it stands in print, with its place. `sure`: how much it has the form of an organ's name. */
export type PrintedUnit = { name: string; start: number; end: number; sure: number; why: string | null }

type Piece = { start: number; end: number }

const SEPARATORS = new Set([...'、，,；;。/／|｜\n\t'])
const OPEN = new Set([...'（(【[〔［'])
const CLOSE = new Set([...'）)】]〕］'])

/**
 * A printed list of units → the names, whole and in order: split at 、，； 和 与 及 会同 配合 等, never inside brackets or
 * inside a name such as 住房和城乡建设局. `at` is where the list stands in the text.
 */
export function splitUnits(list: string, at = 0): PrintedUnit[] {
  const found: PrintedUnit[] = []
  for (const piece of joinedLevels(list, piecesOf(list))) {
    for (const part of conjoined(list, piece)) {
      for (const name of withoutEtc(list, trimmed(list, part))) {
        const unit = unitAt(list, trimmed(list, name), at, found.at(-1))
        if (unit) found.push(unit)
      }
    }
  }
  return found
}

function unitAt(
  list: string,
  { start, end }: Piece,
  at: number,
  before: PrintedUnit | undefined,
): PrintedUnit | null {
  const name = list.slice(start, end)
  // 各有关部门、单位
  if (name === '单位' && before && /^各?(?:有关|相关).*部门$/.test(before.name))
    return { name, start: at + start, end: at + end, sure: 0.6, why: null }
  if (name.length < 2 || isDeadlineOnly(name) || FILLER.test(name)) return null
  const sure = unitForm(name)
  const why = sure >= 0.6 ? null : `“${name}”不像机构名称，请核对`
  return { name, start: at + start, end: at + end, sure, why }
}

/** Words about the work that stand among the names. */
const FILLER =
  /^(?:牵头|负责|落实|配合|实施|参与|等|等等|其他|略|无|同上|\/|-+|—+|长期|持续(?:推进|实施)?|长期坚持|分工负责|按职责分工(?:负责)?|各负其责|责任单位|牵头单位|配合单位|牵头部门|责任部门|部门|单位|下同|列第一位的为牵头单位)$/

function piecesOf(list: string): Piece[] {
  const pieces: Piece[] = []
  let depth = 0
  let start = 0
  const cut = (end: number, next: number) => {
    if (list.slice(start, end).trim() !== '') pieces.push({ start, end })
    start = next
  }
  for (let at = 0; at < list.length; at++) {
    const sign = list[at] ?? ''
    if (OPEN.has(sign)) depth++
    else if (CLOSE.has(sign)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && SEPARATORS.has(sign)) cut(at, at + 1)
    else if (depth === 0 && /[\s\u3000]/.test(sign) && dividesAt(list, start, at)) cut(at, at + 1)
  }
  cut(list.length, list.length)
  return pieces
}

/** A blank divides where a whole name stands on both sides; elsewhere typesetting put it in. */
function dividesAt(list: string, start: number, at: number): boolean {
  const before = list.slice(start, at).trim()
  const after = /^\s*([^、，,；;。\s（(]*)/.exec(list.slice(at, at + 40))?.[1] ?? ''
  return (
    before.length >= 3 &&
    endsAsOrgan(before) &&
    unitForm(before) >= 0.6 &&
    (after.length >= 3 || after === '')
  )
}

const BARE_LEVEL = /^(?:各|全)?(?:设区)?(?:省|市|州|盟|县|区|旗|乡|镇)(?:[（(][^（）()]{1,8}[）)])?$/
const LEVEL_GOES_ON =
  /^(?:省|市|州|盟|县|区|旗|乡|镇)(?:[（(][^（）()]{1,8}[）)])?(?:两级|级)?(?:人民政府|政府|党委政府|党委)?(?:[（(][^（）()]{1,8}[）)])?$/

/** 各市、县（区）人民政府 is one name. */
function joinedLevels(list: string, pieces: Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    const between = last ? list.slice(last.end, piece.start) : ''
    if (
      last &&
      between === '、' &&
      LEVEL_GOES_ON.test(list.slice(piece.start, piece.end).trim()) &&
      BARE_LEVEL.test(lastLevel(list.slice(last.start, last.end)))
    )
      joined[joined.length - 1] = { start: last.start, end: piece.end }
    else joined.push(piece)
  }
  return joined
}

const lastLevel = (text: string) => {
  const parts = text.trim().split('、')
  const end = parts.at(-1) ?? ''
  return parts.length > 1 ? end : text.trim()
}

const CONJUNCTION = /以及|会同|配合|协同|联合|和|与|及|暨/g

/** Split at 和 and its like where a whole name stands on both sides. */
function conjoined(list: string, { start, end }: Piece): Piece[] {
  const text = list.slice(start, end)
  const parts: Piece[] = []
  let from = 0
  for (const match of text.matchAll(CONJUNCTION)) {
    if (match.index < from || depthAt(text, match.index) > 0) continue
    const before = text.slice(from, match.index).trim()
    const after = text.slice(match.index + match[0].length).trim()
    const always = match[0] === '会同' || match[0] === '以及'
    if (
      before === '' &&
      /^(?:以及|会同|配合|和|与|及|协同|联合)$/.test(match[0]) &&
      unitForm(firstName(after)) >= 0.6
    ) {
      from = match.index + match[0].length
      continue
    }
    if (!isWholeName(before) || !(always || startsName(after))) continue
    parts.push({ start: start + from, end: start + match.index })
    from = match.index + match[0].length
  }
  parts.push({ start: start + from, end })
  return parts
}

const firstName = (text: string) => text.split(/以及|会同|等/)[0] ?? ''

/** Ends as organs do and is no mere beginning of one: 教育 in 教育和体育局 is none, 市委 is one. */
function isWholeName(text: string): boolean {
  return (
    text.length >= 2 &&
    endsAsOrgan(text) &&
    unitForm(text) >= 0.5 &&
    !/^(?:国有资产|社会|人民|工业|城市管理)$/.test(text)
  )
}

function startsName(text: string): boolean {
  const head = text.split(/以及|会同|等(?!教育|院校)/)[0] ?? ''
  // 市直有关部门和单位 is one name.
  if (/^(?:有关|相关|各)?(?:部门|单位|机构|地区|企业|个人)$/.test(head)) return false
  return unitForm(head) >= 0.5 && endsAsOrgan(head)
}

function depthAt(text: string, at: number): number {
  let depth = 0
  for (let i = 0; i < at; i++) {
    const sign = text[i] ?? ''
    if (OPEN.has(sign)) depth++
    else if (CLOSE.has(sign)) depth = Math.max(0, depth - 1)
  }
  return depth
}

const ETC = /(?<![高平同中初均])等(?!教育|院校|级|额|次)/

/** 税务局、经信局等直有关单位: the names before 等, and the group behind it where it says more than 部门. */
function* withoutEtc(list: string, { start, end }: Piece): Generator<Piece> {
  const text = list.slice(start, end)
  const etc = ETC.exec(text)
  if (!etc || depthAt(text, etc.index) > 0) {
    yield { start, end }
    return
  }
  if (etc.index > 0) yield { start, end: start + etc.index }
  const rest = text.slice(etc.index + 1)
  const counted = /^\s*(?:[0-9一二三四五六七八九十]+(?:个|家))?/.exec(rest)?.[0].length ?? 0
  const group = rest.slice(counted)
  if (group !== '' && !VAGUE.test(group)) yield { start: start + etc.index + 1 + counted, end }
}

/** Behind 等 these only say that there are more; 有关部门 and the like are a group that has to act too. */
const VAGUE =
  /^(?:(?:各|其他|成员|责任|牵头|配合|主管|业务|职能|市级|省级|县级|区级)*(?:部门|单位|机构|处室|科室|股室|企业|地区?|部门和单位|部门、单位|部门单位)?|有关|相关)(?:分别|具体|共同|按职责)?$/

/** Without the words that lead to a name and the signs around it. */
function trimmed(list: string, { start, end }: Piece): Piece {
  const text = list.slice(start, end)
  const lead =
    /^[\s\u3000：:.．·•\-—]*(?:(?:并|请|拟|再|主要|分别|具体|统一)?由(?!县)|请|其中|会同|协同|并会同|需|报)?[\s\u3000：:]*/.exec(
      text,
    )?.[0].length ?? 0
  const rest = text.slice(lead)
  const tail =
    /(?:[\s\u3000.．:：]|(?:按照?|依据?|根据)(?:各自)?(?:工作)?(?:的)?职(?:责|能)(?:和)?(?:任务)?(?:分工)?|按(?:照)?(?:各自)?分工|分工|分别|共同|具体|为主)*$/.exec(
      rest,
    )?.index
  return { start: start + lead, end: start + lead + (tail ?? rest.length) }
}
