import type { Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'

const words: Record<string, string> = {
  created: '专题已建好，只有工作台里看得到。下一步：加板块，写明收入什么。',
  saved: '已保存。公开的专题即时更新。',
  section: '板块已保存。公开的专题即时更新。',
  arranged: '板块已调整。',
  picked: '已记下您的指定。公开的专题即时更新。',
  opened: '专题已公开，导航和专题列表里都能看到。',
  closed: '专题已结束。原来的地址保留，读者会看到您写的说明。',
  discarded: '筹备中的专题已放弃。',
}

/** What the act before this page did, by the `done` of the address. */
export function DoneNotice({ incoming }: { incoming: Incoming }) {
  const done = words[String(incoming.query.done ?? '')]
  return done === undefined ? null : <Notice tone="success" title={done} />
}

/** The form came back after a login: what was typed before it ran out. */
export const isGivenBack = (incoming: Incoming): boolean =>
  incoming.method === 'GET' && Object.keys(incoming.form).length > 0

export function GivenBackNotice({ incoming }: { incoming: Incoming }) {
  if (!isGivenBack(incoming)) return null
  return (
    <Notice tone="warning" title="您登录前填写的内容已经恢复，还没有保存。">
      请核对后再提交。
    </Notice>
  )
}
