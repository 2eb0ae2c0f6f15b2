import { type PrintedUnit, splitUnits } from './split-units.ts'
import { endsAsOrgan, unitForm } from './unit-form.ts'

export type Role = 'lead' | 'responsible'

/** Who has to do it, as one bracket, label or cell says. */
export type Assignment = {
  start: number
  end: number
  lead: PrintedUnit[]
  responsible: PrintedUnit[]
  /** How it is printed: a bracket, a label 责任单位：, a sentence 由…牵头. */
  how: 'bracket' | 'label' | 'sentence'
  /** 0…1: that it is an assignment and the roles are read rightly. */
  sure: number
  why: string[]
}

const LABEL_ROLE =
  '牵头|责任|配合|主办|协办|承办|参与|参加|落实|实施|主责|协同|协助|责任牵头|牵头责任|主要责任|具体责任|督办|督导|完成|分管|主管|工作'
const LABEL_THING =
  '单位|部门|处室|科室|股室|机构|主体|领导|负责人|责任人|人员|人|市领导|县领导|区领导|省领导'
const TIME_LABEL =
  '完成时限|完成时间|时间要求|时限要求|时间节点|办结时限|时间进度|时限|完成期限|整改时限|整改期限|办理时限|办理期限|完成日期|工作时限|推进时间|时间安排'

/** `牵头单位：`, `配合/责任单位:`, `责任领导：`, `完成时限：`, `牵头：`; groups: role words, thing, time label. */
const LABEL = new RegExp(
  `(?<![\\u4e00-\\u9fff])(?:((?:${LABEL_ROLE})(?:[/、和及（(]*(?:${LABEL_ROLE}))*[）)]?)\\s?(${LABEL_THING})|(牵头|配合|责任|主办|协办|落实)|(${TIME_LABEL}))\\s?(?:[:：]|为[:：])\\s*`,
  'g',
)
/** The same where no sign stands before it, for labels that ran together: …财政局配合单位：…. */
const GLUED_LABEL = new RegExp(
  `((?:牵头|责任|配合|主办|协办|承办|参与|主责)(?:[/、和及](?:牵头|责任|配合|主办|协办|参与))*)(单位|部门|处室|科室|领导|人)()()\\s?[:：]\\s*|(${TIME_LABEL})\\s?[:：]\\s*`,
  'g',
)

type LabelledPart = { role: Role | 'person' | 'time'; labelStart: number; start: number; end: number }

/** The labelled parts of a line: `牵头单位：甲；责任单位：乙`. Empty when there is no such label. */
export function labelledParts(line: string): LabelledPart[] {
  if (!/[:：]/.test(line)) return []
  let found = [...line.matchAll(LABEL)]
  const first = found[0]
  if (first) {
    const from = first.index + first[0].length
    const glued = [...line.slice(from).matchAll(GLUED_LABEL)].map(match => {
      match.index += from
      return match
    })
    const extra = glued.filter(one => !found.some(known => overlaps(known, one)))
    found = [...found, ...extra].sort((a, b) => a.index - b.index)
  }
  return found.map((match, i) => ({
    role: roleOf(match),
    labelStart: match.index,
    start: match.index + match[0].length,
    end: found[i + 1]?.index ?? line.length,
  }))
}

const overlaps = (one: RegExpMatchArray, other: RegExpMatchArray) =>
  (one.index ?? 0) < (other.index ?? 0) + other[0].length &&
  (other.index ?? 0) < (one.index ?? 0) + one[0].length

function roleOf(match: RegExpMatchArray): LabelledPart['role'] {
  const words = `${match[1] ?? ''}${match[3] ?? ''}`
  const thing = match[2] ?? ''
  if (words === '' || (match[4] !== undefined && match[4] !== '')) return 'time'
  if (/领导|人/.test(thing)) return 'person'
  return /牵头|主办|主责/.test(words) && !/配合|协办/.test(words) ? 'lead' : 'responsible'
}

