import { describe, expect, it } from 'vitest'
import { readFeed } from './read-feed.ts'

const address = 'https://www.province.example/feeds/news.xml'
const read = (text: string | Uint8Array, more: object = {}) =>
  readFeed(typeof text === 'string' ? Buffer.from(text) : text, {
    address,
    form: 'feed',
    itemSelector: null,
    ...more,
  })
const rss = (items: string) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>省政府</title>${items}</channel></rss>`
const item = (inside: string) =>
  rss(`<item><link>/a/1.html</link><title>关于防汛的通知</title>${inside}</item>`)
const when = (inside: string) => {
  const [entry] = read(item(inside)).entries
  return entry?.publishedAt?.toISOString() ?? entry?.publishedOn ?? null
}

describe('forms of feeds', () => {
  it('RSS 2.0: title, address, number, moment', () => {
    const { title, entries, encoding } = read(
      rss(`<item><title><![CDATA[省政府关于防汛的通知（云政发[2026]12号）]]></title><link>https://www.province.example/a/1.html</link>
        <guid isPermaLink="false">n-1</guid><description>&lt;p&gt;各市县要&lt;b&gt;做好&lt;/b&gt;防汛。&lt;/p&gt;</description>
        <pubDate>Mon, 23 Nov 2026 10:30:00 +0800</pubDate></item>`),
    )
    expect({ title, encoding }).toEqual({ title: '省政府', encoding: 'utf-8' })
    expect(entries).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        link: 'https://www.province.example/a/1.html',
        title: '省政府关于防汛的通知（云政发[2026]12号）',
        summary: '各市县要做好防汛。',
        docNo: '云政发〔2026〕12号',
        publishedAt: new Date('2026-11-23T02:30:00Z'),
        publishedOn: null,
      },
    ])
  })

  it('Atom: the link to the page among several, HTML titles, published before updated, xml:base', () => {
    const { entries } =
      read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.province.example/zw/"><title>政务</title>
      <entry><id>tag:1</id><title type="html">关于&lt;em&gt;供水&lt;/em&gt;的意见</title><link rel="self" href="/x.atom"/><link href="1.html"/>
      <published>2026-11-23T09:00:00+08:00</published><updated>2026-11-24T09:00:00+08:00</updated></entry></feed>`)
    expect(entries).toMatchObject([
      {
        title: '关于供水的意见',
        link: 'https://www.province.example/zw/1.html',
        publishedAt: new Date('2026-11-23T01:00:00Z'),
      },
    ])
  })

  it('RDF (RSS 1.0) with Dublin Core dates', () => {
    const { title, entries } =
      read(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d">
      <channel rdf:about="https://www.province.example/"><title>公告</title></channel>
      <item rdf:about="https://www.province.example/b/2.html"><title>公告二</title><dc:date>2026-11-22T08:00:00Z</dc:date></item></rdf:RDF>`)
    expect(title).toBe('公告')
    expect(entries).toMatchObject([
      { link: 'https://www.province.example/b/2.html', publishedAt: new Date('2026-11-22T08:00:00Z') },
    ])
  })

  it('JSON Feed, and the interface of another Mingtang without its archive', () => {
    const json = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: '市政府',
        items: [
          { id: 7, url: '/c/7.html', title: '市里的通知', date_published: '2026-11-23T10:00:00+08:00' },
        ],
      }),
    )
    expect(json.entries).toMatchObject([
      { link: 'https://www.province.example/c/7.html', title: '市里的通知' },
    ])
    const line = (id: string, archive: boolean) => ({
      ...{
        id,
        archive,
        url: `https://m.example/policies/${id}`,
        title: '关于供水的意见',
        docNo: '云政发〔2026〕3号',
      },
      publishedAt: '2026-11-23T02:00:00.000Z',
    })
    const own = read(JSON.stringify({ items: [line('a', false), line('b', true)] }))
    expect(own.entries).toMatchObject([
      {
        link: 'https://m.example/policies/a',
        docNo: '云政发〔2026〕3号',
        publishedAt: new Date('2026-11-23T02:00:00Z'),
      },
    ])
  })

  it('a list page: lines by a selector, dates beside the links', () => {
    const page = `<html><head><title>要闻</title></head><body><ul class="list">
      <li><a href="../z/1.html" title="关于春耕的通知">关于春耕…</a><span>2026-11-20</span></li>
      <li><a href="2.html">关于高考的公告 2026年11月21日</a></li><li>没有链接的一行</li></ul></body></html>`
    const { entries, title } = read(page, { form: 'list', itemSelector: '.list li' })
    expect(title).toBe('要闻')
    expect(entries).toMatchObject([
      { link: 'https://www.province.example/z/1.html', title: '关于春耕的通知', publishedOn: '2026-11-20' },
      {
        link: 'https://www.province.example/feeds/2.html',
        title: '关于高考的公告',
        publishedOn: '2026-11-21',
      },
    ])
    const wrong = (itemSelector: string) => () => read(page, { form: 'list', itemSelector })
    expect(wrong('.gone li')).toThrow('找不到“.gone li”')
    expect(wrong('li[')).toThrow('写法不对')
    expect(wrong('title')).toThrow('没有链接')
  })

  it('GBK is read, whether declared or not', () => {
    const gbk = (text: string) =>
      Buffer.concat(
        [...text].map(sign =>
          sign === '标'
            ? Buffer.from([177, 234])
            : sign === '题'
              ? Buffer.from([204, 226])
              : Buffer.from(sign),
        ),
      )
    for (const head of ['<?xml version="1.0" encoding="gb2312"?>', '']) {
      const feed = `${head}<rss><channel><item><title>标题标题标题</title><link>https://a.example/1</link></item></channel></rss>`
      const found = read(gbk(feed))
      expect(found.encoding).toBe('gb18030')
      expect(found.entries[0]?.title).toBe('标题标题标题')
    }
  })
})

