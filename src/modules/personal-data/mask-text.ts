import { findPersonalData } from './find-personal-data.ts'

/** A text of our own records (a title, the place of a finding) with everything personal masked. */
export function maskText(text: string): string {
  let masked = ''
  let from = 0
  for (const found of findPersonalData(text)) {
    masked += text.slice(from, found.at) + found.masked
    from = found.end
  }
  return masked + text.slice(from)
}
