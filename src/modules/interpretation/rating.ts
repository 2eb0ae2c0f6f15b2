/** 看懂了吗、有没有帮助: one answer for both, the best first. */
export const grades = {
  5: '完全看懂，很有帮助',
  4: '基本看懂，有帮助',
  3: '看懂一部分',
  2: '大多没看懂',
  1: '没看懂，没有帮助',
} as const
export type Grade = keyof typeof grades
export const gradeNumbers: readonly Grade[] = [5, 4, 3, 2, 1]

export interface RatingFigures {
  counts: Record<Grade, number>
  total: number
  /** Per cent of those who understood (4 and 5), whole numbers. */
  understood: number
  /** Mean grade, one decimal. */
  mean: number
}

export function figuresOf(rows: readonly { grade: number; count: number }[]): RatingFigures {
  const counts: Record<Grade, number> = { 5: 0, 4: 0, 3: 0, 2: 0, 1: 0 }
  for (const { grade, count } of rows) if (grade in counts) counts[grade as Grade] += count
  const total = gradeNumbers.reduce((sum, grade) => sum + counts[grade], 0)
  const points = gradeNumbers.reduce((sum, grade) => sum + grade * counts[grade], 0)
  return {
    counts,
    total,
    understood: total === 0 ? 0 : Math.round(((counts[5] + counts[4]) / total) * 100),
    mean: total === 0 ? 0 : Math.round((points / total) * 10) / 10,
  }
}

/** Telephone and identity numbers and mail addresses that somebody typed all the same do not stay. */
export const withoutNumbers = (words: string): string =>
  words.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '＊＊').replace(/\d[\d\s-]{5,}[\dXx]/g, '＊＊')
