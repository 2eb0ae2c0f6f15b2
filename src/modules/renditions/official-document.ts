/**
 * An official document as its page shows it, whatever writes the page: what it is called, who speaks, and its text as blocks.
 * Pure data, so that it can go to another thread and be read by the page's own program.
 */
export interface OfficialDocument {
  form: PageForm
  /** As it is announced to programs; on the page it stands in `titleLines`. */
  title: string
  /** The title broken by sense (S-GWG-11). */
  titleLines: readonly string[]
  /** 发文机关标志 (S-GWG-07), one line for each organ that signs; empty: no red head. */
  marks: readonly string[]
  docNo: string | null
  /** 签发人 of papers that go upwards (S-GWG-09). */
  signatory: string | null
  blocks: readonly Block[]
  /** 版记 (S-GWG-18). */
  imprint: { copies: readonly string[]; printed: string | null }
  about: { author: string; keywords: string; madeAt: Date }
  /** Small, under the last page's number: what this print is. */
  foot: readonly string[]
  /** Across every page. */
  watermark: string | null
  print: 'normal' | 'large'
}

/** 公文 with a red head, 信函 (S-GWG-20), 命令 and 纪要 (S-GWG-21), and a text without head. */
export type PageForm = 'document' | 'letter' | 'order' | 'minutes' | 'plain'

/** 黑体 for the first level, 楷体 for the second (S-GWG-13). */
export type Face = 'hei' | 'kai'

export interface Run {
  text: string
  face?: Face
  bold?: true
  underline?: true
  strike?: true
  raised?: 'sup' | 'sub'
}

export type Block =
  | { kind: 'paragraph'; runs: readonly Run[]; align?: 'left' | 'center' | 'right' }
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; runs: readonly Run[]; align?: 'center' }
  | { kind: 'addressee'; text: string }
  | { kind: 'attachments'; items: readonly string[] }
  /** `sealRoom`: blank lines above, so that a seal can stand on organ and date without touching the text. */
  | { kind: 'signature'; lines: readonly string[]; sealRoom?: true }
  /** 附注 (S-GWG-16). */
  | { kind: 'remark'; text: string }
  /** A new page begins: an annex with its mark (S-GWG-17), or the document that was passed on. */
  | { kind: 'annex'; mark: string | null; titleLines: readonly string[] }
  | Table
  | { kind: 'picture'; file: string; alt: string }

export interface Table {
  kind: 'table'
  caption: string | null
  /** Shares of the width. */
  widths: readonly number[]
  /** Rows that come again on each page. */
  headRows: number
  rows: number
  cells: readonly Cell[]
}

/** A cell at its place; no two overlap, none is missing, and none reaches from the head into the body. */
export interface Cell {
  x: number
  y: number
  colspan: number
  rowspan: number
  lines: readonly (readonly Run[])[]
  head: boolean
  align: 'left' | 'center' | 'right'
}

/** GB/T 9704: 22 lines of 28 characters of 三号 (S-GWG-03); large print is half as large again. */
export const grids = {
  normal: { lines: 22, characters: 28, points: 16 },
  large: { lines: 15, characters: 18, points: 24 },
} as const

/** Millimetres (S-GWG-01, S-GWG-02). */
export const paper = {
  width: 210,
  height: 297,
  top: 37,
  left: 28,
  blockWidth: 156,
  blockHeight: 225,
} as const

export const textOf = (runs: readonly Run[]): string => runs.map(run => run.text).join('')
