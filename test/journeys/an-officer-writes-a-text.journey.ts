import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { root } from '#platform/root'
import { pngBytes } from '../make/file-bytes.ts'
import { openBrowser } from './browser.ts'

/** The editor alone, on a page with the desk's content policy: what it does belongs to no module. */
let browser: Browser
let server: Server
let origin: string
let page: Page
/** What the browser complained of: faults of scripts, and everything the content policy refused. */
let complaints: string[] = []
let saved: URLSearchParams | null = null
let uploads: string[] = []

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
const picture = pngBytes(40, 20)

beforeAll(async () => {
  const bundle = async (entry: string) => {
    const made = await build({
      entryPoints: [join(root, entry)],
      bundle: true,
      format: 'esm',
      minify: true,
      write: false,
      target: ['chrome109', 'safari16', 'firefox115'],
    })
    return made.outputFiles[0]?.text ?? ''
  }
  const assets: Record<string, [type: string, body: string | Buffer]> = {
    '/editor.js': ['text/javascript', await bundle('src/ui/browser/rich-editor.ts')],
    '/editor.css': ['text/css', await bundle('src/ui/styles/editor.css')],
    '/axe.js': [
      'text/javascript',
      readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js')),
    ],
  }
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const send = (type: string, content: string | Buffer, status = 200) =>
      response
        .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy })
        .end(content)
    const asset = assets[pathname]
    if (asset) return send(...asset)
    if (pathname.startsWith('/files/')) return send('image/png', picture)
    if (request.method === 'GET')
      return send('text/html', formPage(searchParams.get('body') ?? '', searchParams.get('revision') ?? '1'))
    if (pathname === '/save') {
      saved = new URLSearchParams(body)
      return send('text/html', '<!doctype html><title>已保存</title><p>已保存</p>')
    }
    uploads.push(body)
    if (body.includes('不收的图'))
      return send(
        'application/json',
        JSON.stringify({ error: '“图.png”的内容其实是 PDF 文档，没有接收。' }),
        400,
      )
    return send(
      'application/json',
      JSON.stringify({ id: '1', url: '/files/abcdefghjk/%E5%9B%BE.png', width: 40, height: 20 }),
    )
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

beforeEach(async () => {
  ;[complaints, saved, uploads] = [[], null, []]
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
  })
})

