import { z } from 'zod'
import type { Kind } from '#modules/publications'

/** The result of a clean-up round: made by its act, let out by a review; what it repeals and amends are effects of its edition. */
export const kinds: readonly Kind[] = [
  {
    name: 'normative-cleanup',
    label: '规范性文件清理结果',
    segment: 'normative-results',
    door: 'policies',
    hasValidity: false,
    schemaType: 'Legislation',
    uses: ['docNo', 'issuers', 'signedOn', 'effectiveFrom', 'summary', 'keywords', 'source'],
    requires: ['issuers', 'effectiveFrom', 'source'],
    fields: z.object({}),
    links: { repeals: '废止、宣布失效的文件', amends: '决定修改的文件' },
    madeByAct: true,
  },
]
