import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { LinkButton } from '#ui/forms'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/requests', rule: showsNoPublications, handle: show },
]

/** What a request is, and the two ways on: to apply, and to follow one. */
async function show(ctx: PublicContext, _: Incoming): Promise<Reply> {
  const { base } = ctx.site
  return page({
    title: '依申请公开',
    door: 'disclosure',
    crumbs: [{ label: '首页', href: `${base}/` }, { label: '依申请公开' }],
    canonical: `${base}/requests`,
    dependsOn: [],
    body: (
      <>
        <PageHead title="依申请公开" note="没有公开的政府信息，可以向制作它的机关申请。" />
        <p class="actions">
          <LinkButton tone="primary" href={`${base}/requests/new`}>
            提出申请
          </LinkButton>
          <LinkButton href={`${base}/requests/track`}>查询办理情况</LinkButton>
        </p>
        <ul class="mt-4">
          <li>分三步：需要什么信息、您是谁、核对提交。不用注册，不用说明用途。</li>
          <li>提交以后，机关与您确认收到；从确认之日起20个工作日内答复。</li>
          <li>不收费；申请的数量、频次明显超过合理范围的，才可能收取信息处理费。</li>
          <li>当面、邮寄、传真提出一样有效；书写有困难的可以口头提出，由工作人员代写。</li>
          <li>阅读、视力、听力有困难的，请在申请里写明，机关会提供帮助。</li>
        </ul>
        <p class="mt-4">
          各机关受理申请的地址和电话，见<a href={`${base}/disclosure#on-request`}>政府信息公开平台</a>。
        </p>
      </>
    ),
  })
}
