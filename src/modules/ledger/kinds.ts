import { h } from 'preact'
import type { Kind } from '#modules/publications'
import { progressFields } from './progress/progress-table.ts'
import { ProgressBody } from './public/progress-body.tsx'

export const kinds: readonly Kind[] = [
  {
    name: 'plan-progress',
    label: '重点任务落实情况',
    segment: 'plans',
    door: 'supervision',
    hasValidity: false,
    dayLabel: '某天的进展',
    listedAt: { label: '重点任务', path: '/plans' },
    schemaType: 'Dataset',
    uses: ['docNo', 'issuers', 'summary', 'keywords', 'source'],
    requires: ['source'],
    fields: progressFields,
    madeByAct: true,
    body: (view, page) => h(ProgressBody, { view, page }),
  },
]
