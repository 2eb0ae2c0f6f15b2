import type { Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'

const words: Record<string, string> = {
  saved: '已保存。稿子只有工作台里看得到，还没有公开。',
  submitted: '已送审。审查人通过之后才会公开。',
  started: '更正稿已经准备好。发布之前，读者看到的还是现在的文字。',
  published: '已发布，公开页面即时更新。',
  scheduled: '已定时。到时间自动公开，不用再办。',
  returned: '已退回，起草人在“我的工作”里会看到您的意见。',
  unscheduled: '已取消定时，文字回到稿子里，可以继续修改。',
  discarded: '稿子已经放弃。',
  'taken-down': '已停止公开。原来的地址保留，读者会看到您写的理由。',
  column: '栏目已保存，公开页面即时更新。',
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
      请核对后再提交。选好的附件文件没有保留，需要重新选择。
    </Notice>
  )
}
