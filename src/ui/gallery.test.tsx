import { readdirSync } from 'node:fs'
import { load } from 'cheerio'
import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { runsOf } from './components/diff.tsx'
import { ErrorPageContent } from './components/error-page-content.tsx'
import { LeavingNotice } from './components/leaving-notice.tsx'
import { Pager } from './components/pager.tsx'
import { DeskLayout, PlainDeskLayout } from './desk-layout.tsx'
import { Form, TextField } from './forms.tsx'
import { gallery } from './gallery.tsx'
import { type LayoutPage, type PublicFrame, PublicLayout } from './public-layout.tsx'
import { readView, withView } from './view.tsx'

const hostile = `"><script>alert('x')</script><img src=x onerror=alert(1)> & 〔2026〕`

const frame: PublicFrame = {
  site: {
    name: '云溪县人民政府',
    shortName: '云溪县政府',
    tagline: '政务公开 · 样例站点',
    domain: 'http://www.yunxi.example/',
    siteCode: '9900000001',
    base: '/s/yunxi',
    origin: 'https://www.yunxi.example',
    footer: {
      host: '云溪县人民政府办公室',
      contactPhone: '0990-5550100',
      contactEmail: 'wz@yunxi.example',
      address: '',
      icp: '样例备案号 00000000号',
      police: '样例公网安备 99000002000001号',
      findErrorUrl: null,
      badgeUrl: null,
      supportsIpv6: false,
      technicalSupport: '',
    },
  },
  doors: [
    { label: '首页', href: '/s/yunxi/', current: false },
    { label: '政策', href: '/s/yunxi/policies', current: true },
  ],
  today: '2026-11-23',
  assets: name => `/assets/${name}`,
  view: null,
  address: '/s/yunxi/policies/abc?on=2026-11-23',
}

const page: LayoutPage = {
  title: hostile,
  body: Object.values(gallery(hostile)),
  crumbs: [{ label: '首页', href: '/s/yunxi/' }, { label: hostile }],
  column: { name: '政策文件', description: ' ', keywords: '政策,文件', type: '政策文件' },
  content: {
    title: hostile,
    pubDate: '2026-11-17 10:02',
    source: '县人民政府办公室',
    description: '',
    image: '/files/1.png',
  },
  canonical: '/s/yunxi/policies/abc',
  jsonLd: { '@type': 'Legislation', name: `</script>${hostile}` },
}

const publicHtml = (more: Partial<PublicFrame> = {}, other: Partial<LayoutPage> = {}) =>
  render(<PublicLayout frame={{ ...frame, ...more }} page={{ ...page, ...other }} />)

const deskHtml = render(
  <DeskLayout
    frame={{
      product: '明堂',
      user: { name: hostile, organ: '县水利局' },
      menu: [
        { group: '', label: '我的工作', href: '/', current: true, count: 2, late: true },
        { group: '发布与解读', label: hostile, href: '/publications', current: false, count: 7 },
      ],
      deputyFor: [hostile],
      accountHref: '/account',
      logoutHref: '/logout',
      publicHref: 'http://127.0.0.1:3000/',
      assets: name => `/assets/${name}`,
    }}
    page={page}
  />,
)
const loginHtml = render(
  <PlainDeskLayout
    frame={{ product: '明堂', organ: hostile, assets: name => `/assets/${name}` }}
    page={{ title: '登录', body: <p>{hostile}</p> }}
  />,
)

