import { Refused } from '#lib/errors'
import type { FormErrors } from '#lib/forms'

/** The field of the form that a refusal is about; the others are about the form as a whole. */
const fieldOf: Record<string, string> = {
  'publications.unknown-column': 'mainColumn',
  'publications.foreign-main-column': 'mainColumn',
  'publications.schedule-past': 'publishAt',
  'publications.not-proactive': 'openness',
  'publications.shown-until-past': 'publishAt',
  'publications.no-target': 'to',
  'publications.target-not-public': 'to',
  'publications.column-path-taken': 'path',
  'publications.column-in-use': 'path',
  'files.not-found': 'newFiles',
  'catalogue.filed-under-retired': 'filedUnder',
}

/** A refusal as errors of the form that was left, so that nothing typed is lost. Anything else goes on to the error page. */
export function refusalAsErrors(error: unknown): { errors: FormErrors; status: number } {
  if (!(error instanceof Refused)) throw error
  return { errors: { [fieldOf[error.code] ?? '']: error.message }, status: error.status }
}

export const isRefused = (error: unknown, code: string): boolean =>
  error instanceof Refused && error.code === code
