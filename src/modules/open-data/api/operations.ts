import { listChangesSince } from './change-operation.ts'
import { listTheColumns, listTheOrgans, listTheSites } from './directory-operations.ts'
import { getEdition, getPublication, listEditions, listEffects, listLinks } from './item-operations.ts'
import { listPublications, search } from './list-operations.ts'
import type { Operation } from './operation.ts'

/** Everything the API can be asked: what stands here is served, documented and tested. */
export const operations: readonly Operation[] = [
  listTheSites,
  listTheOrgans,
  listTheColumns,
  listPublications,
  getPublication,
  listEditions,
  getEdition,
  listLinks,
  listEffects,
  search,
  listChangesSince,
]
