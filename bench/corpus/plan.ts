import { Chance } from './chance.ts'
import { organs } from './organs.ts'

/** What a document is by its form; the share of each in a hundred. */
const shares = [
  ['notice', 34],
  ['plan', 13],
  ['rules', 9],
  ['announcement', 6],
  ['reply', 6],
  ['publicity', 5],
  ['opinion', 5],
  ['bulletin', 5],
  ['letter', 3],
  ['fund', 3.5],
  ['group', 2.5],
  ['interpretation', 2.5],
  ['repeal-one', 2],
  ['amend', 1.5],
  ['repeal-several', 1],
] as const
const whole = shares.reduce((sum, [, share]) => sum + share, 0)

export type Form = (typeof shares)[number][0]
const forms = shares.map(([form]) => form)

/** Forms that later ones repeal, amend and explain. */
const lasting: ReadonlySet<Form> = new Set(['notice', 'plan', 'rules', 'opinion'])

const firstYear = 2012
const days = daysSince(Date.UTC(2026, 8, 30)) + 1

/**
 * Who issues which document on which day under which serial: all that one document must know of the others. The documents come
 * mixed, so that the first ten thousand of a million are an even sample of its years.
 */
export interface Plan {
  scale: number
  seed: number
  /** Index into `organs`. */
  organ: Uint8Array
  form: Uint8Array
  /** Days since the first of the first year. */
  day: Uint16Array
  serial: Uint16Array
  /** Position among the documents of its organ, in the order of arrival. */
  place: Uint32Array
  ofOrgan: readonly Uint32Array[]
}

export function planOf({ scale, seed }: { scale: number; seed: number }): Plan {
  const organ = new Uint8Array(scale)
  const form = new Uint8Array(scale)
  const day = new Uint16Array(scale)
  const serial = new Uint16Array(scale)
  const place = new Uint32Array(scale)
  const lists: number[][] = organs.map(() => [])
  const weights = organs.map(({ share }, index) => [index, share] as const)
  const total = organs.reduce((sum, { share }) => sum + share, 0)
  const step = coprimeStep(scale)
  const byRank = new Uint32Array(scale)
  for (let at = 0; at < scale; at++) {
    const chance = new Chance(seed, at, 1)
    const who = chance.weighed(weights, total)
    organ[at] = who
    form[at] = forms.indexOf(chance.weighed(shares, whole))
    place[at] = lists[who]?.length ?? 0
    lists[who]?.push(at)
    const rank = (at * step) % scale
    byRank[rank] = at
    day[at] = workday(Math.floor((rank / scale) ** 0.85 * days))
  }
  const counters = new Map<string, number>()
  for (const at of byRank) {
    const series = `${organ[at]}${suffixOf(formAt(form, at))}${yearOf(day[at] ?? 0)}`
    const next = (counters.get(series) ?? 0) + 1
    counters.set(series, next)
    serial[at] = next
  }
  return { scale, seed, organ, form, day, serial, place, ofOrgan: lists.map(list => Uint32Array.from(list)) }
}

const formAt = (form: Uint8Array, at: number): Form => forms[form[at] ?? 0] ?? 'notice'
export const formOf = (plan: Plan, at: number): Form => formAt(plan.form, at)
export const organOf = (plan: Plan, at: number) => organs[plan.organ[at] ?? 0] as (typeof organs)[number]
export const dayOf = (plan: Plan, at: number): string => isoDay(plan.day[at] ?? 0)
export const dayAfter = (plan: Plan, at: number, later: number): string => isoDay((plan.day[at] ?? 0) + later)

/** The number as printed; null for forms that carry none. */
export function docNoOf(plan: Plan, at: number): string | null {
  const form = formOf(plan, at)
  const suffix = suffixOf(form)
  if (suffix === null) return null
  const { code, level } = organOf(plan, at)
  const plain = suffix === '发' && level === 'department' ? '' : suffix
  return `${code}${plain}〔${yearOf(plan.day[at] ?? 0)}〕${plan.serial[at]}号`
}

/** Earlier documents of the same organ that this one may speak of; arrived before it. */
export function earlierOf(plan: Plan, at: number, chance: Chance, count: number): number[] {
  const list = plan.ofOrgan[plan.organ[at] ?? 0] ?? new Uint32Array()
  const arrived = plan.place[at] ?? 0
  const found = new Set<number>()
  for (let tries = 0; arrived > 0 && found.size < count && tries < count * 12; tries++) {
    const other = list[chance.below(arrived)] ?? at
    if ((plan.day[other] ?? 0) + 200 < (plan.day[at] ?? 0) && lasting.has(formOf(plan, other)))
      found.add(other)
  }
  return [...found]
}

function suffixOf(form: Form): string | null {
  switch (form) {
    case 'announcement':
    case 'publicity':
    case 'interpretation':
      return null
    case 'rules':
      return '规'
    case 'reply':
    case 'letter':
      return '函'
    default:
      return '发'
  }
}

/** Near the golden section of the whole and without a common divisor: walks over every rank once, evenly. */
function coprimeStep(scale: number): number {
  for (let step = Math.max(1, Math.floor(scale * 0.618)); ; step++)
    if (divisor(step, scale) === 1) return step
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

function daysSince(time: number): number {
  return Math.floor((time - Date.UTC(firstYear, 0, 1)) / 86_400_000)
}

/** 2012-01-01 was a Sunday. */
function workday(day: number): number {
  const weekday = day % 7
  return weekday === 0 ? day + 1 : weekday === 6 ? day - 1 : day
}

const isoDays: string[] = []
function isoDay(day: number): string {
  isoDays[day] ??= new Date(Date.UTC(firstYear, 0, 1 + day)).toISOString().slice(0, 10)
  return isoDays[day] ?? ''
}

const yearOf = (day: number) => isoDay(day).slice(0, 4)
