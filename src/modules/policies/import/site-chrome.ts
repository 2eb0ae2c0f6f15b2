/** Lines that belong to the web site around a document, never to the document: told by their words alone. */

const ANYWHERE = [
  /^[\s|｜\-—_=*·.•●]+$/,
  /^(?:当前位置|您(?:现在|当前|目前)?(?:所在|的)?(?:的)?位置|现在位置|所在位置|位置)(?:是|为)?\s*[：:]/,
  /首页\s*(?:>|＞|»|›|→|\/|》|-\s)/,
  /^(?:扫一扫|扫码|微信扫|手机扫|用手机(?:打开|浏览|查看)|分享(?:到|至)|打印(?:本页|页面|此页|正文)|关闭(?:窗口|页面|本页)|返回(?:顶部|首页|列表)|回到顶部|无障碍|收藏本页|加入收藏|我要纠错|我为政府网站找错)/,
  /^(?:上一篇|下一篇|上一条|下一条|相关(?:阅读|链接|文章|新闻|信息|文档|解读|稿件|推荐|政策)|延伸阅读|推荐阅读|附件下载|文件下载|点击下载|政策咨询|政策解读|责任编辑|网站地图)\s*(?:[：:].*)?$/,
  /^[【[［]?(?:字体|字号|大\s*中\s*小|打印|关闭|收藏|字体大小)[^。]{0,40}$/,
  /^(?:简体|繁体|English|登录|注册|搜索|手机版|微信|微博|客户端|长者(?:模式|版)|适老|无障碍)(?:[\s|｜·/]|$)/,
]

const FOOTER = [
  /^(?:版权所有|主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|技术支持|维护单位|运行维护|制作维护|版权|Copyright|©)/i,
  /(?:ICP备|公网安备|网安备|网站标识码|网站地图|备案号|备案序号)/,
  /^(?:关于我们|联系我们|网站声明|隐私(?:声明|保护)|免责声明|使用帮助|网站简介)/,
  /(?:您对该(?:政策)?文件有疑问|拨打标题上方的电话|建议使用.{0,12}(?:浏览器|分辨率)|您是第.{0,12}位访)/,
]

/** In a footer these stand beside the telling lines; inside a document they may be its own contact data. */
const FOOTER_NEIGHBOUR =
  /^(?:地址|邮编|电话|传真|邮箱|电子邮[箱件]|E-?mail|联系电话|办公时间|浏览次数|来源|发布日期|发布时间)\s*[：:]|www\.|\.gov\.cn/i

export function isSiteChrome(line: string): boolean {
  return (
    line.length <= 160 &&
    (ANYWHERE.some(pattern => pattern.test(line)) || isNavigation(line) || isSiteName(line))
  )
}

export function isFooter(line: string): boolean {
  return line.length <= 200 && FOOTER.some(pattern => pattern.test(line))
}

export function mayStandInFooter(line: string): boolean {
  return FOOTER_NEIGHBOUR.test(line) || (line.length <= 20 && !/[。；]/.test(line))
}

/** `网站首页 走进云溪 政务动态 信息公开 …`: many short words in a row, one of them the home page. */
function isNavigation(line: string): boolean {
  const words = line.split(/[\s|｜·>]+/).filter(word => word !== '')
  if (words.length < 3 || words.some(word => word.length > 10 || /[，。；：:《》〔〕]/.test(word)))
    return false
  const doors =
    /首页|政务公开|信息公开|政民互动|网上办事|办事服务|政务服务|互动交流|新闻中心|政务动态|专题专栏|数据开放/
  return words.filter(word => doors.test(word)).length >= (/首页/.test(line) ? 1 : 2)
}

/** The masthead: `云溪政务服务网·某县`, `云溪县人民政府门户网站`, `中国·云溪`. */
function isSiteName(line: string): boolean {
  if (line.length > 30 || /关于|的通知|[，。；：《》]/.test(line)) return false
  return /(?:门户网站|政府网站?|政务网|服务网|信息网|公开网|政府门户|公开平台)(?:\s*[·•\-—|].{0,16})?$|^中国\s*[·•.]\s*[\u4e00-\u9fff]{2,8}$/.test(
    line,
  )
}
