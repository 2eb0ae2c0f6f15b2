/** An expected decomposition, made by hand: offsets into the normalised text, names, numbers and dates (see gold/README.md). */
export type GoldPlan = {
  document: string
  /** The first 16 hexadecimal digits of SHA-256 of the normalised text: offsets hold for this text only. */
  sha256: string
  title: string | null
  issuer: string | null
  docNo: string | null
  date: string | null
  tasks: GoldTask[]
}

export type GoldTask = {
  no: string | null
  source: Offsets
  heading: Offsets[]
  /** The chapter is a paragraph of its own: naming it is neither asked nor wrong. */
  headingOptional?: true
  lead: string[]
  responsible: string[]
  due: GoldDue[]
  progress: Offsets | null
}

export type GoldDue = {
  at: Offsets
  date: string | null
  orDate?: (string | null)[]
  optional?: true
}

type Offsets = [start: number, end: number]
