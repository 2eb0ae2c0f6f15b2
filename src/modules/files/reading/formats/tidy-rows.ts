/** All rows as long as the longest; rows and last columns without text left out. */
export function tidyRows(rows: readonly string[][]): string[][] {
  const filled = rows.filter(row => row.some(cell => cell !== ''))
  const width = filled.reduce((most, row) => Math.max(most, row.findLastIndex(cell => cell !== '') + 1), 0)
  return filled.map(row => Array.from({ length: width }, (_, i) => row[i] ?? ''))
}
