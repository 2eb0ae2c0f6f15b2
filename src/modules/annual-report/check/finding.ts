import type { Cell } from '../report.ts'

/** Something in a report that does not hold. */
export interface Finding {
  /** Of the rule book: R-RPT-20 … */
  rule: string
  severity: Severity
  /** The cell that is judged: `section3.C7[6]`, `section4.复议[4]`, `section2.T2.2[2]`; a figure of the text by its cell: `text/section3.A[6]`. */
  where: string
  /** What it should say, were the rest of the sum right. */
  expected: Cell
  /** What it says; null where it is blank. */
  found: Cell | string
  /** Every cell of the sum: the wrong one is among them. */
  cells: readonly string[]
  /** Where in the text its figure stands. */
  textAt?: number
  message: string
}

type Severity = 'error' | 'warning'

/** How grave a breach is. What only convention asks ([C]), or what may have good reasons, warns. */
const severities: Readonly<Record<string, Severity>> = {
  'R-RPT-11': 'warning',
  'R-RPT-25': 'error',
  'R-RPT-26': 'error',
  'R-RPT-27': 'error',
}

export const severityOf = (rule: string): Severity => severities[rule] ?? 'error'

export type NewFinding = Omit<Finding, 'severity'>

export const numberInWords = (cell: Cell | string | undefined): string =>
  cell === null || cell === undefined ? '空白' : String(cell)
