import type { Days } from '../event-day.ts'
import type { Amendment, Doubt, NamedAttachment, Repeal } from '../recognised.ts'
import type { Role } from './acts.ts'
import { citesIn, numberNamedWith, plannedDoubts, suspensionDoubts } from './citations.ts'
import { FlatList, type Listed, listedInTable } from './document-list.ts'
import type { Unit } from './flow.ts'
import { alike, type Found, FoundRelations } from './found-relations.ts'
import { type ListRole, roleIn, roleOfHeading, roleOfLeadIn } from './list-role.ts'
import { isRemark } from './listed-title.ts'
import { type Mention, markedTitlesIn, mentionsIn } from './mentions.ts'
import { isBeyondReach, reachDoubts } from './reach.ts'
import { rolesIn } from './sentences.ts'
import { countDoubts, settle } from './settle.ts'
import {
  announcedIn,
  attachmentNo,
  dividesList,
  partBehind,
  rowOfItem,
  sentenceAround,
  sentenceStart,
  standsAlone,
} from './unit-forms.ts'
import { beginningsIn, dayFor } from './when.ts'

type RelationsFound = { repeals: Repeal[]; amends: Amendment[]; cites: string[]; doubts: Doubt[] }

type RelationClues = {
  units: readonly Unit[]
  title: string | null
  docNo: string | null
  issuers: readonly string[]
  /** Position of the last block of the signature; what stands behind it is attached. */
  signedAt: number | null
  days: Days
  attachments: readonly NamedAttachment[]
}

/** What the document repeals, amends and cites. A document never does so to itself. */
export function recogniseRelations(clues: RelationClues): RelationsFound {
  if (!clues.units.some(unit => TELLING.test(unit.text)) && !TELLING.test(clues.title ?? ''))
    return { repeals: [], amends: [], cites: [], doubts: [] }
  return new Reading(clues).result()
}

const TELLING = /[》〉]|[0-9０-９]\s?号|废止|失效|第[一二三四五六七八九十百]+号/

/** Talks about documents and does nothing to them. */
const ONLY_TALKS =
  /(?:解读|说明|问答|图解|答记者问|一图读懂|新闻稿|征求意见|征求.*意见|公开征集|意见稿[）)]?|草案[）)]?|送审稿[）)]?)/

class Reading {
  readonly #clues: RelationClues
  readonly #units: readonly Unit[]
  readonly #found: FoundRelations
  readonly #doubts: Doubt[] = []
  /** The role of the list that is being read, and the day its heading names. */
  #list: ListRole | null = null
  #listFrom: string | null | undefined
  #flat: FlatList
  /** Documents that stood alone on their lines: what is said of 上述文件 is said of them. */
  #standing: Mention[] = []
  /** Since when 上述文件 or 废止的文件 are out of force. */
  #since: string | null | undefined
  #counted: number | null = null
  readonly #amending: boolean

  constructor(clues: RelationClues) {
    this.#clues = clues
    this.#units = clues.units
    this.#found = new FoundRelations(clues)
    this.#flat = new FlatList(listed => this.#addListed(listed, this.#list))
    this.#amending = /修改|修订|修正|调整|更正/.test((clues.title ?? '').replace(/《.*》/, ''))
  }

