import { withView } from '../view.tsx'

/** Content of `/reading`: every way to read this site more easily, and what to do without scripts. */
export function ReadingPreferences({ base }: { base: string }) {
  const home = `${base}/`
  return (
    <div class="reading-preferences">
      <h1>无障碍浏览</h1>
      <p>
        本站的全部内容都可以只用键盘阅读，也可以用读屏软件收听。下面的设置只保存在您自己的浏览器里，不需要登录，本站不记录。
      </p>
      <h2>长辈版（关怀版、亲情版、关爱版）</h2>
      <p>字大、行距宽、按钮大，一栏到底，没有浮动的窗口，没有广告。</p>
      <p>
        <a class="btn btn-primary" href={withView(home, 'elder')} data-set-elder="on">
          打开长辈版
        </a>
      </p>
      <h2>字号</h2>
      <p class="actions">
        <a class="btn btn-outline btn-primary" href={home} data-set-size="normal">
          标准字号
        </a>
        <a class="btn btn-outline btn-primary" href={withView(home, 'large')} data-set-size="large">
          大字号
        </a>
        <a class="btn btn-outline btn-primary" href={withView(home, 'extra')} data-set-size="extra">
          特大字号
        </a>
      </p>
      <h2>高对比度</h2>
      <p>黑底黄字，链接加下划线。</p>
      <p>
        <a class="btn btn-outline btn-primary" href={withView(home, 'contrast')} data-set-contrast="high">
          打开高对比度
        </a>
      </p>
      <p>
        <a href={home} data-set-all="off">
          恢复普通显示
        </a>
      </p>
      <noscript>
        <p>
          您的浏览器没有运行脚本，上面的设置只对打开的那一页有效。要每页都放大，请用浏览器的缩放：按住 Ctrl
          键（苹果电脑按 ⌘ 键）再按加号放大、减号缩小、0 还原；手机上请在浏览器的设置里调整字号。
        </p>
      </noscript>
      <h2>朗读</h2>
      <p>浏览器能出声时，文件和文章的页面上有“朗读”按钮，随时可以停。</p>
      <h2>键盘</h2>
      <ul>
        <li>Tab 键到下一个链接或按钮，Shift 和 Tab 回到上一个，回车键打开。</li>
        <li>每页的第一个链接是“跳到正文”。</li>
      </ul>
      <h2>仍有困难</h2>
      <p>页面底部有主办单位的联系方式，您可以打电话请工作人员协助。</p>
    </div>
  )
}
