import type { Cell } from '../laid-out.ts'
import type { ColumnKind } from './columns.ts'

/** A table whose head names what its columns hold, whatever form it is printed in. */
export type PlanTable = {
  start: number
  end: number
  rows: PlanRow[]
  /** Columns of units, deadlines or demands: without any it is no plan. */
  kinds: ColumnKind[]
}

export type PlanRow =
  | { kind: 'chapter'; cell: Cell }
  | {
      kind: 'cells'
      cells: { column: ColumnKind; cell: Cell }[]
      start: number
      end: number
      /** 0…1: that every cell stands in the right column. */
      sure: number
      why: string[]
    }
