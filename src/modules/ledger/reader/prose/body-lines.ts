import { isAddressee, isAttachmentStart, isDateLine, signersOf, splitSignedLine } from '#modules/files'
import { isFooter, isSiteChrome } from '#modules/policies'
import type { Line } from '../lines.ts'
import { readMark } from '../numbering.ts'
import { columnKind } from '../tables/columns.ts'
import { labelledParts } from '../units-printed/assignment.ts'

/** What a line is to the list of tasks: its text, something that ends the document (signature, attachment), or nothing. */
type LineRole = 'text' | 'break' | 'none'

/** Lines of lists of names and of forms, which an attachment may be. */
const NO_PLAN =
  /(?:名单|名录|通讯录|流程图?|样表|报名表|登记表|统计表|申请表|回执|联系方式|联络表|花名册|联系人)$/
const PRINTER =
  /^(?:抄送|主送|抄报|分送|印发|公开方式|公开属性|信息公开选项|主题词)\s?[:：]|印发$|^[（(](?:此件|联系人|本文|此页无正文)[^）)]{0,40}[）)]$/
const ASIDE =
  /^(?:联系人|联系电话|联系地址|电子邮箱|邮箱|传真)\s?[:：]|^[（(]?来源\s?[:：]|^(?:责任编辑|编辑|审核|校对|作者|信息来源)\s?[:：]/

/** — 2 — */
const PAGE_NUMBER = /^[—–－-]+\s?\d{1,4}\s?[—–－-]+$|^第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?$/

/** Line by line: which belong to the body of the plan and where one document ends and the next begins. */
export function rolesOf(lines: readonly Line[]): LineRole[] {
  const roles: LineRole[] = []
  let attachmentList = false
  let leftOut = false
  let footer = false
  for (let at = 0; at < lines.length; at++) {
    const { text } = lines[at] ?? { text: '' }
    if (text === '' || PAGE_NUMBER.test(text)) {
      roles.push('none')
      continue
    }
    const mark = readMark(text)
    if (
      isAttachmentStart(text) ||
      (/^附件\s?[0-9一二三四五六七八九十]{1,2}\s?[：:、.．]?\s?\S{2,60}$/.test(text) &&
        attachmentBegins(lines, at))
    ) {
      attachmentList = /[：:]\s*$/.test(text)
      leftOut = NO_PLAN.test(nextWords(lines, at, text))
      footer = false
      roles.push('break')
    } else if (/^附\s?件\s?[0-9一二三四五六七八九十]{0,2}\s?[：:]/.test(text)) {
      attachmentList = true
      roles.push('break')
    } else if (attachmentList && isListed(text, mark !== null)) {
      roles.push('none')
    } else if (isSignature(lines, at)) {
      attachmentList = false
      roles.push('break')
    } else if (isFooter(text) || isSiteChrome(text) || PRINTER.test(text) || ASIDE.test(text)) {
      footer = isFooter(text)
      roles.push(isFooter(text) || /^(?:扫一扫|上一篇|下一篇|相关)/.test(text) ? 'break' : 'none')
    } else {
      attachmentList = false
      // Some sites print their owner above the document, too.
      if (mark || text.length > 60 || columnKind(text)) footer = false
      roles.push(leftOut || (footer && !mark) || (isAddressee(text) && !mark) ? 'none' : 'text')
    }
  }
  return roles
}

/** `附件1 某表` on one line: an attachment begins where no list of attachments does. */
function attachmentBegins(lines: readonly Line[], at: number): boolean {
  const next = lines.slice(at + 1, at + 4).find(({ text }) => text !== '')
  return (
    next !== undefined &&
    !/^(?:附件)?\s?[0-9]{1,2}\s?[.．、：:]/.test(next.text) &&
    !isDateLine(next.text) &&
    signersOf(next.text).length === 0
  )
}

function nextWords(lines: readonly Line[], at: number, own: string): string {
  if (own.length > 8) return own
  for (let next = at + 1; next < Math.min(lines.length, at + 5); next++) {
    const text = lines[next]?.text ?? ''
    if (text !== '') return text
  }
  return ''
}

function isListed(text: string, numbered: boolean): boolean {
  return (
    text.length <= 90 &&
    !/[。；]$/.test(text) &&
    (numbered || !isDateLine(text)) &&
    (numbered || signersOf(text).length === 0) &&
    (numbered || text.length <= 40)
  )
}

/** An organ with a day below it, or the day itself; a unit list of a table is followed by none. */
function isSignature(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? ''
  if (text.length > 90) return false
  if (isDateLine(text)) return true
  if (splitSignedLine(text)) return true
  if (labelledParts(text).length > 0 || signersOf(text).length === 0) return false
  for (let below = at + 1; below <= at + 4; below++) {
    const next = lines[below]?.text
    if (next === undefined) return false
    if (next === '') continue
    if (isDateLine(next)) return true
    if (signersOf(next).length === 0) return false
  }
  return false
}
