import { plainText } from '#lib/plain-text'
import { cleanBody } from '#modules/files'

/** Beyond this nothing of a text is shown, whatever its markup. */
const longestRead = 20_000

/** Words of a title or a summary, whatever markup stands in it; what a script says is no word. */
export function plainWords(text: string, longest: number): string {
  const start = text.slice(0, longestRead)
  const bare = /[<&]/.test(start) ? plainText(cleanBody(start)) : start
  return bare
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
}

/** An address that a reader can open, or null. */
export function addressIn(text: string | undefined, base: string): string | null {
  const written = text?.trim() ?? ''
  if (written === '' || !URL.canParse(written, base)) return null
  const url = new URL(written, base)
  url.hash = ''
  return /^https?:$/.test(url.protocol) && url.href.length <= 1000 ? url.href : null
}
