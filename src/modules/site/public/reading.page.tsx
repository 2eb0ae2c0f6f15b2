import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsNoPublications } from '#platform/http/route'
import { ReadingPreferences } from '#ui/components/reading-preferences'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/reading', rule: showsNoPublications, handle: showReading },
]

/** 无障碍浏览: larger text, contrast, the elders' version; 长辈版 can be found by its other names too (S-ACC-08). */
async function showReading({ site }: PublicContext): Promise<Reply> {
  return page({
    title: '无障碍浏览',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '无障碍浏览' }],
    column: {
      name: '无障碍浏览',
      description: '字号、高对比度、长辈版和朗读的设置，以及只用键盘阅读的办法',
      keywords: '无障碍浏览,长辈版,关怀版,亲情版,关爱版,大字号,高对比度',
      type: '无障碍浏览',
    },
    dependsOn: [],
    body: <ReadingPreferences base={site.base} />,
  })
}
