import type { ComponentChildren } from 'preact'

const words = { info: '提示', warning: '注意', success: '完成', error: '出错' } as const

/** A message in the flow of the page; an error is read out at once, the others when there is a pause. */
export function Notice(props: {
  tone?: keyof typeof words | undefined
  title?: ComponentChildren
  children?: ComponentChildren
}) {
  const { tone = 'info', title, children } = props
  return (
    <div class={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      <span class="sr-only">{words[tone]}：</span>
      {title && <strong class="notice-title">{title}</strong>} {children}
    </div>
  )
}
