import type { Module } from '#platform/module'
import { type FileRoutesNeed, fileRoutes } from './desk/files.page.ts'
import { purgeUnusedFiles } from './jobs/purge-unused-files.ts'
import { record } from './record.ts'

/** Made by `app`, which knows where the bytes lie and who may read an edition. */
export const filesModule = (need: FileRoutesNeed): Module => ({
  name: 'files',
  record,
  deskRoutes: fileRoutes(need),
  jobs: [purgeUnusedFiles(need.storage)],
})
