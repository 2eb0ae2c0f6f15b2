import { titleKey } from '../title-form.ts'

/** `from` undefined: the sentence names no day of its own. */
export type Found = {
  title: string | null
  docNo: string | null
  from: string | null | undefined
  why: string | null
}
export type FoundRepeal = Found & { kind: 'repeals' }
export type FoundAmendment = Found & { kind: 'amends' | 'partly-repeals'; part: string | null }

/** Titles are compared one by one only in lists that a person would write. */
const COMPARED = 600

/** What has been found so far, each document once; nothing is found about the document itself. */
export class FoundRelations {
  readonly all: (FoundRepeal | FoundAmendment)[] = []
  readonly #byNumber = new Map<string, (FoundRepeal | FoundAmendment)[]>()
  readonly #own: { docNo: string | null; title: string | null }

  constructor(own: { docNo: string | null; title: string | null }) {
    this.#own = own
  }

  add(found: FoundRepeal | FoundAmendment): void {
    if (this.#isItself(found)) return
    const known = this.#knownAs(found)
    if (!known) {
      this.all.push(found)
      if (found.docNo !== null)
        this.#byNumber.set(found.docNo, [...(this.#byNumber.get(found.docNo) ?? []), found])
      return
    }
    known.title ??= found.title
    known.docNo ??= found.docNo
    if (known.from === undefined) known.from = found.from
    if (known.kind !== 'repeals' && found.kind === known.kind && found.part && known.part !== found.part)
      if (known.part === null) known.part = found.part
      else if (!known.part.includes(found.part)) known.part += `、${found.part}`
  }

  #knownAs(found: FoundRepeal | FoundAmendment): FoundRepeal | FoundAmendment | undefined {
    const fits = (other: FoundRepeal | FoundAmendment) => other.kind === found.kind || found.kind === 'amends'
    if (found.docNo !== null) {
      const same = this.#byNumber.get(found.docNo)?.find(fits)
      if (same) return same
    }
    if (found.title === null || this.all.length > COMPARED) return undefined
    return this.all.find(other => sameDocument(other, found) && fits(other))
  }

  #isItself({ docNo, title }: Pick<Found, 'docNo' | 'title'>): boolean {
    const mine = this.#own
    if (docNo !== null) return docNo === mine.docNo
    return title !== null && mine.title !== null && titleKey(title) === titleKey(mine.title)
  }
}

function sameDocument(one: Found, other: Found): boolean {
  if (one.docNo !== null && other.docNo !== null) return one.docNo === other.docNo
  return one.title !== null && other.title !== null && alike(one.title, other.title)
}

/** The same title, or one of them with the organ in front, or as what a notice puts in force. */
export function alike(one: string, other: string): boolean {
  const [a, b] = [titleKey(one), titleKey(other)]
  return a === b || (Math.min(a.length, b.length) >= 8 && (a.includes(b) || b.includes(a)))
}
