import type { CheerioAPI } from 'cheerio'
import type { HtmlElement } from '../html-element.ts'
import { numeral } from './numerals.ts'

export type NumberedParagraph = { numId: string; level: string | null; styleId: string | null }

type Level = { start: number; format: string; text: string; styleId: string | undefined; plain: boolean }
type List = { id: string; levels: Map<number, Level>; starts: Map<number, number> }

/**
 * Counts as Word does. Asked for the numbered paragraphs in their order, it returns what Word prints before each
 * (`一、`, `（二）`, `第三条　`); null for a list of bullets or one that is not defined.
 */
export function wordNumbering($: CheerioAPI): (paragraph: NumberedParagraph) => string | null {
  const abstracts = new Map(
    $('w\\:abstractNum')
      .toArray()
      .map(element => [$(element).attr('w:abstractNumId') ?? '', levelsOf($, element)]),
  )
  const lists = new Map(
    $('w\\:num')
      .toArray()
      .map(element => [$(element).attr('w:numId') ?? '', listOf($, element, abstracts)]),
  )
  // Lists of one kind go on counting for one another, unless one says where it starts.
  const counters = new Map<string, number[]>()
  const started = new Set<string>()

  return ({ numId, level, styleId }) => {
    const list = lists.get(numId)
    if (!list) return null
    const depth = level === null ? depthOfStyle(list, styleId) : Number(level)
    const shape = list.levels.get(depth)
    if (!shape || shape.format === 'bullet' || shape.format === 'none') return null
    const counter = counters.get(list.id) ?? []
    counters.set(list.id, counter)
    const restarts = list.starts.has(depth) && !started.has(`${numId}:${depth}`)
    started.add(`${numId}:${depth}`)
    const before = restarts ? undefined : counter[depth]
    counter[depth] = before === undefined ? (list.starts.get(depth) ?? shape.start) : before + 1
    counter.length = depth + 1
    return printed(shape, list, counter)
  }
}

function printed(shape: Level, list: List, counter: readonly number[]): string {
  const mark = shape.text.replace(/%([1-9])/g, (_, which: string) => {
    const depth = Number(which) - 1
    const level = list.levels.get(depth)
    return numeral(
      counter[depth] ?? level?.start ?? 1,
      shape.plain ? 'decimal' : (level?.format ?? 'decimal'),
    )
  })
  return mark === '' || /[、．.：:，,）)〕】]$/.test(mark) ? mark : `${mark}　`
}

function depthOfStyle(list: List, styleId: string | null): number {
  for (const [depth, level] of list.levels) if (styleId !== null && level.styleId === styleId) return depth
  return 0
}

function levelsOf($: CheerioAPI, element: HtmlElement): Map<number, Level> {
  return new Map(
    $(element)
      .children('w\\:lvl')
      .toArray()
      .map(level => [Number($(level).attr('w:ilvl') ?? 0), levelOf($, level)]),
  )
}

function levelOf($: CheerioAPI, element: HtmlElement): Level {
  const value = (name: string) => $(element).children(`w\\:${name}`).attr('w:val')
  return {
    start: Number(value('start') ?? 1),
    format: value('numFmt') ?? 'decimal',
    text: value('lvlText') ?? '',
    styleId: value('pStyle'),
    plain: $(element).children('w\\:isLgl').length > 0 && !/^(?:0|false)$/.test(value('isLgl') ?? ''),
  }
}

function listOf(
  $: CheerioAPI,
  element: HtmlElement,
  abstracts: ReadonlyMap<string, Map<number, Level>>,
): List {
  const id = $(element).children('w\\:abstractNumId').attr('w:val') ?? ''
  const levels = new Map(abstracts.get(id))
  const starts = new Map<number, number>()
  for (const override of $(element).children('w\\:lvlOverride').toArray()) {
    const depth = Number($(override).attr('w:ilvl') ?? 0)
    const start = $(override).children('w\\:startOverride').attr('w:val')
    if (start !== undefined) starts.set(depth, Number(start))
    const own = $(override).children('w\\:lvl').get(0)
    if (own) levels.set(depth, levelOf($, own))
  }
  return { id, levels, starts }
}