  result(): RelationsFound {
    const { title } = this.#clues
    if (title && ONLY_TALKS.test(title))
      return {
        repeals: [],
        amends: [],
        cites: citesIn(this.#units, [this.#clues]),
        doubts: plannedDoubts(this.#units),
      }
    for (const [i, unit] of this.#units.entries()) this.#read(unit, this.#units[i + 1])
    this.#flat.flush()
    this.#takeFromTitle()
    return this.#settled()
  }

  #read(unit: Unit, next: Unit | undefined): void {
    const { signedAt } = this.#clues
    const { text } = unit
    if (unit.rows) {
      this.#flat.flush()
      for (const { role, listed } of listedInTable(unit.rows, this.#list)) this.#addListed(listed, role)
      if (acts(this.#list)) for (const row of unit.unread ?? []) this.#doubtRow(row)
      return
    }
    if (signedAt !== null && unit.block <= signedAt && (next?.block ?? Number.POSITIVE_INFINITY) > signedAt) {
      this.#endList()
      return
    }
    const attachment = attachmentNo(text)
    if (attachment !== null) {
      this.#endList()
      this.#list = roleIn(text) ?? this.#roleOfAttachment(attachment)
      return
    }
    const heading = roleOfHeading(text)
    if (heading !== null && !/[：:]$/.test(text)) {
      this.#flat.flush()
      if (heading === 'none' && acts(this.#list) && dividesList(text)) return
      this.#list = heading
      this.#listFrom = beginningsIn(text, this.#clues.days)[0]?.from
      return
    }
    const mentions = mentionsIn(text)
    if (this.#list !== null && this.#readItem(unit, mentions)) return
    this.#readSentences(unit, mentions)
  }

  #endList(): void {
    this.#flat.flush()
    this.#list = null
    this.#listFrom = undefined
  }

  /** An item of the list that is open; false when the unit is running text. */
  #readItem(unit: Unit, mentions: Mention[]): boolean {
    if (isRemark(unit.text)) return true
    const [first] = mentions
    if (!first) {
      if (this.#flat.take(unit.text)) return true
      this.#endList()
      return false
    }
    const lead = unit.text.slice(0, first.start)
    const item = lead.length <= 40 && !/[，。；]/.test(lead) && !/废止|失效|修改|修订|根据|按照/.test(lead)
    const roles = rolesIn(unit.masked, mentions, { amending: this.#amending })
    const told = roles.get(first)
    if (!item || (told && told.kind !== 'cites' && told.kind !== 'keeps')) {
      this.#endList()
      return false
    }
    // A number or a title alone: its other half stands on the next line.
    const half =
      mentions.length === 1 && (first.title === null || (first.docNo === null && first.why === null))
    if (half && partBehind(unit.text, first) === null && this.#flat.take(unit.text)) return true
    this.#flat.flush()
    for (const one of rowOfItem(mentions, unit.text)) {
      const part = told === undefined ? partBehind(unit.text, one) : null
      if (this.#list === 'repeals' && part)
        this.#found.add({ ...pick(one), from: this.#listFrom, kind: 'partly-repeals', part })
      else this.#addListed({ ...pick(one), role: null, from: null }, this.#list)
    }
    return true
  }

  #readSentences(unit: Unit, mentions: Mention[]): void {
    const { text, masked } = unit
    const { days } = this.#clues
    const roles =
      mentions.length > 0 ? rolesIn(masked, mentions, { amending: this.#amending }) : new Map<Mention, Role>()
    let acts = 0
    for (const mention of mentions) {
      const role = roles.get(mention)
      if (!role || role.kind === 'cites' || role.kind === 'keeps') continue
      acts++
      const from = dayFor(
        beginningsIn(sentenceAround(masked, role.at), days),
        role.at - sentenceStart(masked, role.at),
      )?.from
      if (role.kind === 'repeals') this.#found.add({ ...pick(mention), from, kind: 'repeals' })
      else this.#found.add({ ...pick(mention), from, kind: role.kind, part: role.part })
    }
    this.#countIn(masked)
    this.#readSince(masked, days)
    const leadIn = roleOfLeadIn(text)
    if (leadIn !== null) {
      this.#list = leadIn
      this.#listFrom = beginningsIn(text.split('。').at(-1) ?? '', days)[0]?.from
    }
    if (acts === 0 && mentions.length > 0 && standsAlone(text, mentions)) this.#standing.push(...mentions)
    else if (mentions.length === 0) this.#readAbove(text)
  }

  /** `以上文件予以废止。` after the documents have been named each on its line. */
  #readAbove(text: string): void {
    if (this.#standing.length === 0) return
    if (
      /(?:以上|上述|前述)[^，。；]{0,30}(?:，[^。；]{0,40})?(?:予以|同时|一并|自[^，。；]{1,30}起|即行|全部|决定|宣布|均|一律)[^，。；]{0,8}(?:废止|失效|停止执行|作废)/.test(
        text,
      )
    ) {
      const from = beginningsIn(text, this.#clues.days)[0]?.from
      for (const one of this.#standing) this.#found.add({ ...pick(one), from, kind: 'repeals' })
      this.#standing = []
    } else if (CHANGES_BELOW.test(text)) {
      const one = this.#standing.at(-1)
      if (one)
        this.#found.add({
          ...pick(one),
          from: undefined,
          kind: 'amends',
          part: /^.{0,8}?(第[^，。；“]{1,16}?[条款项章节])/.exec(text)?.[1] ?? null,
        })
      this.#standing = []
    }
  }

  /** `废止的文件，自本决定印发之日起停止执行`: since when, for all that name no day of their own. */
  #readSince(text: string, days: Days): void {
    for (const sentence of text.split('。')) {
      if (!/废止|失效|停止(?:执行|施行)|不再/.test(sentence) || /《/.test(sentence)) continue
      if (
        !/(?:文件|规定|通知|办法|规章|政策)/.test(sentence) ||
        /其他|其它|以往|此前|未列入|凡|之前|逾期/.test(sentence)
      )
        continue
      const from = beginningsIn(sentence, days).at(-1)
      if (from) this.#since ??= from.from
    }
  }

  #roleOfAttachment(no: number): ListRole | null {
    const { attachments } = this.#clues
    const name =
      attachments.find(one => new RegExp(`^(?:附件)?\\s*${no}\\s*[.．、：:]`).test(one.name))?.name ??
      attachments[no - 1]?.name
    return name === undefined ? null : roleIn(name)
  }

  #addListed(listed: Listed, outer: ListRole | null): void {
    const role = listed.role && listed.role !== 'none' && listed.role !== 'mixed' ? listed.role : outer
    const found = {
      title: listed.title,
      docNo: listed.docNo,
      why: listed.why,
      from: listed.from ?? this.#listFrom,
    }
    if (found.title === null && found.docNo === null) {
      if (acts(role) && found.why) this.#doubts.push({ field: 'repeals', why: `${found.why}。` })
      return
    }
    const part = listed.part ?? null
    if (role === 'partly' || (role === 'repeals' && part !== null))
      this.#found.add({ ...found, kind: 'partly-repeals', part })
    else if (role === 'repeals') this.#found.add({ ...found, kind: 'repeals' })
    else if (role === 'amends') this.#found.add({ ...found, kind: 'amends', part })
    else if (role === 'mixed') {
      const why = `列有“${listed.title ?? listed.docNo}”的清单没有写明它是废止、修改还是继续有效，没有采用。请对照原件核对。`
      this.#doubts.push({ field: 'repeals', why })
    }
  }

  #doubtRow(row: string): void {
    const why = `清单里的一行“${row.slice(0, 80)}”没有读懂，没有采用。请对照原件补上。`
    this.#doubts.push({ field: this.#list === 'amends' ? 'amends' : 'repeals', why })
  }

  /** 关于废止《甲》的通知: where the text says it in words that are not understood, the title still does. */
  #takeFromTitle(): void {
    const { title } = this.#clues
    const act = /关于(废止|宣布失效|停止执行|修改|修订|修正|调整|延长)(?=《)/.exec(title ?? '')
    if (!title || !act) return
    const named = markedTitlesIn(title.slice(act.index))
    const repeals = /废止|失效|停止/.test(act[1] ?? '')
    for (const { title: other } of named) {
      if (this.#found.all.some(one => one.title !== null && alike(one.title, other))) continue
      if (this.#found.all.length > 0 && this.#found.all.every(one => one.title === null)) continue
      const docNo = numberNamedWith(other, this.#units)
      if (repeals) this.#found.add({ title: other, docNo, from: undefined, why: null, kind: 'repeals' })
      else
        this.#found.add({
          title: other,
          docNo,
          from: undefined,
          why: null,
          kind: 'amends',
          part: act[1] === '延长' ? '有效期' : null,
        })
    }
  }

  /** How many the text says there are. */
  #countIn(text: string): void {
    const count = announcedIn(text)
    if (count !== null) this.#counted = (this.#counted ?? 0) + count
  }

  #settled(): RelationsFound {
    const { issuers, title } = this.#clues
    const own = this.#found.all.filter(one => !isBeyondReach(one, issuers))
    this.#doubts.push(...reachDoubts(this.#found.all, issuers))
    const settled = settle(own, this.#clues.days, this.#since)
    this.#doubts.push(...suspensionDoubts(title))
    this.#doubts.push(...settled.doubts, ...countDoubts(this.#counted, settled.repeals.length))
    const { repeals, amends } = settled
    return {
      repeals,
      amends,
      cites: citesIn(this.#units, [this.#clues, ...repeals, ...amends]),
      doubts: this.#doubts,
    }
  }
}

const acts = (role: ListRole | null) => role !== null && role !== 'keeps' && role !== 'none'

const CHANGES_BELOW = /(?:修改|修订|修正|调整|更正)为|删去|删除|增加[一二三四两]?[条款项]|作为第/

function pick({ title, docNo, why }: Mention): Pick<Found, 'title' | 'docNo' | 'why'> {
  return { title, docNo, why }
}