describe('dates', () => {
  it.each([
    ['<pubDate>Mon, 23 Nov 2026 02:30:00 GMT</pubDate>', '2026-11-23T02:30:00.000Z'],
    ['<pubDate>Mon,23 Nov 2026 10:30:00 +0800</pubDate>', '2026-11-23T02:30:00.000Z'],
    ['<pubDate>Tue, 23 Nov 2026 10:30</pubDate>', '2026-11-23T02:30:00.000Z'],
    ['<pubDate>2026-11-23 10:30:00</pubDate>', '2026-11-23T02:30:00.000Z'],
    ['<pubDate>2026-11-23T10:30:00.000+08:00</pubDate>', '2026-11-23T02:30:00.000Z'],
    ['<pubDate>2026-11-23T02:30:00Z</pubDate>', '2026-11-23T02:30:00.000Z'],
    ['<pubDate>2026年11月3日</pubDate>', '2026-11-03'],
    ['<pubDate>2026/11/03</pubDate>', '2026-11-03'],
    ['<pubDate>2026-02-30</pubDate>', null],
    ['<pubDate>2026-11-23 25:99</pubDate>', null],
    ['<pubDate>yesterday</pubDate>', null],
    ['<pubDate></pubDate>', null],
    ['', null],
  ])('%s is %s; without a zone it is Beijing’s', (inside, expected) => {
    expect(when(inside)).toBe(expected)
  })
})

describe('what is broken or hostile', () => {
  it('a page instead of a feed is told apart, with the feeds that it names', () => {
    const page =
      '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body>首页</body></html>'
    expect(() => read(page)).toThrow(
      '这是一个网页，不是订阅源。它注明的订阅源是：https://www.province.example/rss.xml',
    )
  })

  it.each([
    ['<rss></rss>', '没有 channel'],
    ['<svg/>', '没有 rss、feed'],
    ['hello', '没有 rss、feed'],
    ['{"items":[{', 'JSON 内容不完整'],
    ['{"a":1}', '不是 JSON Feed'],
    ['   ', '没有文字'],
    ['', '空文件'],
  ])('%j: %s', (text, words) => {
    expect(() => read(text)).toThrow(words)
  })

  it('entities of its own are refused, so that none multiply', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${rss('<item><title>&b;</title></item>')}`
    expect(() => read(bomb)).toThrow('实体定义')
    const outside = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>'
    expect(() => read(outside)).toThrow('实体定义')
  })

  it('a document cut in the middle gives what came whole', () => {
    const cut = rss('<item><title>一</title><link>/1</link></item><item><title>二</ti').slice(0, -30)
    expect(read(cut).entries.map(entry => entry.title)).toContain('一')
  })

  it('scripts in titles are no words; titles and summaries stay short', () => {
    const found = read(
      rss(`<item><link>/1</link><title>&lt;script&gt;alert(1)&lt;/script&gt;通知&lt;img src=x onerror=alert(2)&gt;</title>
      <description>${'长'.repeat(5000)}</description></item>`),
    ).entries[0]
    expect(found?.title).toBe('通知')
    expect(found?.summary).toHaveLength(300)
  })

  it('only addresses of the web are kept; what has none, or no title, is counted', () => {
    const found = read(
      rss(`<item><title>甲</title><link>javascript:alert(1)</link></item><item><title>乙</title></item>
      <item><link>/3</link></item><item><title>丁</title><guid>https://a.example/4</guid></item>
      <item><title>戊</title><link>../5.html#top</link></item>`),
    )
    expect(found.entries.map(entry => entry.link)).toEqual([
      'https://a.example/4',
      'https://www.province.example/5.html',
    ])
    expect(found.unusable).toBe(3)
  })

  it('the same entry twice is one; more than 500 are not taken', () => {
    const twice = '<item><title>甲</title><link>/1</link></item>'.repeat(2)
    expect(read(rss(twice)).entries).toHaveLength(1)
    const many = Array.from(
      { length: 700 },
      (_, n) => `<item><title>第${n}件</title><link>/${n}</link></item>`,
    )
    expect(read(rss(many.join(''))).entries).toHaveLength(500)
  })

  it('a page of a million open tags, or of many lines, is no trouble', () => {
    const page = (text: string) => () => read(`<html><body>${text}`, { form: 'list', itemSelector: 'li' })
    for (const tag of ['div', 'b', 'ul', 'x-y']) expect(page(`<${tag}>`.repeat(300_000))).toThrow('层层嵌套')
    expect(page(`<ul>${'<li><a href="/x">甲</a>'.repeat(20_000)}`)().entries).toHaveLength(1)
    const title = `<title>通知${'&lt;b&gt;'.repeat(100_000)}</title>`
    expect(read(rss(`<item><link>/1</link>${title}</item>`)).entries[0]?.title).toBe('通知')
  })

  it('nested a hundred thousand deep it ends all the same', () => {
    const deep = '<a>'.repeat(100_000)
    expect(() => read(rss(`<item><link>/1</link><title>深${deep}</title></item>`))).toThrow('层层嵌套')
  })
})
