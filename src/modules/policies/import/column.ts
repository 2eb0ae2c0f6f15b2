import type { ColumnRow } from '#modules/publications'
import type { NoticeType } from './document-kind.ts'

/** The column in which a document of this kind is looked for: by its name, else by its type; the uppermost one first. */
export function chooseColumn(
  columns: readonly ColumnRow[],
  kind: string,
  noticeType: NoticeType | null,
): ColumnRow | null {
  const uppermost = [...columns].sort(
    (a, b) => depth(a) - depth(b) || a.sortOrder - b.sortOrder || a.path.localeCompare(b.path),
  )
  for (const fits of preferences(kind, noticeType)) {
    const found = uppermost.find(fits)
    if (found) return found
  }
  return null
}

type Fits = (column: ColumnRow) => boolean

const named =
  (words: RegExp): Fits =>
  column =>
    words.test(column.name)
const typed =
  (type: string): Fits =>
  column =>
    column.type.includes(type)

const policies: Fits = column => typed('政策文件')(column) && !named(/规范性文件/)(column)

function preferences(kind: string, noticeType: NoticeType | null): Fits[] {
  switch (kind) {
    case 'policy':
      return [policies, typed('政策文件')]
    case 'normative-document':
      return [named(/规范性文件/), policies]
    case 'notice':
      return [...(noticeType === 'publicity' ? [named(/公示/)] : []), named(/通知|公告/), typed('工作动态')]
    case 'disclosure-rules':
      return [named(/制度/)]
    default:
      return []
  }
}

const depth = (column: ColumnRow) => column.path.split('/').length
