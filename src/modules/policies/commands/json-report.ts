import type { Out } from '#platform/module'
import type { ImportFault, ImportLine } from '../import/import-line.ts'
import { faultOf, type Report } from './report.ts'

/** One JSON document at the end and nothing else on the way. */
export function jsonReport(out: Out): Report {
  const documents: ImportLine[] = []
  const faults: ImportFault[] = []
  const skipped: ImportFault[] = []
  return {
    document(line) {
      documents.push(line)
      const fault = faultOf(line)
      if (fault) faults.push(fault)
    },
    fault: fault => void faults.push(fault),
    skipped: fault => void skipped.push(fault),
    end({ run }) {
      out.print(JSON.stringify({ run, documents, faults, skipped }, undefined, 2))
      return faults.length > 0 ? 1 : 0
    },
  }
}
