const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** A line does not begin with these, nor end with those. */
const notFirst = /^[的地得和与及或、，。；：！？）》〉】〕”’·]/u
const notLast = /[（《〈【〔“‘·]$|(?:关于|印发|转发|和|与|及)$/u
/** Names end with these: 云溪 / 县 is no place to break. */
const nameEnds = /^[省市县区州盟旗乡镇村局厅部委办院会处科所站队厂]/u

/**
 * A title broken by sense into centred lines (S-GWG-11): no word is torn, 关于 opens a line where it can, and the lines are of
 * nearly one length, so that they form a trapezium or a rhombus.
 */
export function titleLines(title: string, longest: number): string[] {
  const text = title.trim()
  const length = widthOf(text)
  if (length <= longest) return [text]
  const cuts = cutsOf(text)
  const fewest = Math.ceil(length / longest)
  let best: { lines: string[]; cost: number } | null = null
  for (let count = fewest; count <= fewest + 1; count++) {
    const found = cheapest(text, cuts, count, longest)
    if (found && (!best || found.cost + (count - fewest) * 28 < best.cost)) best = found
  }
  return best?.lines ?? chopped(text, longest)
}

/** Full-width signs count one, the others half. */
export function widthOf(text: string): number {
  let width = 0
  for (const sign of text) width += /[\u0020-\u00ff]/.test(sign) ? 0.55 : 1
  return width
}

/** Where a line may end, with what it costs. */
function cutsOf(text: string): Map<number, number> {
  const cuts = new Map<number, number>()
  let inside = 0
  let before = ''
  const speaker = /^[^《（“]{2,40}?(?=关于)/u.exec(text)?.[0].length ?? 0
  const place = /^\p{Script=Han}{1,4}?[省市县区州旗镇乡]/u.exec(text)?.[0] ?? ''
  for (const { segment, index } of words.segment(text)) {
    const lead = text.slice(0, index)
    const rest = text.slice(index)
    const tears =
      notFirst.test(rest) ||
      notLast.test(lead) ||
      (segment.length === 1 && nameEnds.test(rest)) ||
      (place !== '' && text.lastIndexOf(place, index - 1) > index - place.length)
    // What a dictionary leaves as one sign is often half of a word that it does not know
    const half = isOneSign(segment) || (isOneSign(before) && !nameEnds.test(before))
    const opens = /^(?:关于|转发)/.test(rest) || /[）》、，]$/.test(lead)
    if (index > 0)
      cuts.set(
        index,
        (tears ? 300 : 0) + (half ? 40 : 0) + (inside > 0 || index < speaker ? 18 : 0) - (opens ? 30 : 0),
      )
    for (const sign of segment) inside += /[《（“]/.test(sign) ? 1 : /[》）”]/.test(sign) ? -1 : 0
    before = segment
  }
  return cuts
}

const isOneSign = (segment: string) => /^[\p{Script=Han}--[等和与及的年月日对在为第]]$/v.test(segment)

function cheapest(text: string, cuts: Map<number, number>, count: number, longest: number) {
  const ideal = widthOf(text) / count
  const places = [...cuts.keys(), text.length]
  /** By end of line: the cheapest way to have ended so many lines there. */
  let ways = new Map<number, { cost: number; lines: string[] }>([[0, { cost: 0, lines: [] }]])
  for (let line = 1; line <= count; line++) {
    const next = new Map<number, { cost: number; lines: string[] }>()
    for (const [from, way] of ways) {
      for (const to of places) {
        if (to <= from || (line === count) !== (to === text.length)) continue
        const part = text.slice(from, to)
        const width = widthOf(part)
        if (width > longest) break
        const cost = way.cost + (width - ideal) ** 2 + (cuts.get(to) ?? 0)
        if (cost < (next.get(to)?.cost ?? Infinity)) next.set(to, { cost, lines: [...way.lines, part] })
      }
    }
    ways = next
  }
  return ways.get(text.length) ?? null
}

function chopped(text: string, longest: number): string[] {
  const signs = [...text]
  const lines: string[] = []
  for (let at = 0; at < signs.length; at += longest) lines.push(signs.slice(at, at + longest).join(''))
  return lines
}
