// Line ends of every kind: Windows, old Macintosh, the vertical tab and form feed of word processors, Unicode separators.
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
// White space as JavaScript knows it (with U+3000, U+00A0, the byte order mark) and the zero-width space, at both ends of a line.
const AROUND = /^[\s\u200B]+|[\s\u200B]+$/g

/**
 * The text that offsets of a reading point into. Only what is not printed goes: the byte order mark, white space at both ends of
 * a line, empty lines before and after the document, and all but one of several empty lines in a row (one stays: in a
 * flattened table an empty line may be an empty cell). Within a line nothing changes, so that an offset shows what is printed.
 */
export function normaliseText(raw: string): string {
  return raw
    .split(LINE_END)
    .map(line => line.replace(AROUND, ''))
    .filter((line, at, lines) => line !== '' || (at > 0 && lines[at - 1] !== ''))
    .join('\n')
    .replace(/\n+$/, '')
}
