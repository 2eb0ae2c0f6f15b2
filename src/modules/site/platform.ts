import type { ColumnUse } from '#modules/publications'

export const platformPath = 'disclosure'
export const interpretationKinds = ['interpretation'] as const

/** Whether the column stands directly below the other. */
export const isChildOf = (path: string, parent: string) =>
  path.startsWith(`${parent}/`) && !path.slice(parent.length + 1).includes('/')

const contentPath = 'disclosure/content'
/** The other blocks of the platform: they have places of their own on its page (S-PLT-04). */
const otherBlocks = ['disclosure/guide', 'disclosure/rules', 'disclosure/annual-reports']

/** The nodes of the statutory content: everything on the platform that is no other block. */
export function contentNodes(columns: readonly ColumnUse[]): ColumnUse[] {
  return columns.filter(
    ({ path }) =>
      isChildOf(path, contentPath) ||
      (isChildOf(path, platformPath) && path !== contentPath && !otherBlocks.includes(path)),
  )
}

/** The door of the navigation that is lit on a column's page. */
export function doorOf(column: { path: string; type: string }): string {
  if (column.path === platformPath || column.path.startsWith(`${platformPath}/`)) return 'disclosure'
  return /政策文件|政策解读/.test(column.type) ? 'policies' : 'home'
}

/** Address of a column's page; the platform has a page of its own. */
export const columnAddress = (path: string) => (path === platformPath ? '/disclosure' : `/columns/${path}`)
