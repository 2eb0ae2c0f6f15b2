import type { ComponentChildren } from 'preact'
import { SearchForm } from './search-form.tsx'

interface Words {
  title: string
  /** What happened and what to do. */
  text: string
}

const wordsOf: Record<number, Words> = {
  400: { title: '这个请求看不懂', text: '地址或填写的内容有误。请返回上一页检查后再试。' },
  403: {
    title: '您没有查看这一页的权限',
    text: '需要查看的话，请联系本单位的系统管理员核对您的角色；公开的内容可以从首页进入。',
  },
  404: {
    title: '没有找到这一页',
    text: '地址可能输错了一个字，或者链接已经过时。公开过的文件不会悄悄消失：可以用下面的搜索按名称或文号查找。',
  },
  410: {
    title: '这一页已经撤下',
    text: '这里曾经公开过信息，现在已经撤下。撤下的时间和原因见下面的说明；需要了解的，可以申请公开或与主办单位联系。',
  },
  409: {
    title: '内容已经被改过',
    text: '在您打开之后，有人改过同一份内容。请打开最新的内容，对照后再保存。',
  },
  413: { title: '文件太大', text: '请把文件压缩或拆开后再上传。表单里的文字可以用浏览器的“后退”找回。' },
  422: { title: '填写的内容还不能保存', text: '请按提示改好后再提交。' },
  429: { title: '操作太频繁', text: '为了让所有人都能用，请等一分钟再试。' },
  500: {
    title: '系统出错了',
    text: '这是我们的问题，已经记录下来。请过几分钟再试；一直不行的话，请把下面的编号告诉主办单位。',
  },
  503: { title: '暂时打不开', text: '系统正在启动或维护，一般几分钟就好。请稍后刷新。' },
}

export interface ErrorPageProps {
  status: number
  /** In place of the usual words: why, exactly, and what to do. */
  message?: string | undefined
  /** What was kept: `您写的草稿已自动保存。` */
  kept?: string | undefined
  /** Number under which the log has it. */
  reference?: string | undefined
  /** `${site.base}`; with it the site's search is offered. */
  base?: string | undefined
  children?: ComponentChildren
}

/** Title of the page for a status, for the head of the document. */
export const errorTitle = (status: number) => (wordsOf[status] ?? wordsOf[500])?.title ?? ''

/** Says what happened, what was kept and what to do. */
export function ErrorPageContent(props: ErrorPageProps) {
  const { status, message, kept, reference, base, children } = props
  const words = wordsOf[status] ?? wordsOf[500]
  return (
    <div class="error-page">
      <p class="error-status">{status}</p>
      <h1>{words?.title}</h1>
      <p>{message ?? words?.text}</p>
      {kept && <p>{kept}</p>}
      {children}
      {reference && (
        <p class="error-reference">
          编号：<code>{reference}</code>
        </p>
      )}
      {base !== undefined && (
        <>
          <SearchForm
            action={`${base}/search`}
            label="搜索本站"
            hint="名称、文号或一句话"
            large
            id="error-q"
          />
          <p>
            <a href={`${base}/`}>回到首页</a>
          </p>
        </>
      )}
    </div>
  )
}
