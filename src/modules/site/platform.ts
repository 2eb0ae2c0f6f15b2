import type { ColumnUse } from '#modules/publications'

/** The blocks of the disclosure platform in their fixed order (S-PLT-04, R-CATG-05), and the columns they are made of. */
export const platformBlocks = [
  { key: 'guide', path: 'disclosure/guide', label: '政府信息公开指南' },
  { key: 'rules', path: 'disclosure/rules', label: '政府信息公开制度' },
  { key: 'content', path: 'disclosure/content', label: '法定主动公开内容' },
  { key: 'annual-reports', path: 'disclosure/annual-reports', label: '政府信息公开年报' },
] as const

export const platformPath = 'disclosure'
export const interpretationKinds = ['interpretation'] as const

/** Whether the column stands directly below the other. */
export const isChildOf = (path: string, parent: string) =>
  path.startsWith(`${parent}/`) && !path.slice(parent.length + 1).includes('/')

/** The nodes of the statutory content: everything on the platform that is no other block. */
export function contentNodes(columns: readonly ColumnUse[]): ColumnUse[] {
  const others = platformBlocks.filter(block => block.key !== 'content').map(block => block.path)
  return columns.filter(
    column =>
      isChildOf(column.path, 'disclosure/content') ||
      (isChildOf(column.path, platformPath) &&
        column.path !== 'disclosure/content' &&
        !others.some(path => path === column.path)),
  )
}

/** The door of the navigation that is lit on a column's page. */
export function doorOf(column: { path: string; type: string }): string {
  if (column.path === platformPath || column.path.startsWith(`${platformPath}/`)) return 'disclosure'
  return /政策文件|政策解读/.test(column.type) ? 'policies' : 'home'
}

/** Address of a column's page; the platform has a page of its own. */
export const columnAddress = (path: string) => (path === platformPath ? '/disclosure' : `/columns/${path}`)
