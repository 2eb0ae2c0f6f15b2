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
export type Signature = { signers: string[]; byPerson: boolean; date: ReadDate | null; at: number }

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
      (known ? 4 : 0) + (candidate.signers.length > 0 ? 2 : 0) + (endsHere(blocks, candidate.at) ? 2 : 0)
    if (score > bestScore && (candidate.signers.length > 0 || endsHere(blocks, candidate.at))) {
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

function signatureAt(blocks: Block[], at: number): Signature | null {
  const block = blocks[at]
  if (!block || block.kind === 'raw') return null
  const together = splitSignedLine(block.text)
  if (together)
    return { signers: signersOf(together.signer), byPerson: false, date: readDate(together.date), at }
  if (!isDateLine(block.text)) return null
  const signers: string[] = []
  let byPerson = false
  for (let above = at - 1; above >= 0 && at - above <= 12; above--) {
    const line = blocks[above]
    if (!line || line.kind === 'raw') break
    byPerson ||= isPersonLine(line.text)
    if (isPersonLine(line.text) || /^[（(](?:此页无正文|盖章|印章)[）)]$/.test(line.text)) continue
    const organs = signersOf(line.text)
    if (organs.length === 0) break
    signers.unshift(...organs)
  }
  return { signers: [...new Set(signers)], byPerson, date: readDate(block.text.replace(/[（()）]/g, '')), at }
}

/** `县长 某某`: orders are signed by a person. */
function isPersonLine(text: string): boolean {
  return /^(?:代)?(?:主席|总理|省长|市长|州长|盟长|县长|区长|旗长|乡长|镇长|主任|部长|局长|厅长|行长)[\s：:]*[\u4e00-\u9fff·\s]{2,8}$/.test(
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
    if (next.at - joint.at !== next.signers.length + 1) break
    joint.signers.push(...next.signers.filter(signer => !joint.signers.includes(signer)))
    if (next.date?.on && (!joint.date?.on || next.date.on > joint.date.on)) joint.date = next.date
    joint.at = next.at
  }
  return joint
}
