import { Notice } from '#ui/components/notice'

/** Says plainly that nothing goes out by mail here. */
export function NoMailServer() {
  return (
    <Notice tone="info" title="这套系统还没有设置发信服务器，不发邮件">
      通知只在工作台里看。要发邮件，请告诉系统管理员：发信服务器在服务器上设置，写法见运行说明。
    </Notice>
  )
}
