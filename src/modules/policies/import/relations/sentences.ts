import { isGround, partOf, type Role, roleBefore, roleBehind } from './acts.ts'
import type { Mention } from './mentions.ts'

/** Documents in a row: between them stands a sign, a number, the name of who issued the next. */
const ROW =
  /^\s*(?:文件?)?(?:等|，?以及|，?及其?|和|与|、|，|,|；|;|\s)*\s*(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[）).．、]\s*)?(?:原|由)?(?:[\u4e00-\u9fff（）、]{0,40}?(?:印发|发布|制定|下发|公布|颁布)?的?)?\s*$/
const VERB =
  /废止|失效|修改|修订|调整|有效|执行|根据|按照|依据|依照|保留|重新|自|已|同时|现|规定|将|对|施行|要求|精神/

/** What is said of a document stands near it. */
const REACH = 400
/** A sentence that names more is a list, and read as well in portions. */
const PORTION = 200

/**
 * What each of the documents named in a paragraph suffers by it. `masked` is the paragraph with quotations blotted
 * out. A document of which nothing is said is absent from the answer, or only cited.
 */
export function rolesIn(
  masked: string,
  mentions: readonly Mention[],
  about: { amending: boolean },
): Map<Mention, Role> {
  const roles = new Map<Mention, Role>()
  let from = 0
  let inside: Mention[] = []
  let stop = masked.indexOf('。')
  for (const one of mentions) {
    if (masked[one.start] === '＊') continue
    // A full stop inside the name of a document ends nothing.
    const last = inside.at(-1)
    while (stop !== -1 && last && stop < last.end) stop = masked.indexOf('。', stop + 1)
    const ended = stop !== -1 && stop < one.start
    if (ended || (inside.length >= PORTION && last && one.start >= last.end)) {
      new Sentence(masked, from, ended ? stop : one.start, inside, about).judge(roles)
      inside = []
    }
    while (stop !== -1 && stop < one.start) {
      from = stop + 1
      stop = masked.indexOf('。', stop + 1)
    }
    if (inside.length === 0) from = Math.max(from, last?.end ?? 0)
    inside.push(one)
  }
  const last = inside.at(-1)
  while (stop !== -1 && last && stop < last.end) stop = masked.indexOf('。', stop + 1)
  if (last) new Sentence(masked, from, stop === -1 ? masked.length : stop, inside, about).judge(roles)
  return roles
}

class Sentence {
  readonly #mentions: readonly Mention[]
  readonly #before: string[]
  readonly #behind: string[]
  /** Stands in a row with the one before. */
  readonly #joined: boolean[]
  readonly #said: (Role | null)[]
  readonly #about: { amending: boolean }

  constructor(
    text: string,
    from: number,
    to: number,
    mentions: readonly Mention[],
    about: { amending: boolean },
  ) {
    this.#mentions = mentions
    this.#about = about
    this.#before = mentions.map((one, i) => {
      const above = mentions[i - 1]
      return above?.start === one.start
        ? ''
        : text.slice(Math.max(from, above?.end ?? from, one.start - REACH), one.start)
    })
    const next = nextStarts(mentions, to)
    this.#behind = mentions.map((one, i) => text.slice(one.end, Math.min(next[i] ?? to, one.end + REACH)))
    this.#joined = mentions.map((one, i) => {
      const gap = this.#before[i] ?? ''
      return (
        i > 0 &&
        (mentions[i - 1]?.start === one.start || (gap.length <= 50 && ROW.test(gap) && !VERB.test(gap)))
      )
    })
    this.#said = mentions.map((one, i) => roleBehind(this.#behind[i] ?? '', this.#before[i] ?? '', one.end))
  }

  judge(roles: Map<Mention, Role>): void {
    const mentions = this.#mentions
    // What gives the ground is neither repealed nor amended, nor what stands in a row with it.
    for (const [i, one] of mentions.entries()) {
      const ground = roles.has(one) ? null : isGround(this.#before[i] ?? '', this.#behind[i] ?? '')
      if (ground === null) continue
      roles.set(one, { kind: 'cites' })
      for (const other of ground === 'before'
        ? this.#rowFrom(i, /[，；]/)
        : this.#rowUpTo(i, roles, /[；;，,]/))
        roles.set(other, { kind: 'cites' })
    }
    for (let i = mentions.length - 1; i >= 0; i--) {
      const one = mentions[i]
      const role = this.#said[i]
      if (!one || !role || roles.has(one)) continue
      roles.set(one, role)
      for (const earlier of this.#rowUpTo(i, roles, role.kind === 'keeps' ? /[；;，,]/ : /[；;]/))
        roles.set(earlier, role)
    }
    for (const [i, one] of mentions.entries()) {
      const role = roles.has(one)
        ? null
        : roleBefore(this.#before[i] ?? '', this.#behind[i] ?? '', one, this.#about)
      if (!role) continue
      roles.set(one, role)
      for (let at = i + 1; at < mentions.length; at++) {
        const next = mentions[at]
        if (!next || !this.#joined[at] || this.#said[at] || roles.has(next)) break
        const part = partOf(this.#behind[at] ?? '')
        roles.set(
          next,
          part !== null && role.kind === 'repeals' ? { ...role, kind: 'partly-repeals', part } : role,
        )
      }
    }
  }

  *#rowFrom(from: number, barrier: RegExp): Generator<Mention> {
    for (let i = from + 1; i < this.#mentions.length; i++) {
      const one = this.#mentions[i]
      if (!one || !this.#joined[i] || this.#said[i] || barrier.test(this.#before[i] ?? '')) return
      yield one
    }
  }

  *#rowUpTo(from: number, roles: ReadonlyMap<Mention, Role>, barrier: RegExp): Generator<Mention> {
    for (let i = from; i > 0; i--) {
      const earlier = this.#mentions[i - 1]
      if (!earlier || roles.has(earlier) || !this.#joined[i] || barrier.test(this.#before[i] ?? '')) return
      yield earlier
    }
  }
}

/** Where the next document begins that is not named by the same words. */
function nextStarts(mentions: readonly Mention[], to: number): number[] {
  const starts: number[] = []
  let next = to
  for (let i = mentions.length - 1; i >= 0; i--) {
    const one = mentions[i]
    const follower = mentions[i + 1]
    if (one && follower && follower.start >= one.end) next = follower.start
    starts[i] = next
  }
  return starts
}
