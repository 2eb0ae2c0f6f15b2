import type { Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'

const words: Record<string, string> = {
  created: '已新建。',
  saved: '已保存，公开页面即时更新。',
  corrected: '历史内容已更正，更正前的内容和理由保留在变化记录里。',
  restructured: '机构调整已登记。',
}

/** What the act before this page did, by the `done` of the address. */
export function DoneNotice({ incoming }: { incoming: Incoming }) {
  const done = words[String(incoming.query.done ?? '')]
  return done === undefined ? null : <Notice tone="success" title={done} />
}
