import type { Module } from '#platform/module'
import { routes as interpretations } from './public/interpretations.page.tsx'

/** No door of its own: interpretations stand behind the policies' door. */
export const interpretation: Module = {
  name: 'interpretation',
  publicRoutes: [...interpretations],
}
