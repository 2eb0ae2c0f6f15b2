import { bracketsIn } from '../brackets.ts'
import type { Line } from '../lines.ts'
import { readMark } from '../numbering.ts'
import {
  type Assignment,
  assignmentInBracket,
  labelledParts,
  looksLikeUnits,
  readAssignment,
} from './assignment.ts'
import { unitForm } from './unit-form.ts'

/** All assignments that an item's own lines print, in their order; neighbours without words between them are one. */
export function findAssignments(lines: readonly Line[]): Assignment[] {
  const found: Assignment[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (!line || line.text === '') continue
    const label = labelAt(lines, i)
    if (label) {
      found.push(label.assignment)
      i += label.lines - 1
      continue
    }
    found.push(...inBrackets(lines, i), ...inSentence(line))
  }
  found.sort((a, b) => a.start - b.start)
  return withoutInner(found)
}

/** A line of labels, or labels behind a full stop; a label alone takes the names from the lines below it. */
function labelAt(lines: readonly Line[], at: number): { assignment: Assignment; lines: number } | null {
  const line = lines[at]
  if (!line) return null
  const parts = labelledParts(line.text)
  const [first] = parts
  if (!first) return null
  const open = line.text.slice(0, first.labelStart)
  if (/[（(【［[]\s*$/.test(open) || insideBracket(line.text, first.labelStart)) return null
  if (!/(?:^|[。；;！？!?）)”\s\u3000：:])$/.test(open)) return null
  if (!parts.some(({ role }) => role !== 'time')) return null
  let end = line.end
  let text = line.text.slice(first.labelStart)
  let taken = 1
  const last = parts.at(-1)
  if (last && line.text.slice(last.start).trim() === '') {
    for (let next = lines[at + taken]; next && isNames(next.text) && taken < 60; next = lines[at + taken]) {
      text += `\n${next.text}`
      end = next.end
      taken++
    }
  } else {
    // A list that ran over the margin ends with its separator, or in the middle of a name.
    for (let next = lines[at + taken]; next && taken < 20; next = lines[at + taken]) {
      if (!(/[、，,]$/.test(text) ? isNames(next.text) : goesOnInName(text, next.text))) break
      text += next.text
      end = next.end
      taken++
    }
  }
  const start = line.start + first.labelStart
  const stop = taken === 1 ? sentenceEnd(text) : text.length
  const said = readAssignment(text.slice(0, stop), start)
  const persons = parts.every(({ role }) => role === 'person' || role === 'time')
  if (said.lead.length + said.responsible.length === 0 && !persons) return null
  if (said.lead.length + said.responsible.length === 0) return null
  return {
    assignment: {
      start,
      end: taken === 1 ? start + stop : end,
      how: 'label',
      ...said,
      sure: likely(said.sure, [...said.lead, ...said.responsible]),
    },
    lines: taken,
  }
}

/** 市住房和城乡 at the margin, 建设局 below it. */
function goesOnInName(text: string, next: string): boolean {
  const last = text.split(/[、，,；;：:]/).at(-1) ?? ''
  if (last.length < 2 || next.length > 60 || text.length < 14 || unitForm(last) >= 0.9) return false
  const [rest = ''] = next.split(/[、，,；;]/)
  return (
    !/[:：]/.test(next) &&
    readMark(next) === null &&
    unitForm(last + rest) >= 0.9 &&
    looksLikeUnits(last + next)
  )
}

function likely(sure: number, units: readonly { sure: number }[]): number {
  const like = units.filter(unit => unit.sure >= 0.6).length / Math.max(1, units.length)
  return Math.min(sure, 0.5 + 0.5 * like)
}

/** A label's value ends with its sentence, if a new one begins behind it. */
function sentenceEnd(text: string): number {
  const stop = /。(?=\s*[^\s责牵配协主完时联])/.exec(text)
  return stop ? stop.index + 1 : text.length
}

const isNames = (text: string) =>
  text !== '' && text.length <= 200 && !/[:：]/.test(text) && looksLikeUnits(text)

function insideBracket(text: string, at: number): boolean {
  const before = text.slice(0, at)
  return (
    Math.max(before.lastIndexOf('（'), before.lastIndexOf('('), before.lastIndexOf('【')) >
    Math.max(before.lastIndexOf('）'), before.lastIndexOf(')'), before.lastIndexOf('】'))
  )
}

const WRAPPED_LINES = 4

function inBrackets(lines: readonly Line[], at: number): Assignment[] {
  const line = lines[at]
  if (!line) return []
  const found: Assignment[] = []
  for (const bracket of bracketsIn(line.text)) {
    let { inner } = bracket
    let end = bracket.end
    if (!bracket.closed) {
      const wrapped = goesOnBelow(lines, at)
      if (wrapped) {
        inner += wrapped.inner
        end = wrapped.end - line.start
      }
    }
    const ahead = bracket.closed ? line.text.slice(end) : ''
    const said = assignmentInBracket(inner, line.start + bracket.innerStart, {
      endsLine: /^\s*[。；;]?\s*$/.test(ahead),
      behind: line.text.slice(0, bracket.start).trimEnd().slice(-8),
      atEnd:
        /^\s*(?:[。；;，,！!]?\s*$|[。；;]|[（(【]|[一二三四五六七八九十]是|[0-9]{1,2}[.．、])/.test(ahead) ||
        startsSentence(ahead),
    })
    if (!said) continue
    const why = bracket.closed || end !== bracket.end ? said.why : [...said.why, '括号没有印全']
    found.push({ ...said, start: line.start + bracket.start, end: line.start + end, how: 'bracket', why })
  }
  return found
}

/** Behind 。…） a new sentence may follow at once. */
const startsSentence = (ahead: string) =>
  ahead.length > 8 && /^[\u4e00-\u9fff“《]/.test(ahead) && /[。；]/.test(ahead)

/** A bracket that ran over the margin. */
function goesOnBelow(lines: readonly Line[], at: number): { inner: string; end: number } | null {
  const parts: string[] = []
  for (let below = at + 1; below <= at + WRAPPED_LINES; below++) {
    const line = lines[below]
    if (!line || line.text === '') return null
    const close = line.text.search(/[）)】]/)
    const open = line.text.search(/[（(【]/)
    if (close !== -1 && (open === -1 || close < open)) {
      parts.push(line.text.slice(0, close))
      return { inner: parts.join(''), end: line.start + close + 1 }
    }
    if (open !== -1) return null
    parts.push(line.text)
  }
  return null
}

/** 由市发展改革委牵头，市财政局配合 in running text: only named organs, never 由牵头部门负责. */
const BY =
  /(?:^|[，,。；;])(?:此项工作|该项工作|本项工作|以上工作)?由([^，,。；;由]{3,60}?)(牵头(?:负责|落实|组织实施|组织)?|具体负责|负责(?:牵头|落实|组织实施)|负责(?=[，。；;]|$))/g

/** …，县总工会、县妇联配合 behind it. */
const HELP = /^[，,][^，,。；;]{2,80}?(?:配合|参与|协助|协同)(?:落实|做好|实施)?(?=[，,。；;]|$)/

function inSentence(line: Line): Assignment[] {
  if (!line.text.includes('由')) return []
  const found: Assignment[] = []
  for (const match of line.text.matchAll(BY)) {
    const at = match.index + match[0].indexOf('由') + 1
    const further = HELP.exec(line.text.slice(match.index + match[0].length))?.[0] ?? ''
    const end = match.index + match[0].length + further.length
    const said = readAssignment(line.text.slice(at, end), line.start + at)
    const all = [...said.lead, ...said.responsible]
    if (all.length === 0 || all.some(({ name }) => !isNamed(name))) continue
    const start = line.start + at - 1
    found.push({
      ...said,
      start,
      end: line.start + end,
      how: 'sentence',
      sure: Math.min(said.sure, 0.7),
      why: ['单位写在句子里，没有用括号或标签'],
    })
  }
  return found
}

/** A named organ: 市发展改革委; 主管部门 and 起草单位 are said of anybody. */
const isNamed = (name: string) =>
  unitForm(name) >= 0.7 && !/(?:部门|单位|机构|机关|主体|企业|地区|负责人)$/.test(name)

/** Of assignments that overlap only the outer one stays. */
function withoutInner(found: readonly Assignment[]): Assignment[] {
  const kept: Assignment[] = []
  for (const one of found) {
    const last = kept.at(-1)
    if (last && one.start < last.end) continue
    kept.push(one)
  }
  return kept
}

/** Assignments with nothing but signs between them say one thing together: 牵头单位：… and 责任单位：… on two lines. */
export function joined(found: readonly Assignment[], text: string): Assignment[] {
  const groups: Assignment[] = []
  for (const one of found) {
    const last = groups.at(-1)
    const between = last ? text.slice(last.end, one.start) : ''
    if (last && (/^[\s。；;，,、]*$/.test(between) || onlyLabel(between))) {
      groups[groups.length - 1] = {
        ...last,
        end: one.end,
        lead: [...last.lead, ...one.lead.filter(unit => !last.lead.some(({ name }) => name === unit.name))],
        responsible: [
          ...last.responsible,
          ...one.responsible.filter(unit => !last.responsible.some(({ name }) => name === unit.name)),
        ],
        sure: Math.min(last.sure, one.sure),
        why: [...last.why, ...one.why],
      }
    } else groups.push(one)
  }
  return groups
}

/** 完成时限：… or 责任人：… between the units. */
const onlyLabel = (between: string) =>
  between.length <= 60 &&
  /^[\s。；;]*(?:完成时限|完成时间|时间要求|时限|责任人|责任领导|牵头领导|分管领导|联系人)\s?[:：][^。]*[。；;\s]*$/.test(
    between,
  )
