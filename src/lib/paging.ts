/** A page of rows; `page` counts from 1. */
export interface PageOf<Row> {
  rows: Row[]
  page: number
  pageSize: number
  total: number
}

/** How far a reader may page; deeper is a job for search and export, and would cost the database ever more. */
export const deepestPage = 500

/** Page number out of an address: anything that is not a sensible number is the first page. */
export function pageNumber(text: string | undefined): number {
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 ? Math.min(number, deepestPage) : 1
}

export function pageCount(page: { total: number; pageSize: number }): number {
  return Math.max(1, Math.min(deepestPage, Math.ceil(page.total / page.pageSize)))
}
