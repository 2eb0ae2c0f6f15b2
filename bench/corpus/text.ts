import type { Chance } from './chance.ts'
import { type ComposedText, type Part, printedDay, type Table } from './document.ts'
import { companyOf, personOf, townOf, villageOf } from './names.ts'
import type { CorpusOrgan } from './organs.ts'
import { type Pen, type Template, template, templates, write } from './sentence.ts'
import { headings } from './words/general.ts'
import * as sentences from './words/sentences.ts'

export const patterns = {
  running: templates(sentences.running),
  articles: templates(sentences.articles),
  announcements: templates(sentences.announcements),
  replies: templates(sentences.replies),
  findings: templates(sentences.findings),
  openings: templates(sentences.openings),
} as const

/** To whom an organ writes when it writes to all. */
export const everybody = ({ level, shortName }: CorpusOrgan) =>
  level !== 'township'
    ? '各乡镇人民政府、街道办事处，县直各有关单位：'
    : shortName.endsWith('街道')
      ? '各社区，街道各办（中心）：'
      : `各村（社区），${shortName.endsWith('乡') ? '乡' : '镇'}直各单位：`

export const nothing: Omit<ComposedText, 'parts'> = {
  attached: [],
  addressee: null,
  effectiveFrom: null,
  validUntil: null,
  repeals: [],
  amends: [],
  cites: [],
}

export const contact = template('联系人：{person}，联系电话：{phone}。')

export const shuffled = (pen: Pen, list: readonly string[]) => {
  const from = pen.chance.below(list.length)
  return [...list.slice(from), ...list.slice(0, from)]
}

/** One of the usual patterns that this text has not used yet, while there are any. */
function next(pen: Pen, list: readonly Template[]): Template {
  for (let tries = 0; tries < 6; tries++) {
    const pattern = pen.chance.usual(list)
    if (!pen.used.has(pattern)) {
      pen.used.add(pattern)
      return pattern
    }
  }
  return pen.chance.any(list)
}

/** Numerals 一 to 九十九, as sections and articles are counted. */
export function han(count: number): string {
  const digits = '零一二三四五六七八九'
  const tens = Math.floor(count / 10)
  const ones = count % 10
  return `${tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`}${ones === 0 ? '' : digits[ones]}`
}

/** As long as documents are: mostly between 400 and 1200 signs, a few of 2500. */
export function lengthOf(chance: Chance): number {
  const normal = chance.unit() + chance.unit() + chance.unit() + chance.unit() - 2
  return Math.min(2400, Math.max(180, Math.round(560 * Math.exp(normal * 0.95))))
}

/** 一、… with paragraphs or （一）… below, until the length is reached. */
export function sections(pen: Pen, titles: readonly string[], length: number): Part[] {
  const parts: string[] = []
  let written = 0
  for (let section = 1; written < length && section <= titles.length; section++) {
    const style = pen.chance.below(4)
    parts.push(`${han(section)}、${titles[section - 1]}`)
    const paragraphs = pen.chance.between(1, 3)
    for (let index = 1; index <= paragraphs; index++) {
      const mark = style === 0 ? `（${han(index)}）` : style === 1 ? `${index}.` : ''
      const text = `${mark}${sentencesOf(pen, patterns.running, pen.chance.between(1, 3))}`
      parts.push(text)
      written += text.length
      if (written > length) break
    }
  }
  return parts
}

export function sentencesOf(pen: Pen, list: readonly Template[], count: number): string {
  let text = ''
  for (let index = 0; index < count; index++) text += write(pen, next(pen, list))
  return text
}

/** 一、… each of one sentence. */
export function points(pen: Pen, list: readonly Template[], count: number): Part[] {
  return Array.from({ length: count }, (_, index) => `${han(index + 1)}、${write(pen, next(pen, list))}`)
}

/** 第一章 … 第一条 …; the last article tells when it begins and how long it is good for. */
export function articlesOf(pen: Pen, inner: string, length: number, closing: string): Part[] {
  const parts: Part[] = [{ heading: inner }]
  const chapters = length > 700 ? headings.chapters : null
  let article = 0
  let chapter = 0
  let written = 0
  const add = (text: string) => {
    article += 1
    const line = `第${han(article)}条　${text}`
    written += line.length
    parts.push(line)
  }
  const open = () => {
    if (chapters) parts.push(`第${han(++chapter)}章　${chapters[chapter - 1]}`)
  }
  open()
  const name = pen.chance.any(['本办法', '本规定'])
  add(
    `为加强${pen.topic}管理，${pen.chance.usual(pen.field.acts)}，根据有关法律、法规和规章，结合本县实际，制定${name}。`,
  )
  add(`${name}适用于本县行政区域内的${pen.topic}及其监督管理活动。`)
  while (written < length && article < 60) {
    if (chapters && article % 4 === 2 && chapter < chapters.length - 1) open()
    add(write(pen, next(pen, patterns.articles)))
  }
  if (chapters) parts.push(`第${han(chapter + 1)}章　附则`)
  add(`${name}由${pen.organ.name}负责解释。`)
  add(closing)
  return parts
}

export function tableOf(pen: Pen, kind: 'people' | 'money' | 'tasks', rows: number): { table: Table } {
  const { chance, field } = pen
  const row = (index: number): string[] => {
    switch (kind) {
      case 'people':
        return [
          String(index),
          personOf(chance),
          `${townOf(chance)}${villageOf(chance)}`,
          chance.any(field.actors),
          String(chance.between(2, 90) * 100),
        ]
      case 'money':
        return [
          String(index),
          `${villageOf(chance)}${chance.any(field.projects)}`,
          companyOf(chance),
          townOf(chance),
          `${chance.between(2, 900)}.${chance.between(10, 99)}`,
        ]
      default:
        return [
          String(index),
          chance.any(field.acts),
          write(pen, deptPattern),
          printedDay(`${pen.day.slice(0, 4)}-${String(chance.between(1, 12)).padStart(2, '0')}-28`),
          '',
        ]
    }
  }
  const head = {
    people: ['序号', '姓名', '所在地', '类别', '金额（元）'],
    money: ['序号', '项目名称', '承担单位', '所在乡镇', '金额（万元）'],
    tasks: ['序号', '工作任务', '责任单位', '完成时限', '备注'],
  }[kind]
  return { table: { head, rows: Array.from({ length: rows }, (_, index) => row(index + 1)) } }
}

const deptPattern = template('{dept}')

export { headings }
