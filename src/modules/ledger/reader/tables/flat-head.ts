import type { Line } from '../lines.ts'
import { type ColumnKind, columnKind, isHead } from './columns.ts'

/** The head of a table that lost its form: its words one below the other, or on one line. */
export type FlatHead = { kinds: ColumnKind[]; from: number; to: number; onOneLine: boolean }

const WIDEST = 12

export function flatHeadAt(lines: readonly Line[], at: number): FlatHead | null {
  const line = lines[at]
  if (!line || line.text === '' || line.text.length > 80) return null
  const kinds: ColumnKind[] = []
  let to = at
  for (let i = at; i < lines.length && kinds.length < WIDEST; i++) {
    const text = lines[i]?.text ?? ''
    if (text === '') continue
    const kind = columnKind(text)
    if (!kind) break
    kinds.push(kind)
    to = i + 1
  }
  if (isHead(kinds)) return { kinds, from: at, to, onOneLine: false }
  const oneLine = kindsOnLine(line.text)
  return oneLine && isHead(oneLine) ? { kinds: oneLine, from: at, to: at + 1, onOneLine: true } : null
}

function kindsOnLine(text: string): ColumnKind[] | null {
  if (/[。；？！《]/.test(text)) return null
  const divided = text.split(/[\t|｜]|\s{1,}/).filter(part => part !== '')
  const kinds = divided.map(columnKind)
  if (divided.length >= 2 && kinds.every(kind => kind !== null)) return kinds
  return text.length <= 60 ? apart(text.replace(/[\s\u3000|｜]+/g, '')) : null
}

/** Head words that ran together: 序号工作任务责任单位完成时限. The longest word that fits goes first. */
function apart(text: string): ColumnKind[] | null {
  const kinds: ColumnKind[] = []
  for (let at = 0; at < text.length; ) {
    let length = Math.min(10, text.length - at)
    while (length >= 2 && !isHeadWord(text.slice(at, at + length))) length--
    if (length < 2) return null
    const kind = columnKind(text.slice(at, at + length))
    if (!kind) return null
    kinds.push(kind)
    at += length
  }
  return kinds.length >= 3 ? kinds : null
}

const isHeadWord = (text: string) => text.length >= 2 && columnKind(text) !== null
