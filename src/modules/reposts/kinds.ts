import { h } from 'preact'
import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import type { Kind } from '#modules/publications'
import { RepostedFrom } from './public/reposted-from.tsx'

/** What a higher government published, shown here too. Its number and its issuers are theirs; it begins none of our duties. */
export const kinds: readonly Kind[] = [
  {
    name: 'repost',
    label: '转载',
    segment: 'reposts',
    door: 'home',
    hasValidity: false,
    schemaType: 'Article',
    // A page with the head of somebody else's organ would claim to be theirs
    isPrinted: false,
    uses: ['docNo', 'issuers', 'signedOn', 'theme', 'summary', 'keywords', 'source', 'author'],
    requires: ['source'],
    fields: z.object({
      originalUrl: z
        .url({ protocol: /^https?$/, message: '请填写原文网址，例如 https://www.example.gov.cn/a/1.html。' })
        .max(1000)
        .meta({ label: '原文网址', hint: '读者从转载的页面可以回到原文' }),
      originallyOn: z
        .string()
        .refine(isPlainDate, '原文发布日期不是存在的日期。')
        .optional()
        .meta({ label: '原文发布日期', input: 'date' }),
    }),
    before: view => h(RepostedFrom, { view }),
  },
]
