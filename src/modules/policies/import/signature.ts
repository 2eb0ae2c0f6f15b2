import {
  type Block,
  isAttachmentStart,
  isDateLine,
  numberingOf,
  signersOf,
  splitSignedLine,
} from '#modules/files'
import { type ReadDate, readDate } from './dates.ts'
import { issuersInTitle } from './title-form.ts'

/** 落款: who signed and on which day. Either may be missing in print. */
export type Signature = {
  signers: string[]
  byPerson: boolean
  date: ReadDate | null
  from: number
  at: number
}

/**
 * The signature of the document itself: the first that is followed by the end, an attachment or an attached
 * document. What is attached may carry signatures of its own; a flattened table may look like one.
 */
export function findSignature(blocks: Block[], title: string | null): Signature | null {
  const titleIssuers = title ? issuersInTitle(title) : []
  const passedOn = titleIssuers.length > 0 && /转发|批转/.test(title ?? '')
  const candidates = blocks.flatMap((_, at) => signatureAt(blocks, at) ?? [])
  let best: Signature | null = null
  let bestScore = 0
  for (const candidate of candidates) {
    const known = candidate.signers.some(signer => titleIssuers.some(issuer => sameOrgan(signer, issuer)))
    // What is passed on carries its author's signature; that is not the one who passes it on.
    if (passedOn && !known && candidate.signers.length > 0) continue
    const score =
      (known ? 4 : 0) +
      (candidate.signers.length > 0 || candidate.byPerson ? 2 : 0) +
      (endsHere(blocks, candidate.at) ? 2 : 0)
    const signed = candidate.signers.length > 0 || candidate.byPerson
    if (score > bestScore && (signed || endsHere(blocks, candidate.at))) {
      best = candidate
      bestScore = score
    }
  }
  return best ? withJointSigners(best, candidates) : null
}

/** 国务院 and 中华人民共和国国务院: one printed with more of its place than the other. */
export function sameOrgan(one: string, other: string): boolean {
  return (
    one === other || (Math.min(one.length, other.length) > 2 && (one.endsWith(other) || other.endsWith(one)))
  )
}

const SEAL = /[（(](?:印|盖章|印章|章|公章|代章|签章|加盖公章)[）)]/g

/** The organs of a line; the seal in words is no part of their name. */
function organsOf(line: string): string[] {
  return line.length > 90 ? [] : signersOf(line.replace(SEAL, ''))
}

/** 二00五年六月十七日, 2005年六月十七日: figures of two kinds in one day. */
function isMixedDay(text: string): boolean {
  return (
    text.length <= 24 &&
    /^[（(]?\s*[0-9０-９OoＯ〇○零一二三四五六七八九\s]{4,9}年[0-9０-９元正一二三四五六七八九十\s]{1,6}月[0-9０-９一二三四五六七八九十廿卅\s]{1,6}[日号]\s*[）)]?$/.test(
      text,
    )
  )
}

const PLAIN_DAY = /^\d{4}\s?[-./．]\s?\d{1,2}\s?[-./．]\s?\d{1,2}$/

/** A day on its line; joint signers may print it once for each, and 2023.8.21 is one where an organ stands above. */
function dayOn(blocks: Block[], at: number): string | null {
  const printed = blocks[at]?.text ?? ''
  if (printed.length > 80 || printed.length < 6) return null
  const text = printed.replace(SEAL, '').trim()
  if (isDateLine(text) || isMixedDay(text)) return text.replace(/[（()）]/g, '')
  const above = blocks[at - 1]
  if (PLAIN_DAY.test(text))
    return above && above.kind === 'line' && organsOf(above.text).length > 0 ? text : null
  const days = text.split(/\s{1,}(?=[0-9０-９二])/)
  return days.length > 1 && days.every(isDateLine) ? (days.at(-1) ?? null) : null
}

function signatureAt(blocks: Block[], at: number): Signature | null {
  const block = blocks[at]
  if (!block || block.kind === 'raw' || block.text.length > 90) return null
  const together = splitSignedLine(block.text.replace(SEAL, ''))
  if (together)
    return {
      signers: organsOf(together.signer),
      byPerson: false,
      date: readDate(together.date),
      from: at,
      at,
    }
  const day = dayOn(blocks, at)
  if (day === null) return null
  const signers: string[] = []
  let byPerson = false
  let from = at
  for (let above = at - 1; above >= 0 && at - above <= 12; above--) {
    const line = blocks[above]
    if (!line || line.kind === 'raw') break
    byPerson ||= isPersonLine(line.text)
    if (isPersonLine(line.text) || /^[（(](?:此页无正文|盖章|印章)[）)]$/.test(line.text)) continue
    const organs = organsOf(line.text)
    if (organs.length === 0) break
    signers.unshift(...organs)
    from = above
  }
  return { signers: [...new Set(signers)], byPerson, date: readDate(day), from, at }
}

/** `县长 某某`: orders are signed by a person. */
function isPersonLine(text: string): boolean {
  return /^(?:代理?)?(?:自治[区州县旗]|人民政府)?(?:主席|总理|省长|市长|州长|盟长|县长|区长|旗长|乡长|镇长|主任|部长|局长|厅长|行长)(?:[\s：:]*[\u4e00-\u9fff·\s]{2,8})?$/.test(
    text,
  )
}

function endsHere(blocks: Block[], at: number): boolean {
  const next = blocks[at + 1]
  if (!next || next.kind === 'raw' || isAttachmentStart(next.text)) return true
  const { text } = next
  if (/^(?:附|[（(]|抄送|主送|公开方式|公开属性|联系)|印发$/.test(text)) return true
  return (
    text.length >= 6 &&
    text.length <= 80 &&
    !/[。；：:，]$/.test(text) &&
    !numberingOf(text) &&
    !/^\d/.test(text.slice(4))
  )
}

/** Joint signers under each other, each with a day: all sign, and the last day counts (S-IDX-07). */
function withJointSigners(first: Signature, candidates: Signature[]): Signature {
  const joint = { ...first, signers: [...first.signers] }
  for (const next of candidates) {
    if (next.at <= joint.at || next.signers.length === 0) continue
    if (next.from !== joint.at + 1) break
    joint.signers.push(...next.signers.filter(signer => !joint.signers.includes(signer)))
    if (next.date?.on && (!joint.date?.on || next.date.on > joint.date.on)) joint.date = next.date
    joint.at = next.at
  }
  return joint
}
