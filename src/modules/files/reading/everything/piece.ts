/** Where in a file a text stands, as far as it matters who sees it. */
export type PieceKind =
  | 'text'
  | 'cell'
  | 'hidden'
  | 'comment'
  | 'tracked'
  | 'header'
  | 'property'
  | 'leftover'
  | 'file-name'
  | 'position'

/** A text out of a file, shown or not, with the place where a person finds it. */
export interface Piece {
  text: string
  kind: PieceKind
  /** In words, from the file inwards: `工作表‘汇总’（隐藏）第 12 行 C 列`. */
  place: string
  /** Of a cell: the head of its column, the heads of all, and the whole row. */
  head?: string | undefined
  heads?: readonly string[] | undefined
  row?: readonly string[] | undefined
}

/** A part that could not be looked into, and why, in words for people. */
export interface Unread {
  place: string
  why: string
}

export interface Everything {
  pieces: Piece[]
  unread: Unread[]
}

/** What still may be read of one file and all that lies in it (S-OFD-03). */
export interface Budget {
  letters: number
  pieces: number
  bytes: number
  parts: number
}

export const wholeBudget = (): Budget => ({
  letters: 60_000_000,
  pieces: 1_500_000,
  bytes: 500 * 1024 * 1024,
  parts: 10_000,
})

/** How deep packages in packages are followed. */
export const deepest = 4

/** Takes in what the readers of the formats find. */
export class Gathered implements Everything {
  readonly pieces: Piece[] = []
  readonly unread: Unread[] = []
  readonly budget: Budget

  constructor(budget: Budget) {
    this.budget = budget
  }

  add(piece: Piece): void {
    if (piece.text.trim() === '') return
    this.budget.letters -= piece.text.length
    this.budget.pieces -= 1
    if (this.budget.letters < 0 || this.budget.pieces < 0) throw new TooMuch()
    this.pieces.push(piece)
  }

  cannotRead(place: string, why: string): void {
    this.unread.push({ place: place || '整个文件', why })
  }
}

/** The budget is used up: what comes after was not looked into. */
export class TooMuch extends Error {}

/** `甲的乙`: a place within a place. */
export const within = (outer: string, inner: string): string => (outer === '' ? inner : `${outer} › ${inner}`)
