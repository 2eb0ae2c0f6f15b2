/** S-ID-04, word for word. */
export const leavingWords = (siteName: string) => `您访问的链接即将离开“${siteName}”门户网站，是否继续？`

export interface LeavingNoticeProps {
  siteName: string
  /** The outside address, already checked to be http(s). */
  to: string
  /** Where the reader came from, or the home page. */
  back: string
}

/** Content of `/leaving?to=…`: asks before a link leaves the site, without a script. */
export function LeavingNotice({ siteName, to, back }: LeavingNoticeProps) {
  return (
    <div class="leaving-notice">
      <h1>{leavingWords(siteName)}</h1>
      <p>
        将要打开：<span class="leaving-address">{to}</span>
      </p>
      <p class="page-note">那里的内容由对方负责，本站无法保证其准确和安全。</p>
      <div class="actions">
        <a class="btn btn-primary" href={to} rel="noreferrer noopener">
          继续访问
        </a>
        <a class="btn btn-outline btn-primary" href={back}>
          返回本站
        </a>
      </div>
    </div>
  )
}