describe('the gallery', () => {
  it('shows every component', () => {
    const files = readdirSync(new URL('./components', import.meta.url)).filter(name => name.endsWith('.tsx'))
    const shown = new Set(Object.keys(gallery('x')))
    expect(files.map(name => name.replace(/(\.test)?\.tsx$/, '')).filter(name => !shown.has(name))).toEqual(
      [],
    )
  })

  it.each([
    ['the public layout', publicHtml()],
    ['the desk', deskHtml],
    ['the login page', loginHtml],
  ])('escapes hostile text and keeps to the content security policy: %s', (_, html) => {
    const $ = load(html)
    expect(
      $('script')
        .filter((_, script) => $(script).text().includes('alert'))
        .not('[type="application/ld+json"]'),
    ).toHaveLength(0)
    expect($('img[src=x]')).toHaveLength(0)
    expect($('script:not([src])').not('[type="application/ld+json"]')).toHaveLength(0)
    const attributes = $('*')
      .toArray()
      .flatMap(element => Object.keys('attribs' in element ? element.attribs : {}))
    expect(attributes.filter(name => name === 'style' || name.startsWith('on'))).toEqual([])
  })

  it.each([
    ['the public layout', publicHtml({}, { body: gallery('x').forms })],
    ['the desk', deskHtml],
  ])('gives each id once, each control a label, each description a place: %s', (_, html) => {
    const $ = load(html)
    const ids = $('[id]')
      .toArray()
      .map(element => $(element).attr('id') ?? '')
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const control of $('input:not([type=hidden]), select, textarea').toArray()) {
      const id = $(control).attr('id')
      const labelled = $(control).closest('label').length > 0 || $(`label[for="${id}"]`).length > 0
      expect(labelled, $.html(control)).toBe(true)
    }
    for (const described of $('[aria-describedby]').toArray())
      for (const id of ($(described).attr('aria-describedby') ?? '').split(' '))
        expect(ids, $.html(described)).toContain(id)
    for (const link of $('.error-summary a').toArray())
      expect(ids).toContain(($(link).attr('href') ?? '').slice(1))
  })
})

describe('the public layout', () => {
  const $ = load(publicHtml())
  const tag = (name: string) => $(`meta[name="${name}"]`).attr('content')

  it('carries every required page tag once and none of them empty (S-META-01, S-META-03)', () => {
    const names = $('meta[name]')
      .toArray()
      .map(element => $(element).attr('name') ?? '')
    expect(new Set(names).size).toBe(names.length)
    for (const name of [
      'SiteName SiteDomain SiteIDCode ColumnName ColumnDescription ColumnKeywords ColumnType',
      'ArticleTitle PubDate ContentSource Url Image keywords',
    ].flatMap(line => line.split(' ')))
      expect(tag(name), name).toMatch(/\S/)
    expect(names).not.toContain('Description')
    expect($('meta[content=""], meta[content="null"], meta[content="undefined"]')).toHaveLength(0)
  })

  it('names the host without a scheme (S-META-03) and absolute addresses (S-META-05)', () => {
    expect(tag('SiteDomain')).toBe('www.yunxi.example')
    expect(tag('Url')).toBe('https://www.yunxi.example/s/yunxi/policies/abc')
    expect(tag('Image')).toBe('https://www.yunxi.example/files/1.png')
    expect($('link[rel=canonical]').attr('href')).toBe(tag('Url'))
    expect(tag('PubDate')).toBe('2026-11-17 10:02')
  })

  it('cannot be left by data for search engines', () => {
    const text = $('script[type="application/ld+json"]').text()
    expect(text).not.toContain('<')
    expect(JSON.parse(text).name).toBe(`</script>${hostile}`)
  })

  it('shows what the footer must say and leaves out what is not configured (S-ID-02, S-ID-05)', () => {
    const footer = $('.site-footer').text()
    for (const words of [
      '云溪县人民政府办公室',
      '0990-5550100',
      '9900000001',
      '样例备案号',
      '样例公网安备',
      '网站地图',
    ])
      expect(footer).toContain(words)
    expect(footer).not.toMatch(/IPv6|找错|地址：|技术支持/)
    const full = publicHtml({
      site: {
        ...frame.site,
        footer: { ...frame.site.footer, findErrorUrl: 'https://a.example', supportsIpv6: true },
      },
    })
    expect(load(full)('.site-footer').text()).toMatch(/我为政府网站找错[\s\S]*本网站支持IPv6/)
  })

  it('begins with the way to the text and marks the current door', () => {
    expect($('body a').first().attr('href')).toBe('#main')
    expect($('main#main')).toHaveLength(1)
    expect($('.main-nav [aria-current=page]').text()).toBe('政策')
  })

  it('shows itself as asked, says so, and stays the same page for search engines', () => {
    const elder = load(
      publicHtml({ view: 'elder', address: '/s/yunxi/x?a=1&view=elder' }, { canonical: undefined }),
    )
    expect(elder('html').attr('data-elder')).toBe('on')
    expect(elder('.view-notice').text()).toContain('长辈版')
    expect(elder('.view-notice a').first().attr('href')).toBe('/s/yunxi/x?a=1')
    expect(elder('link[rel=canonical]').attr('href')).toBe('https://www.yunxi.example/s/yunxi/x?a=1')
    expect(load(publicHtml({ view: 'contrast' }))('html').attr('data-contrast')).toBe('high')
    expect(load(publicHtml({ view: 'large' }))('html').attr('data-size')).toBe('large')
  })

  it('titles a page with the site, the home page with the site alone, a failed form with its failure', () => {
    const title = (other: Partial<LayoutPage>) => load(publicHtml({}, other))('title').text()
    expect(title({ title: '政策' })).toBe('政策 - 云溪县人民政府')
    expect(title({ title: '' })).toBe('云溪县人民政府')
    expect(title({ title: '申请', status: 422 })).toBe('填写有误：申请 - 云溪县人民政府')
  })

  it('keeps error pages out of search engines', () => {
    expect(load(publicHtml({}, { status: 404 }))('meta[name=robots]').attr('content')).toBe('noindex')
  })
})

