import type { Module } from '#platform/module'
import { deadlineCommand } from './commands/deadline.command.ts'
import { routes as deadline } from './public/deadline.page.tsx'

export const duties: Module = {
  name: 'duties',
  publicRoutes: [...deadline],
  commands: [deadlineCommand],
}
