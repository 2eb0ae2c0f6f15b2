import { type Block, type LabelledValue, labelKind, labelledCells, labelledValues } from '#modules/files'

/** The labels of one line or table, and how many blocks they take. */
export function labelledIn(
  block: Block,
  next: Block | undefined,
): { found: LabelledValue[]; blocks: number } | null {
  if (block.kind === 'raw') {
    // A long table is content.
    if (block.text.length > 3000) return null
    const found = block.text
      .split('\n')
      .flatMap(row => labelledCells(row.split(/[\t|｜]/).map(cell => cell.trim())))
    const telling = found.filter(pair => pair.kind !== 'other' && pair.value !== '')
    return telling.length >= 2 ? { found, blocks: 1 } : null
  }
  const found = labelledValues(block.text)
  const [only] = found
  const follows =
    next && next.kind === 'line' && labelledValues(next.text).length === 0 && next.text.length <= 60
  if (only && found.length === 1 && only.value === '' && follows && startsMetadata(only)) {
    return { found: [{ ...only, value: next.text }], blocks: 2 }
  }
  if (found.length > 0) {
    const cells = /[|｜]/.test(block.text)
      ? labelledCells(block.text.split(/[|｜]/).map(cell => cell.trim()))
      : found
    return { found: cells, blocks: 1 }
  }
  if (/[|｜]/.test(block.text)) {
    const cells = labelledCells(block.text.split(/[|｜]/).map(cell => cell.trim()))
    if (cells.some(startsMetadata)) return { found: cells, blocks: 1 }
  }
  const words = block.text.split(/\s+/)
  const first = labelKind(words[0] ?? '')
  return first && words.length >= 2 && startsMetadata(first)
    ? { found: labelledCells(words), blocks: 1 }
    : null
}

const TURNS = 3
const TURNS_LIMIT = 120

/** Label and value on lines of their own, without colons; three of them in a row are no chance. */
export function byTurns(blocks: Block[], at: number): { found: LabelledValue[]; blocks: number } | null {
  const found: LabelledValue[] = []
  let i = at
  for (let label = labelOn(blocks[i]); label && i - at < TURNS_LIMIT; label = labelOn(blocks[i])) {
    const next = blocks[i + 1]
    const glued = next && next.kind === 'line' && next.text.length <= 220 ? GLUED_LABEL.exec(next.text) : null
    if (glued?.[1] && glued[2]) {
      found.push({ ...label, value: glued[1] })
      const inner = labelKind(glued[2])
      const value = blocks[i + 2]
      if (inner && value && value.kind === 'line') found.push({ ...inner, value: value.text })
      i += 3
      continue
    }
    const empty = !next || next.kind === 'raw' || labelOn(next) !== null || next.text.length > 220
    found.push({ ...label, value: empty ? '' : next.text })
    i += empty ? 1 : 2
  }
  const telling = found.filter(pair => pair.kind !== 'other' && pair.value !== '')
  return telling.length >= TURNS && found.some(startsMetadata) ? { found, blocks: i - at } : null
}

/** Value and next label on one line: 某某的通知发文机关. */
const GLUED_LABEL =
  /^(.{4,}?)(发文机关|发文机构|发布机构|发文字号|文号|索引号|成文日期|发文日期|发布日期|主题分类|有效性)$/

function labelOn(block: Block | undefined): ReturnType<typeof labelKind> {
  return block && block.kind === 'line' && block.text.length <= 16 ? labelKind(block.text) : null
}

function startsMetadata({ kind }: Pick<LabelledValue, 'kind'>): boolean {
  return kind !== 'other' && kind !== 'source' && kind !== 'validity'
}
