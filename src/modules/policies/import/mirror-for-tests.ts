import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pdfBytes, pngBytes } from '../../../../test/make/file-bytes.ts'

/** A page of the old site, as it was asked for. */
export interface OldPage {
  address: string
  title: string
}

const host = 'www.yunxi-old.example'
const text = '各乡镇人民政府、县直各单位要按照职责分工抓好落实，及时报告进展情况，不得推诿拖延。'

const page = (
  title: string,
  body: string,
) => `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/style/site.css"></head><body><div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div>
<h1>${title}</h1><p>发布时间：2021-03-08　来源：云溪县水利局</p><div class="content">${body}</div></body></html>`

const numbered = (n: number) =>
  `<p>云水〔2021〕${n}号</p><p>各乡镇：</p><p>一、${text}</p><p>云溪县水利局</p><p>2021年3月5日</p>`

/** Writes a small site as wget leaves it, and says which addresses it had. */
export async function writeMirror(folder: string, pages: number) {
  const put = async (path: string, content: string | Uint8Array) => {
    const file = join(folder, host, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  const old: OldPage[] = []
  const files: string[] = []
  const shared = pngBytes(3, 3)
  await put('style/site.css', 'body{}')
  await put('images/logo.png', pngBytes(4, 2))
  await put('images/shared.png', shared)
  for (let n = 1; n <= pages; n++) {
    const folder = `zwgk/${2015 + (n % 6)}`
    const title = `关于第${n}项水利工作的通知`
    const rows = [`<p><img src="/images/shared.png" alt="示意图"></p>`]
    if (n % 3 === 0) {
      await put(`${folder}/p${n}.png`, pngBytes(2 + (n % 5), 2, {}))
      rows.push(`<p><img src="./p${n}.png" alt="现场 ${n}"></p>`)
    }
    if (n % 2 === 0) {
      await put(`${folder}/P0${n}.pdf`, pdfBytes(`attachment ${n}`))
      rows.push(`<p>附件：<a href="P0${n}.pdf">水利项目清单${n}.pdf</a></p>`)
      files.push(`http://${host}/${folder}/P0${n}.pdf`)
    }
    if (n > 1) rows.push(`<p>参见<a href="/zwgk/${2015 + ((n - 1) % 6)}/t${n - 1}.html">上一件</a></p>`)
    await put(`${folder}/t${n}.html`, page(title, numbered(n) + rows.join('')))
    old.push({ address: `http://${host}/${folder}/t${n}.html`, title })
  }
  const links = old
    .map(({ address, title }) => `<li><a href="${address}">${title}</a> 2021-03-08</li>`)
    .join('')
  await put('zwgk/index.html', page('政务公开', `<ul>${links}</ul>`))
  await put('index.html', page('云溪县水利局', `<ul>${links}</ul>`))
  // Pages whose address had a query, as wget names them
  await put('view.jsp@id=7', page('关于查询页面的通知', numbered(907)))
  old.push({ address: `http://${host}/view.jsp?id=7`, title: '关于查询页面的通知' })
  await put('view.jsp%3Fid=8.html', page('关于转义页面的通知', numbered(908)))
  old.push({ address: `http://${host}/view.jsp?id=8`, title: '关于转义页面的通知' })
  await put('%E9%80%9A%E7%9F%A5/公告.shtml', page('关于汉字路径的通知', numbered(909)))
  old.push({
    address: `http://${host}/${encodeURIComponent('通知')}/${encodeURIComponent('公告')}.shtml`,
    title: '关于汉字路径的通知',
  })
  await put('tzgg/index.html', page('关于目录页面的通知', numbered(910)))
  old.push({ address: `http://${host}/tzgg/`, title: '关于目录页面的通知' })
  await put(
    'tzgg/missing.html',
    page(
      '关于缺失附件的通知',
      `${numbered(911)}<p><img src="gone.png" alt=""></p><p><a href="gone.doc">名单.doc</a></p>`,
    ),
  )
  old.push({ address: `http://${host}/tzgg/missing.html`, title: '关于缺失附件的通知' })
  return { old, files, root: join(folder, host) }
}
