import { notFound, Refused } from '#lib/errors'
import type { FormErrors } from '#lib/forms'
import type { Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'

const done: Record<string, string> = {
  saved: '已保存。',
  'post-given': '已加上角色，立即生效。',
  'post-ended': '已撤销角色，立即生效。',
  locked: '已锁定，这个账号的所有登录都已结束。',
  unlocked: '已解锁。',
  'factor-removed': '已解除验证器。下次登录后须重新绑定。',
  'session-ended': '已结束登录。',
  'deputy-made': '已安排代理。',
  'deputy-ended': '代理已结束。',
  'handed-over': '交接已办妥。',
  'mail-address': '邮箱地址已保存。',
  password: '密码已修改，其他地方的登录已经结束。',
  'factor-on': '验证器已启用。从下次登录起，输入密码后还要输入验证码。',
  'factor-off': '验证器已停用。',
}

/** What the act before this page did, by the `done` of the address. */
export function DoneNotice({ incoming }: { incoming: Incoming }) {
  const words = done[String(incoming.query.done ?? '')]
  return words === undefined ? null : <Notice tone="success" title={words} />
}

const fieldOf: Record<string, string> = {
  'people.username-taken': 'username',
  'people.separation': 'role',
  'people.post-held': 'role',
  'people.post-ends-before-it-begins': 'untilOn',
  'people.deputy-days': 'untilOn',
  'people.deputy-past': 'untilOn',
  'people.deputy-too-long': 'untilOn',
  'people.deputy-self': 'deputyId',
  'people.deputy-not-active': 'deputyId',
  'people.deputy-elsewhere': 'deputyId',
  'people.deputy-posts': 'postIds',
  'people.hand-over-self': 'toId',
  'people.not-active': 'toId',
}

/** A refusal that the same form can mend, as its errors; `fields` says where the form calls a thing by another name. */
export function errorsOf(error: unknown, fields: Record<string, string> = {}): FormErrors {
  if (!(error instanceof Refused) || (error.refusal !== 'invalid' && error.refusal !== 'conflict'))
    throw error
  const field = fieldOf[error.code] ?? ''
  return { [fields[field] ?? field]: error.message }
}

/** An id out of an address or a form; whatever is none names nothing. */
export function idOf(text: string | undefined): string {
  if (text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text
  throw notFound('people.no-such-thing', '没有找到要办理的对象。它可能刚刚被改过，请返回列表重新选择。')
}
