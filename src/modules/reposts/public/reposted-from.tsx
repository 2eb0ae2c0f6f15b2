import { inChinese } from '#lib/beijing-time'
import type { PublicView } from '#modules/publications'
import { Notice } from '#ui/components/notice'

/** 转载自 …: whose text it is, since when, and the way back to it. */
export function RepostedFrom({ view }: { view: PublicView }) {
  const { originalUrl, originallyOn } = view.fields
  const on = typeof originallyOn === 'string' ? `（${inChinese(originallyOn)}）` : ''
  return (
    <Notice tone="info" title={`转载自${view.source}${on}`}>
      {typeof originalUrl === 'string' ? (
        <a href={`${view.ownBase}/leaving?to=${encodeURIComponent(originalUrl)}`}>查看原文</a>
      ) : null}
      　内容以原文为准。
    </Notice>
  )
}
