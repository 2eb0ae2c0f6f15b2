import type { ImportFault, ImportLine } from '../import/import-line.ts'

export interface ReportEnd {
  run: string | null
  mode: 'preview' | 'apply' | 'publish'
  /** An earlier run that did not get through all its files. */
  interrupted?: boolean
  seconds?: number
}

/** A document that did not get as far as was asked for is a fault too. */
export function faultOf({ file, result, note }: ImportLine): ImportFault | null {
  return note !== null && (result === 'refused' || result === 'draft') ? { file, why: note } : null
}

/** Tells what the import finds, as it goes or at the end. */
export interface Report {
  document(line: ImportLine): void
  fault(fault: ImportFault): void
  /** A page of an old site that is no document. */
  skipped(fault: ImportFault): void
  /** @returns the exit code: 1 when something was refused. */
  end(how: ReportEnd): 0 | 1
}
