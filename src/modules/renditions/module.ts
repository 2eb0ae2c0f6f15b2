import { allKinds, isPrinted } from '#modules/publications'
import type { Module } from '#platform/module'
import { draftPrintRoutes } from './desk/draft-print.route.ts'
import { routes as problems, problemsWaiting } from './desk/problems.page.tsx'
import { makeAheadJob } from './jobs/make-ahead.job.ts'
import type { Press } from './making/press.ts'
import { mayKeepRenditions } from './policy.ts'
import { downloadRoutes } from './public/download.route.ts'

/** Made by `app` when the kinds are known: it knows where bytes and fonts lie. */
export function renditionsWith(press: Press): Module {
  const segments = [
    ...new Set(
      allKinds()
        .filter(isPrinted)
        .map(kind => kind.segment),
    ),
  ]
  return {
    name: 'renditions',
    publicRoutes: downloadRoutes(press, segments),
    deskRoutes: [...problems, ...draftPrintRoutes(press)],
    menu: [
      {
        group: 'site',
        label: '下载文件',
        href: '/renditions',
        order: 58,
        may: actor => mayKeepRenditions(actor),
        waiting: problemsWaiting,
      },
    ],
    jobs: [makeAheadJob(press)],
  }
}
