/** What a printed plan says, task by task. Offsets point into `text`; names and words are exactly as printed. */
export type PlanReading = {
  title: string | null
  issuer: string | null
  docNo: string | null
  /** The day of the document as ISO text: its signature, else what the page around it prints. */
  date: string | null
  tasks: ReadTask[]
  /** The whole document, normalised by `normaliseText`. */
  text: string
  /** What a person should know before trusting the list as a whole. */
  doubts: string[]
}

export type ReadTask = {
  /** The number as printed: `1`, `（一）`, `三、`; null where the item or row has none. */
  no: string | null
  /** The chapter path from the outside in, each as printed with its number. */
  heading: string[]
  title: string
  text: string
  /** What a column of its own demands (工作要求); null in prose. */
  requirement: string | null
  lead: string[]
  responsible: string[]
  due: Deadline[]
  /** What a column of its own reports (完成情况). */
  progress: string | null
  confidence: Confidence
  source: Span
  /** Why a field is unsure, in words for the person who confirms. */
  doubts: TaskDoubt[]
}

/** `date`: the last day meant; null for cadences and for terms that run from an event. */
export type Deadline = { text: string; date: string | null }

type TaskField = 'title' | 'lead' | 'responsible' | 'due'

/** 0 a guess, 1 certain. */
type Confidence = Record<TaskField, number>

export type TaskDoubt = { field: TaskField; why: string }

export type Span = { start: number; end: number }
