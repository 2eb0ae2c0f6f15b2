/** `2026`, `2026-H2`, `2026-Q4`, `2026-11`; nothing: the task as a whole. */
export const periodPattern = /^(?:20\d{2}(?:-(?:H[12]|Q[1-4]|0[1-9]|1[0-2]))?)?$/

export function periodWords(period: string): string {
  const [year = '', part] = period.split('-')
  if (year === '') return '整项任务'
  if (part === undefined) return `${year}年`
  if (part.startsWith('H')) return `${year}年${part === 'H1' ? '上' : '下'}半年`
  if (part.startsWith('Q')) return `${year}年第${'一二三四'[Number(part[1]) - 1]}季度`
  return `${year}年${Number(part)}月`
}
