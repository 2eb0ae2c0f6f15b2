/** A file for spreadsheet programs, made while it is sent. The mark at the start lets them read the Chinese. */
export async function* csvFile<Row>(
  heads: readonly string[],
  batches: AsyncIterable<readonly Row[]>,
  cells: (row: Row) => readonly string[],
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(heads)}`
  for await (const rows of batches) yield rows.map(row => csvLine(cells(row))).join('')
}

/** One line; a text that a spreadsheet program would take for a formula is disarmed. */
export function csvLine(texts: readonly string[]): string {
  const quoted = texts.map(
    text => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`,
  )
  return `${quoted.join(',')}\r\n`
}
