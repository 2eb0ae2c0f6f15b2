import { page, type Reply } from '#platform/http/reply'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { LinkButton } from '#ui/forms'

/** The one page that ever shows a password; it cannot be fetched again. */
export function showPassword(made: {
  title: string
  username: string
  password: string
  next: { label: string; href: string }
}): Reply {
  return page({
    title: made.title,
    crumbs: [{ label: '人员与角色', href: '/people' }],
    noIndex: true,
    body: (
      <>
        <PageHead title={made.title} />
        <Notice tone="warning" title="密码只显示这一次">
          请现在就交给本人，不要用微信、短信或邮件转发。离开这个页面后无法再查看，忘了可以再重置。
        </Notice>
        <DefinitionList
          items={[
            { term: '用户名', value: <code>{made.username}</code> },
            { term: '一次性密码', value: <code>{made.password}</code> },
          ]}
        />
        <p>第一次登录时，系统会要求改成自己的密码。</p>
        <LinkButton href={made.next.href}>{made.next.label}</LinkButton>
      </>
    ),
  })
}
