import type { Module } from '#platform/module'
import { routes as check } from './desk/check.page.tsx'
import { routes as original } from './desk/original.page.tsx'
import { routes as overview } from './desk/overview.page.tsx'
import { readFilesJob } from './jobs/read-files.job.ts'
import { mayDecideFindings } from './policy.ts'

export const personalData: Module = {
  name: 'personal-data',
  deskRoutes: [...overview, ...original, ...check],
  menu: [
    {
      group: 'publishing',
      label: '个人信息检查',
      href: '/personal-data',
      order: 22,
      may: actor => mayDecideFindings(actor),
    },
  ],
  jobs: [readFilesJob],
}
