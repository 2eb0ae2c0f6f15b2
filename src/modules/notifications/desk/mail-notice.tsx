import { Notice } from '#ui/components/notice'

/** Says plainly that nothing goes out by mail here. */
export function NoMailServer() {
  return (
    <Notice tone="info" title="这套系统还没有设置发信服务器，不发邮件">
      通知只在工作台里看。要发邮件，请系统管理员在服务器上设置环境变量 SMTP_URL（发信服务器）和
      MAIL_FROM（发件人），然后重新启动。
    </Notice>
  )
}
