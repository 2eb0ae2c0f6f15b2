import type { Chance } from './chance.ts'
import { printedDay } from './document.ts'
import { companyOf, personOf, roadOf, townOf, villageOf, waterOf } from './names.ts'
import { type CorpusOrgan, organs } from './organs.ts'
import type { Field } from './words/field.ts'
import { general } from './words/general.ts'

/** What a text is written from. */
export interface Pen {
  chance: Chance
  field: Field
  topic: string
  /** Day of signing. */
  day: string
  /** The organ that speaks. */
  organ: CorpusOrgan
  /** Patterns that this text has used already. */
  used: Set<Template>
}

type Fill = (pen: Pen) => string

const departments = organs.filter(one => one.level === 'department').map(one => one.name.replace('云溪', ''))
const part = ({ chance }: Pen) => chance.between(2, 96)

const fills: Record<string, Fill> = {
  act: pen => pen.chance.usual(pen.field.acts),
  gact: pen => pen.chance.usual(general.acts),
  topic: pen => (pen.chance.happens(0.6) ? pen.topic : pen.chance.usual(pen.field.topics)),
  actor: pen => pen.chance.usual(pen.field.actors),
  goal: pen => pen.chance.usual(pen.field.goals),
  problem: pen => pen.chance.usual(pen.field.problems),
  project: pen => pen.chance.usual(pen.field.projects),
  indicator: pen => {
    const { name, unit } = pen.chance.any(pen.field.indicators)
    return `${name}达到${unit === '%' ? pen.chance.between(80, 100) : pen.chance.between(2, 60) * pen.chance.between(3, 90)}${unit}`
  },
  amount: pen => `${pen.chance.between(3, 900)}${pen.chance.happens(0.4) ? `.${part(pen)}` : ''}万元`,
  result: pen => pen.chance.usual(general.results),
  principle: pen => pen.chance.usual(general.principles),
  attitude: pen => pen.chance.usual(general.attitudes),
  material: pen => pen.chance.usual(general.materials),
  sanction: pen => pen.chance.usual(general.sanctions),
  fault: pen => pen.chance.usual(general.faults),
  duty: pen => pen.chance.usual(general.duties),
  basis: pen => pen.chance.usual(general.bases),
  front: pen => pen.chance.usual(general.fronts),
  since: pen => pen.chance.usual(general.years),
  form: pen => pen.chance.usual(general.forms),
  group: pen => pen.chance.usual(general.groups),
  dept: pen => pen.chance.any(departments),
  town: pen => townOf(pen.chance),
  village: pen => villageOf(pen.chance),
  road: pen => roadOf(pen.chance),
  water: pen => waterOf(pen.chance),
  company: pen => companyOf(pen.chance),
  person: pen => personOf(pen.chance),
  organ: pen => pen.organ.name,
  year: pen => pen.day.slice(0, 4),
  next: pen => String(Number(pen.day.slice(0, 4)) + 1),
  month: pen => String(pen.chance.between(1, 12)),
  date: pen => printedDay(dayLater(pen.day, pen.chance.between(10, 320))),
  before: pen => printedDay(dayLater(pen.day, -pen.chance.between(5, 200))),
  n: pen => String(pen.chance.between(2, 30)),
  days: pen => String(pen.chance.any([3, 5, 7, 10, 15, 20, 30, 60])),
  percent: pen => String(pen.chance.between(5, 98)),
  phone: pen => `0${pen.chance.between(400, 899)}-${pen.chance.between(2000000, 8999999)}`,
}

export type Template = readonly { text: string; fill: Fill | null }[]

/** `{act}` and the like become what a field or chance puts there. */
export function template(text: string): Template {
  return text
    .split(/[{}]/)
    .map((piece, index) =>
      index % 2 === 0 ? { text: piece, fill: null } : { text: '', fill: fillNamed(piece) },
    )
}

export const templates = (text: string): readonly Template[] =>
  text
    .trim()
    .split('\n')
    .map(line => template(line.trim()))

export function write(pen: Pen, pattern: Template): string {
  let text = ''
  for (const piece of pattern) text += piece.fill ? piece.fill(pen) : piece.text
  return text
}

function fillNamed(name: string): Fill {
  const fill = fills[name]
  if (!fill) throw new Error(`no word for {${name}}`)
  return fill
}

const DAY = 86_400_000
const later = new Map<string, string>()

export function dayLater(day: string, count: number): string {
  const key = `${day}${count}`
  const known = later.get(key)
  if (known) return known
  const found = new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)
  if (later.size < 200_000) later.set(key, found)
  return found
}