const formPage = (body: string, revision: string) => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>编辑通知</title><link rel="stylesheet" href="/editor.css">
<main><h1>编辑通知</h1><form method="post" action="/save"><input type="hidden" name="revision" value="${revision}">
<label for="field-title">标题</label><input id="field-title" name="title">
<label for="field-bodyHtml">正文</label><p id="field-bodyHtml-hint"><span data-plain-note="bodyHtml">直接写文字即可。</span></p>
<textarea id="field-bodyHtml" name="bodyHtml" required data-rich-editor data-upload-url="/upload"
 aria-describedby="field-bodyHtml-hint">${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</textarea>
<button>保存草稿</button></form></main><script type="module" src="/editor.js"></script></html>`

async function open(body = '', revision = '1') {
  await page.goto(`${origin}/edit?${new URLSearchParams({ body, revision })}`)
  await page.waitForSelector('.editor-text')
}

/** What would be sent, a moment after the last change. */
async function text() {
  await page.waitForTimeout(600)
  return page.locator('textarea[name=bodyHtml]').inputValue()
}

const press = (label: string) => page.getByRole('button', { name: label, exact: true }).click()
const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent)
const fault = () => page.locator('.editor-dialog-fault').textContent()
const dialogGone = () => page.waitForSelector('dialog', { state: 'detached' })

async function write(words: string) {
  await page.locator('.editor-text').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
}

async function paste(html: string) {
  await page.evaluate(pasted => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', pasted)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.editor-text')?.dispatchEvent(event)
  }, html)
}

const faultsOfAxe = async () => {
  await page.addScriptTag({ url: `${origin}/axe.js` })
  return page.evaluate(async () => {
    const axe = (
      window as unknown as { axe: { run(at: Document): Promise<{ violations: { id: string }[] }> } }
    ).axe
    return (await axe.run(document)).violations.map(violation => violation.id)
  })
}

describe('an officer writes a text', () => {
  it('by the keyboard alone: headings, bold, full-width punctuation and typed numbers as they are', async () => {
    await open()
    expect(await page.locator('textarea[name=bodyHtml]').isHidden()).toBe(true)
    expect(await page.locator('[data-plain-note]').isHidden()).toBe(true)
    await page.locator('#field-title').focus()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('撤销')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('field-bodyHtml')
    await page.keyboard.type('一、总体要求')
    await page.keyboard.press('Control+Alt+1')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1. 坚持公交优先。')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+F10')
    for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('加粗')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(100)
    expect(await focused()).toBe('field-bodyHtml')
    expect(await page.getByRole('button', { name: '加粗' }).getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.type('重点')
    await page.keyboard.press('Control+b')
    await page.keyboard.type('，“全角标点”……——。')
    expect(await text()).toBe(
      '<h2>一、总体要求</h2><p>1. 坚持公交优先。</p><p><strong>重点</strong>，“全角标点”……——。</p>',
    )
    expect(await page.locator('.editor-count').textContent()).toBe('共 29 字')
    expect(complaints).toEqual([])
  })

  it('with a table that has a name, a head row, and no style of its own; Tab leaves it behind the last cell', async () => {
    await open()
    await write('')
    await press('表格')
    await page.keyboard.press('Enter')
    await dialogGone()
    await page.waitForTimeout(100)
    for (const cell of ['任务', '牵头单位', '时限', '新增线路']) {
      await page.keyboard.type(cell)
      await page.keyboard.press('Tab')
    }
    await press('删除列')
    await press('下方加行')
    await press('表名')
    await page.keyboard.type('分工表')
    await page.keyboard.press('Enter')
    await dialogGone()
    expect(await text()).toBe(
      '<table><caption>分工表</caption><thead><tr><th scope="col">任务</th><th scope="col">时限</th></tr></thead>' +
        `<tbody><tr><td>新增线路</td><td></td></tr>${'<tr><td></td><td></td></tr>'.repeat(2)}</tbody></table>`,
    )
    expect(await page.locator('.editor-text [style]').count()).toBe(0)
    await page.locator('.editor-text td').last().click()
    await page.waitForTimeout(100)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('保存草稿')
    expect(complaints).toEqual([])
  })

  it('with a picture, never without its alternative text or the word that it decorates (S-DES-05)', async () => {
    await open()
    await write('线路如下：')
    await press('图片')
    await press('上传并插入')
    expect(await fault()).toContain('请选择')
    await page
      .locator('dialog input[type=file]')
      .setInputFiles({ name: '图.png', mimeType: 'image/png', buffer: picture })
    await press('上传并插入')
    expect(await fault()).toContain('装饰图片，无需说明')
    expect(uploads).toEqual([])
    await page.locator('dialog textarea').fill('不收的图')
    await press('上传并插入')
    await page.waitForFunction(() =>
      document.querySelector('.editor-dialog-fault')?.textContent?.includes('PDF'),
    )
    await page.locator('dialog textarea').fill('县城公交线路示意图')
    await page.getByLabel('图片下方的文字（可不填）').fill('图1 线路')
    await press('上传并插入')
    await dialogGone()
    expect(uploads.at(-1)).toMatch(/name="altText"\s+县城公交线路示意图/)
    await page.waitForTimeout(100)
    await page.keyboard.type('以上。')
    const figure =
      '<figure><img src="/files/abcdefghjk/%E5%9B%BE.png" alt="县城公交线路示意图" width="40" height="20"><figcaption>图1 线路</figcaption></figure>'
    expect(await text()).toBe(`<p>线路如下：</p>${figure}<p>以上。</p>`)
    await page.locator('.editor-text figure img').click()
    await press('修改图片说明')
    await page.getByLabel('装饰图片，无需说明').check()
    await press('确定')
    await dialogGone()
    expect(await text()).toContain('alt=""')
    expect(complaints).toEqual([])
  })

  it('pasted from Word: structure stays, the looks, hidden words and foreign pictures go', async () => {
    await open()
    await write('')
    await paste(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-parent:""}</style>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head><body style='tab-interval:21pt'><!--StartFragment-->
<h1 style='margin:0'><span style='font-family:黑体'>二、工作任务<o:p></o:p></span></h1><h2>（一）优化线路</h2>
<p class=MsoNormal style='text-indent:32pt'><span style='font-family:仿宋'>　　<span style='font-weight:bold'>年底前</span>，新增线路<span lang=EN-US>3</span>条。</span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>延长末班车；</p>
<p><span style='display:none;mso-hide:all'>隐藏</span><img src="file:///C:/clip_image001.png"></p>
<table class=MsoTableGrid><tr><td width=277 style='width:207pt'><p class=MsoNormal align=center style='text-align:center'><b>线路</b></p></td><td>时间</td></tr></table>
<p class=MsoNormal align=right style='text-align:right'>云溪县人民政府办公室</p><!--EndFragment--></body></html>`)
    expect(await text()).toBe(
      '<h2>二、工作任务</h2><h3>（一）优化线路</h3><p><strong>年底前</strong>，新增线路3条。</p><p>1.延长末班车；</p>' +
        '<table><tbody><tr><td class="align-center"><strong>线路</strong></td><td>时间</td></tr></tbody></table>' +
        '<p class="align-right">云溪县人民政府办公室</p>',
    )
    expect(await page.locator('.editor-status').textContent()).toContain('1 张图片')
    expect(complaints).toEqual([])
  })

  it('with links that lead somewhere, and none that runs a script', async () => {
    await open()
    await write('详见')
    await page.keyboard.press('Control+k')
    const [words, address] = [page.getByLabel('链接文字'), page.getByLabel('链接地址')]
    await words.fill('县政府网站')
    await address.fill('javascript:alert(1)')
    await page.keyboard.press('Enter')
    expect(await fault()).toContain('https://')
    await address.fill('https://www.yunxi.example/a')
    await page.keyboard.press('Enter')
    await dialogGone()
    expect(await text()).toBe('<p>详见<a href="https://www.yunxi.example/a">县政府网站</a></p>')
  })

  it('that was imported: citations, layout, tables and lists pass through unharmed', async () => {
    const imported =
      '<p class="addressee">各乡镇人民政府：</p><h2 id="s-1">一、总则</h2><p id="a-1"><strong>第一条</strong>　为了H<sub>2</sub>O<sup>2</sup>。</p>' +
      '<p id="s-1-1">（一）甲；<br>乙。</p><ol class="attachments"><li>甲</li><li>乙</li></ol><table><caption>表</caption><thead><tr>' +
      '<th scope="col">a</th><th scope="col" colspan="2">b</th></tr></thead><tbody><tr><td rowspan="2">1</td><td class="align-right">2</td>' +
      '<td>3</td></tr><tr><td>2</td><td>3</td></tr></tbody></table><ul><li>甲<ul><li>乙</li></ul></li></ul><h2 id="s-2" class="attachment">附件1　表</h2>' +
      '<blockquote><p>引</p></blockquote><hr><p class="signature">云溪县人民政府</p><p class="signature">2026年11月23日</p>'
    await open(imported)
    await write('。')
    await page.keyboard.press('Backspace')
    expect(await text()).toBe(imported)
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(complaints).toEqual([])
  })

  it('and gets it back when the page was lost before it was saved, and not again once it is', async () => {
    await open()
    await write('还没有保存的一段话')
    const written = await text()
    await open()
    await press('恢复未保存的文字')
    expect(await text()).toBe(written)
    await press('保存草稿')
    await page.waitForURL(/save/)
    expect(saved?.get('bodyHtml')).toBe(written)
    expect(saved?.get('bodyHtmlFormat')).toBe('html')
    await open('<p>服务器上的话</p>', '2')
    expect(await page.locator('.editor-offer').count()).toBe(0)
  })

  it('in an editor in which axe finds nothing, its dialogs included', async () => {
    await open('<h2>一、总则</h2><table><tr><th>甲</th></tr><tr><td>乙</td></tr></table>')
    await page.locator('.editor-text td').click()
    expect(await faultsOfAxe()).toEqual([])
    await press('图片')
    expect(await faultsOfAxe()).toEqual([])
  })
})