const VERB =
  /(?:按照?(?:各自)?(?:的)?(?:工作)?(?:职责|职能)(?:任务)?(?:和)?(?:分工)?|按(?:照)?(?:各自)?分工|依(?:据|照)?(?:各自)?职责|根据(?:各自)?职责(?:分工)?|结合(?:各自)?职责|各自|共同|分别|具体|统一|统筹|组织|主要|协同|积极|认真|抓好|做好|总体|总){0,4}(?:牵头|主办|主责|负责|落实|配合|实施|执行|参与|参加|协助|协办|承办|督促|推进|完成|办理|抓好)(?:组织|落实|实施|负责|督促|指导|推进|办理|完成|抓好|配合|协调|抓|工作|到位|具体|监督){0,4}(?![局处办委科组厅股]|中心|部门|单位|处室|科室|领导|人)/g

/** （列第一位者为牵头单位，下同）: says how to read the lists; blanks keep the place of everything else. */
const NOTE = /[（(][^（）()]*(?:第一位|排首位|居首位|下同)[^（）()]*[）)]/g
const withoutNotes = (text: string) => text.replace(NOTE, note => ' '.repeat(note.length))

/** What a piece of text where units are expected says of who leads and who helps. `at`: its place in the text. */
export function readAssignment(
  printed: string,
  at: number,
  given: Role | null = null,
): Omit<Assignment, 'start' | 'end' | 'how'> {
  const inner = withoutNotes(printed)
  const said = { lead: [] as PrintedUnit[], responsible: [] as PrintedUnit[], sure: 1, why: [] as string[] }
  const parts = labelledParts(inner)
  if (parts.length > 0) {
    const [head] = parts
    if (head && head.labelStart > 0) merge(said, readClauses(inner.slice(0, head.labelStart), at, given))
    for (const part of parts) {
      if (part.role === 'person' || part.role === 'time') continue
      merge(said, readClauses(inner.slice(part.start, part.end), at + part.start, part.role))
    }
  } else merge(said, readClauses(inner, at, given))
  return said
}

type Said = { lead: PrintedUnit[]; responsible: PrintedUnit[]; sure: number; why: string[] }

function merge(said: Said, more: Said): void {
  for (const role of ['lead', 'responsible'] as const) {
    for (const unit of more[role])
      if (!said[role].some(known => known.name === unit.name)) said[role].push(unit)
  }
  said.sure = Math.min(said.sure, more.sure)
  said.why.push(...more.why)
}

/** 县委编办（牵头）: the word in brackets is said of the name right before it. */
const ROLE_BEHIND = /[（(](牵头|主办|主责|配合|协办)(?:单位|部门)?[）)]/g

function readClauses(printed: string, at: number, given: Role | null): Said {
  const marked = [...printed.matchAll(ROLE_BEHIND)]
  if (marked.length > 0) return readMarked(printed, at, given, marked)
  return readPlain(printed, at, given)
}

function readMarked(text: string, at: number, given: Role | null, marked: readonly RegExpMatchArray[]): Said {
  const said: Said = { lead: [], responsible: [], sure: 1, why: [] }
  let from = 0
  for (const match of marked) {
    const index = match.index ?? 0
    const units = splitUnits(text.slice(from, index), at + from)
    put(said, 'responsible', units.slice(0, -1))
    put(said, /牵头|主办|主责/.test(match[1] ?? '') ? 'lead' : 'responsible', units.slice(-1))
    from = index + match[0].length
  }
  merge(said, readPlain(text.slice(from), at + from, given === 'lead' ? 'responsible' : given))
  return said
}

function readPlain(text: string, at: number, given: Role | null): Said {
  const said: Said = { lead: [], responsible: [], sure: 1, why: [] }
  let from = 0
  let verbs = 0
  for (const match of text.matchAll(VERB)) {
    const names = text.slice(from, match.index)
    from = match.index + match[0].length
    if (names.trim().replace(/^[，,；;、。和并]+/, '') === '') continue
    verbs++
    const role: Role = /牵头|主办|主责|总负责/.test(match[0]) ? 'lead' : 'responsible'
    takeNames(said, names, at + (match.index - names.length), role, verbs === 1)
  }
  const rest = text.slice(from)
  const leaders = LEADERS.exec(rest)
  if (leaders && leaders.index > 0)
    takeNames(said, rest.slice(0, leaders.index), at + from, 'lead', verbs === 0)
  else if (rest.trim() !== '')
    takeNames(said, rest, at + from, verbs === 0 && given ? given : 'responsible', verbs === 0)
  return said
}