describe('ways of viewing', () => {
  it('knows its own names only', () => {
    expect(readView('elder')).toBe('elder')
    expect(readView('"><b>')).toBeNull()
    expect(readView(['elder'])).toBeNull()
  })
  it('keeps the rest of the address', () => {
    expect(withView('/a?q=%E6%B0%B4&page=2', 'large')).toBe('/a?q=%E6%B0%B4&page=2&view=large')
    expect(withView('/a?view=elder', null)).toBe('/a')
    expect(withView('//evil.example/a', null)).toBe('/a')
  })
})

describe('parts', () => {
  it('asks in the exact words before a link leaves the site (S-ID-04)', () => {
    const html = render(<LeavingNotice siteName="云溪县人民政府" to="https://example.org/" back="/" />)
    expect(load(html)('h1').text()).toBe('您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？')
  })

  it.each([400, 403, 404, 409, 410, 413, 422, 429, 500, 503, 418])('says what to do on error %i', status => {
    const $ = load(render(<ErrorPageContent status={status} base="" />))
    expect($('h1').text()).toMatch(/\S/)
    expect($('form[role=search]')).toHaveLength(1)
  })

  it('pages around the current page, with first and last, and not at all on one page', () => {
    const links = (number: number, total: number) =>
      load(render(<Pager page={{ total, page: number, pageSize: 10 }} href={n => `?page=${n}`} />))('a')
        .toArray()
        .map(link => load(link).text())
    expect(links(5, 100)).toEqual(['上一页', '1', '4', '5', '6', '10', '下一页'])
    expect(links(1, 20)).toEqual(['1', '2', '下一页'])
    expect(links(1, 10)).toEqual([])
  })

  it('folds away what two texts have in common, but for what stands around a change', () => {
    const same = (text: string) => [{ text }]
    const texts = ['一', '二', '三', '四', '五', '六', '七'].map(same)
    const runs = runsOf([...texts, [{ text: '八', added: true }], ...texts.slice(0, 3)])
    expect(runs.map(run => [run.folded, run.paragraphs.length])).toEqual([
      [true, 5],
      [false, 5],
      [false, 1],
    ])
    expect(runsOf(texts)).toHaveLength(1)
  })

  it('gives back what was typed, but never a password', () => {
    const $ = load(
      render(
        <Form
          action="/login"
          values={{ name: hostile, password: 'secret' }}
          errors={{ '': '账号或密码不对' }}
        >
          <TextField name="name" label="账号" />
          <TextField name="password" type="password" label="密码" />
        </Form>,
      ),
    )
    expect($('#field-name').attr('value')).toBe(hostile)
    expect($('#field-password').attr('value')).toBeUndefined()
    expect($('.error-summary li').text()).toBe('账号或密码不对')
  })
})
