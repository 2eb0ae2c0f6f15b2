import type { DeskRoute } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { routes as edit } from './edit-publication.page.tsx'
import { routes as create } from './new-publication.page.tsx'
import { routes as word } from './word.page.tsx'

/** The pages that write a draft; they keep uploaded files. */
export const editorRoutes = (storage: FileStorage): DeskRoute[] => [
  ...create(storage),
  ...edit(storage),
  ...word(storage),
]
