import type { Module } from '#platform/module'
import { routes as words } from './desk/words.page.tsx'

export const wording: Module = { name: 'wording', deskRoutes: [...words] }