const WITH = /(?:，|,|、)?\s*(?:会同|协同|联合)/

/** 教体局、卫健委等牵头单位 in a column of responsible units. */
const LEADERS = /等?(?:各)?(?:牵头|主办|主责)(?:单位|部门|处室|科室)\s*[。；;]?\s*$/

/** Names before a verb. `X会同Y`: X leads, whatever the verb. */
function takeNames(said: Said, names: string, at: number, role: Role, first: boolean): void {
  const together = WITH.exec(names)
  const head = together ? names.slice(0, together.index) : names
  const tail = together ? names.slice(together.index + together[0].length) : ''
  const heads = splitUnits(head, at)
  if (together && heads.length > 0 && role === 'responsible' && first) {
    put(said, 'lead', heads)
    said.sure = Math.min(said.sure, 0.75)
    said.why.push('“会同”前面的单位按牵头单位计')
  } else put(said, role, heads)
  if (tail !== '')
    put(said, 'responsible', splitUnits(tail, at + (together?.index ?? 0) + (together?.[0].length ?? 0)))
}

function put(said: Said, role: Role, units: readonly PrintedUnit[]): void {
  for (const unit of units) if (!said[role].some(({ name }) => name === unit.name)) said[role].push(unit)
}

/** ；以下均需各县区负责，不再列出 */
const ASIDE = /[；;，,。]\s*(?:以下|下同|其他各项|其余)[\s\S]*$/

/** What stands in brackets and names organs without assigning anything. */
const NO_ASSIGNMENT =
  /^(?:以下|下同|下称|简称|又称|即|如|例如|含|包括|不含|除|试行|暂行|见|详见|参见|附|注|注：|根据|依据|按|参照|其中|指|由于|已|原|国发|[\d〇○]+$)|以下(?:统|简)?称|简称|《|〔[12]\d{3}|\[[12]\d{3}|https?:|www\.|电话|邮箱|联系人|年版|修订|公开发布|此件|抄送/

/**
 * Whether a bracket assigns, and what. `behind` and `ahead` are the signs before and after it: 市政务中心（市公开办） names one
 * organ twice, （市公开办） behind a full stop assigns.
 */
export function assignmentInBracket(
  inner: string,
  at: number,
  place: { behind: string; atEnd: boolean; endsLine: boolean },
): Omit<Assignment, 'start' | 'end' | 'how'> | null {
  const text = inner.replace(ASIDE, '').trim()
  if (text.length < 2 || text.length > 900 || NO_ASSIGNMENT.test(text)) return null
  const labelled = labelledParts(inner).some(({ role }) => role === 'lead' || role === 'responsible')
  const said = readAssignment(inner.replace(ASIDE, ''), at)
  const all = [...said.lead, ...said.responsible]
  if (all.length === 0) return null
  if (labelled) return said
  const like = all.filter(({ sure }) => sure >= 0.6).length / all.length
  if (hasVerb(text)) {
    if (like < 0.5 || (!place.atEnd && like < 1)) return null
    return { ...said, sure: Math.min(said.sure, 0.6 + 0.4 * like) }
  }
  if (like < 1 || all.some(({ name }) => name.length > 22)) return null
  const afterSentence = /[。；;：:！!”"》）)]$/.test(place.behind) || place.behind === ''
  // 报送市政务服务局（市大数据局） says one name twice; 加强文件管理（市司法局） assigns.
  const afterName = endsAsOrgan(place.behind)
  if (!afterSentence && (!place.atEnd || (all.length < 2 && (afterName || !place.endsLine)))) return null
  const surest = Math.min(...all.map(({ name }) => unitForm(name)))
  if (surest < 0.6) return null
  return { ...said, sure: 0.85, why: [...said.why, '括号里只列了单位，没有写明牵头还是配合，按责任单位计'] }
}

function hasVerb(text: string): boolean {
  return new RegExp(VERB.source).test(text)
}

/** Behind 责任单位： stands nothing but units; running text there is a heading such as 责任分工：. */
export function looksLikeUnits(text: string): boolean {
  const { lead, responsible } = readAssignment(text, 0)
  const units = [...lead, ...responsible]
  return units.length > 0 && units.every(({ sure }) => sure >= 0.45)
}
