import { Refused } from '#lib/errors'
import { type Page, page } from '#platform/http/reply'
import { ErrorPageContent, errorTitle } from '#ui/components/error-page-content'

/**
 * Turns whatever was thrown into a page that says what happened and what to do; the one place where this is done.
 * @param base of the public site; the desk has no search to offer
 */
export function refusalPage(error: unknown, base?: string): Page {
  const { status, message } = refusalOf(error)
  const way = base === undefined ? <a href="/">回到工作台</a> : undefined
  return page({
    status,
    title: errorTitle(status),
    noIndex: true,
    crumbs: base === undefined ? [] : [{ label: '首页', href: `${base}/` }],
    body: (
      <ErrorPageContent status={status} message={message} base={base}>
        {way && <p>{way}</p>}
      </ErrorPageContent>
    ),
  })
}

export function refusalOf(error: unknown): { status: number; message: string } {
  if (error instanceof Refused) return { status: error.status, message: error.message }
  const { statusCode } = error as { statusCode?: number }
  if (statusCode === 413) return { status: 413, message: '提交的内容太大，没有保存。请减小后再试。' }
  if (statusCode === 429) return { status: 429, message: '请过一会儿再试。' }
  if (statusCode === 503) return { status: 503, message: '现在访问的人太多，请过几秒再试。' }
  if (statusCode === 404)
    return { status: 404, message: '没有这个地址。也许输错了一个字，或者链接已经过时。' }
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return { status: 400, message: '请求的写法不对，请检查地址后再试。' }
  return {
    status: 500,
    message: '系统出了问题，我们已经记录下来。请过一会儿再试；您刚才填写的内容没有被改动。',
  }
}
