import type { Module } from '#platform/module'
import { verifyCommand } from './commands/verify.command.ts'
import { signHeadJob } from './jobs/sign-head.job.ts'
import { routes as resources } from './public/resources.route.ts'
import { routes as witness } from './public/witness.route.ts'

export const transparencyLog: Module = {
  name: 'transparency-log',
  loneCommands: [verifyCommand],
  publicRoutes: [...resources, ...witness],
  jobs: [signHeadJob],
}
