import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { takeDown } from '#modules/publications'
import { hostileTitle, type OpenSite, openSite, origin, policyFacts } from '../open-data-for-tests.ts'
import { apiRoot } from './operation.ts'
import { operations } from './operations.ts'
import { problemSchema } from './problem.ts'

let here: OpenSite
let policy: { id: string; publicId: string }
let repealed: { id: string; publicId: string }

beforeAll(async () => {
  here = await openSite()
  repealed = await here.add(
    { ...policyFacts, title: '云溪县旧节水办法', docNo: '云政发〔2019〕3号', signedOn: '2019-05-01' },
    '2026-11-01 10:00',
  )
  policy = await here.add(
    {
      ...policyFacts,
      kind: 'normative-document',
      title: '云溪县节约用水办法',
      docNo: '云政发〔2026〕12号',
      effectiveFrom: '2026-11-10',
      repeals: '《云溪县旧节水办法》 云政发〔2019〕3号',
      bodyHtml: '<p>单位和个人应当节约用水。</p>',
    },
    '2026-11-05 10:00',
  )
  await here.correct(policy.id, {
    bodyHtml: '<p>单位和个人都应当节约用水。</p>',
    repeals: '《云溪县旧节水办法》 云政发〔2019〕3号',
  })
  await here.add({ title: hostileTitle, summary: '𠮷 & <b>' }, '2026-11-06 10:00')
  for (let count = 1; count <= 12; count++) await here.add({ title: `第${count}号通知` }, '2026-11-07 10:00')
  await here.importOld('2009年的旧通知')
  here.setTime('2026-11-23 09:30')
}, 120_000)

afterAll(() => here.close())

const ask = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await here.get(apiRoot + path, headers)
  return { ...answer, json: answer.text === '' ? null : JSON.parse(answer.text) }
}
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
const titles = (json: any): string[] => json.items.map((item: { title: string }) => item.title)

/** An address that each operation answers with something in it. */
const samples: Record<string, () => string[]> = {
  listSites: () => ['/sites'],
  listOrgans: () => ['/organs'],
  listColumns: () => ['/columns'],
  listPublications: () => ['/publications', '/publications?after=start', '/publications?pageSize=1&page=3'],
  getPublication: () => [`/publications/${policy.publicId}`, `/publications/${repealed.publicId}`],
  listEditions: () => [`/publications/${policy.publicId}/editions`],
  getEdition: () => [`/publications/${policy.publicId}/editions/1`],
  listLinks: () => [`/publications/${policy.publicId}/links`],
  listEffects: () => [
    `/publications/${policy.publicId}/effects`,
    `/publications/${repealed.publicId}/effects`,
  ],
  search: () => [`/search?q=${encodeURIComponent('节约用水')}`],
  listChanges: () => ['/changes?after=start'],
}

describe('the description (OpenAPI 3.1)', () => {
  const description = async () => JSON.parse((await here.get('/api/openapi.json')).text)

  it('names every route of the API and nothing else', async () => {
    const served = here.house.publicRoutes
      .filter(route => route.path.startsWith(`${apiRoot}/`))
      .map(route => route.path.slice(apiRoot.length).replace(/:(\w+)/g, '{$1}'))
    expect(Object.keys((await description()).paths).toSorted()).toEqual(served.toSorted())
  })

  it('leads each reference to a schema that is there, and explains every parameter', async () => {
    const { components, paths, openapi } = await description()
    expect(openapi).toBe('3.1.0')
    const text = JSON.stringify({ components, paths })
    expect(text).not.toContain('$defs')
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(components.schemas, name).toHaveProperty(name)
    for (const [path, { get }] of Object.entries<{ get: { parameters: Record<string, unknown>[] } }>(paths))
      for (const parameter of get.parameters)
        expect(parameter, path).toMatchObject({ description: expect.any(String) })
  })

  it.each(operations.map(one => [one.name, one] as const))(
    '%s answers what it promises',
    async (name, one) => {
      for (const path of samples[name]?.() ?? []) {
        const { status, json, headers } = await ask(path)
        expect(status, path).toBe(200)
        expect(headers).toMatchObject({
          'content-type': 'application/json; charset=utf-8',
          'access-control-allow-origin': '*',
          etag: expect.any(String),
        })
        const parsed = one.answer.safeParse(json)
        expect(parsed.success ? '' : z.prettifyError(parsed.error), path).toBe('')
        expect(JSON.stringify(json)).not.toMatch(/"(items)":\[\]/)
      }
      expect(samples[name], name).toBeDefined()
    },
  )

  it('has examples of parameters that are taken', () => {
    for (const one of operations)
      for (const [name, schema] of Object.entries(one.query.shape)) {
        const described = z.toJSONSchema(schema, { io: 'input' }) as { examples?: string[] }
        for (const example of described.examples ?? [])
          if (name !== 'kind') expect(schema.safeParse(example).success, `${one.name} ${name}`).toBe(true)
      }
  })
})

describe('lists', () => {
  it('filter as the pages do', async () => {
    expect(titles((await ask('/publications?kind=normative-document')).json)).toEqual(['云溪县节约用水办法'])
    expect(titles((await ask('/publications?validity=repealed')).json)).toEqual(['云溪县旧节水办法'])
    expect(titles((await ask('/publications?validity=in-force&on=2026-11-09')).json)).toContain(
      '云溪县旧节水办法',
    )
    expect((await ask('/publications?archive=no')).json.total).toBe(15)
    expect(titles((await ask('/publications?year=2009')).json)).toEqual(['2009年的旧通知'])
    expect((await ask('/publications?column=policies')).json.total).toBe(2)
    expect((await ask('/publications?from=2026-11-06&to=2026-11-06')).json.total).toBe(1)
  })

  it('page with addresses of what is before and behind, in the body and in the head', async () => {
    const { json, headers } = await ask('/publications?kind=notice&pageSize=5&page=2')
    expect(json).toMatchObject({
      total: 14,
      page: 2,
      pageSize: 5,
      next: `${origin}${apiRoot}/publications?kind=notice&page=3&pageSize=5`,
      previous: `${origin}${apiRoot}/publications?kind=notice&page=1&pageSize=5`,
    })
    expect(headers.link).toBe(`<${json.next}>; rel="next", <${json.previous}>; rel="prev"`)
    expect((await ask('/publications?kind=notice&pageSize=5&page=3')).json.next).toBeNull()
  })

  it('all of it can be taken by a cursor, archive items too, each once', async () => {
    const seen: string[] = []
    let next: string | null = `${origin}${apiRoot}/publications?after=start&pageSize=4`
    while (next) {
      const json = JSON.parse((await here.get(next.slice(origin.length))).text)
      seen.push(...titles(json))
      next = json.next
    }
    expect(seen).toHaveLength(16)
    expect(new Set(seen).size).toBe(16)
    expect(seen).toContain('2009年的旧通知')
    expect(seen).toContain(hostileTitle)
  })

  it('a search gives the piece of the text that was found', async () => {
    const { json } = await ask(`/search?q=${encodeURIComponent('个人节约')}`)
    expect(json.items[0]).toMatchObject({
      title: '云溪县节约用水办法',
      excerpt: expect.stringContaining('节约用水'),
    })
  })

  it('says how it read the words: nothing is exchanged silently', async () => {
    const readAs = async (q: string) => (await ask(`/search?q=${encodeURIComponent(q)}`)).json.readAs
    expect(await readAs('节约用水')).toEqual({ how: 'as-typed', words: null })
    expect(await readAs('节约用水 量子力学')).toEqual({ how: 'some-words', words: null })
    expect((await ask('/publications')).json).not.toHaveProperty('readAs')
  })

  it('another site has its own', async () => {
    expect((await here.get('/s/nowhere/api/v1/publications')).status).not.toBe(200)
  })
})

describe('one item', () => {
  it('says the same as its address with .json', async () => {
    const { json } = await ask(`/publications/${policy.publicId}`)
    expect(json).toMatchObject({
      id: policy.publicId,
      url: `${origin}/policies/${policy.publicId}`,
      docNo: '云政发〔2026〕12号',
      validity: 'in-force',
      edition: { number: 2, changeNote: '更正' },
      effects: [{ type: 'repeals', docNo: '云政发〔2019〕3号', effectiveFrom: '2026-11-10' }],
    })
    expect(JSON.parse((await here.get(`/policies/${policy.publicId}.json`)).text)).toEqual(json)
  })

  it('effects are seen from both sides', async () => {
    expect((await ask(`/publications/${repealed.publicId}/effects`)).json).toMatchObject({
      effects: [],
      effectsOnIt: [{ type: 'repeals', url: `${origin}/policies/${policy.publicId}` }],
    })
  })

  it('earlier editions keep their text', async () => {
    const { json } = await ask(`/publications/${policy.publicId}/editions/1`)
    expect(json.bodyHtml).toBe('<p>单位和个人应当节约用水。</p>')
  })

  it('S-DOM-04: what left answers 410 with the reason, what moved 301, what never was 404', async () => {
    const gone = await here.add({ title: '误发' }, '2026-11-22 10:00')
    const moved = await here.add({ title: '重复' }, '2026-11-22 10:00')
    await takeDown(here.ctx, { publicationId: gone.id, how: 'withdrawn', reason: '内容有误', to: '' })
    await takeDown(here.ctx, {
      publicationId: moved.id,
      how: 'redirected',
      reason: '并入',
      to: policy.publicId,
    })
    const left = await ask(`/publications/${gone.publicId}`)
    expect(left.json).toMatchObject({
      status: 410,
      code: 'open-data.withdrawn',
      detail: expect.stringContaining('内容有误'),
    })
    const to = await here.get(`${apiRoot}/publications/${moved.publicId}/links`)
    expect([to.status, to.headers.location]).toEqual([301, `${apiRoot}/publications/${policy.publicId}`])
    expect((await ask('/publications/2222222222')).json).toMatchObject({
      status: 404,
      code: 'open-data.unknown',
    })
    const scheduled = await here.add({ title: '还没有公开' }, '2026-12-01 10:00')
    expect((await ask(`/publications/${scheduled.publicId}`)).json.status).toBe(404)
  })
})

describe('changes', () => {
  it('go on where they were left, and say every act once', async () => {
    const first = await ask('/changes?after=start&pageSize=100')
    expect(first.json.more).toBe(false)
    const acts = first.json.items.map((item: { act: string }) => item.act)
    expect(new Set(acts)).toEqual(new Set(['published', 'corrected', 'imported']))
    const { next } = first.json
    expect((await here.get(next.slice(origin.length))).text).toBe(
      JSON.stringify({ items: [], more: false, next }),
    )
    await here.correct(repealed.id, { changeNote: '补充附件' })
    here.setTime('2026-11-23 09:32')
    const later = JSON.parse((await here.get(next.slice(origin.length))).text)
    // What the tests before took down comes here, too
    expect(later.items.at(-1)).toMatchObject({
      act: 'corrected',
      reason: '补充附件',
      publication: { id: repealed.publicId, url: `${origin}/policies/${repealed.publicId}` },
    })
    const withdrawn = later.items.find((item: { act: string }) => item.act === 'withdrawn')
    expect(withdrawn).toMatchObject({ reason: '内容有误', publication: { title: null, url: null } })
  })

  it('hold back the last minute, so that none is overtaken', async () => {
    const newest = async () => (await ask('/changes?after=start')).json.items.at(-1).publication.title
    await here.add({ title: '刚刚公布' }, '2026-11-23 09:32')
    expect(await newest()).not.toBe('刚刚公布')
    here.setTime('2026-11-23 09:33')
    expect(await newest()).toBe('刚刚公布')
  })

  it('come in small pieces without loss', async () => {
    const whole = (await ask('/changes?after=start&pageSize=100')).json.items
    const pieces: unknown[] = []
    let next = `${apiRoot}/changes?after=start&pageSize=3`
    for (let more = true; more; ) {
      const json = JSON.parse((await here.get(next)).text)
      pieces.push(...json.items)
      ;({ more } = json)
      next = json.next.slice(origin.length)
    }
    expect(pieces).toEqual(whole)
  })
})

describe('copies of readers', () => {
  it.each(['/publications', '/publications?after=start', '/changes?after=start', '/organs'])(
    'are good while nothing has changed: %s',
    async path => {
      const { headers } = await ask(path)
      expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
      const again = await ask(path, { 'if-none-match': headers.etag ?? '' })
      expect([again.status, again.text]).toEqual([304, ''])
    },
  )

  it('HEAD says the same without a body', async () => {
    for (const path of ['/publications?pageSize=3', '/changes?after=start', '/publications?pageSize=4']) {
      const answer = await here.server.inject({
        method: 'HEAD',
        url: apiRoot + path,
        headers: { host: 'site.example' },
      })
      expect([answer.statusCode, answer.payload]).toEqual([200, ''])
      expect(answer.headers.etag).toBe((await ask(path)).headers.etag)
    }
  })

  it('validity changes at midnight though nothing is written', async () => {
    await here.add(
      { ...policyFacts, title: '只到今天的办法', docNo: '云政发〔2026〕40号', validUntil: '2026-11-23' },
      '2026-11-20 10:00',
    )
    const validity = async () =>
      (await ask('/publications?q=%E5%8F%AA%E5%88%B0%E4%BB%8A%E5%A4%A9')).json.items[0]?.validity
    await expect.poll(validity).toBe('in-force')
    here.setTime('2026-11-24 00:01')
    expect(await validity()).toBe('expired')
  })
})

describe('what is asked wrongly', () => {
  it.each([
    ['/publications?foo=1', 'foo', '可用的参数'],
    ['/publications?from=2026-02-30', 'from', '2026-11-23'],
    ['/publications?from=2026-11-02&to=2026-11-01', 'to', '不早于'],
    ['/publications?pageSize=101', 'pageSize', '1 到 100'],
    ['/publications?pageSize=0', 'pageSize', '1 到 100'],
    ['/publications?page=-1', 'page', '整数'],
    ['/publications?page=1e3', 'page', '整数'],
    ['/publications?page=101&pageSize=100', 'page', 'after=start'],
    ['/publications?kind=nothing', 'kind', 'policy'],
    ['/publications?kind=policy&kind=notice', 'kind', '只写一次'],
    ['/publications?validity=old', 'validity', 'in-force'],
    ['/publications?organ=nobody', 'organ', '/api/v1/organs'],
    ["/publications?organ=';drop%20table", 'organ', '/api/v1/organs'],
    ['/publications?column=no/where', 'column', '/api/v1/columns'],
    ['/publications?q=', 'q', '去掉'],
    ['/publications?q=%EF%BC%8C%E3%80%82', 'q', '关键的词'],
    [`/publications?q=${'a'.repeat(201)}`, 'q', '200'],
    ['/publications?theme=%00', 'theme', '控制字符'],
    ['/publications?year=20x6', 'year', '四位'],
    ['/publications?after=1', 'after', 'start'],
    ['/publications?after=start&q=a', 'q', 'pageSize'],
    ['/search', 'q', '请写'],
    ['/changes', 'after', 'start'],
    ['/changes?after=9.9', 'after', 'start'],
    ['/publications/UPPERCASE1', 'id', '10 位'],
    ['/publications/2222222222/editions/0', 'number', '整数'],
    ['/sites?x=1', 'x', '没有参数'],
    ['/publications?__proto__=1', '__proto__', '可用的参数'],
  ])('%s is told which parameter and how to write it', async (path, parameter, remedy) => {
    const { status, json, headers } = await ask(path)
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect([status, json.parameter]).toEqual([400, parameter])
    expect(json.remedy).toContain(remedy)
    expect(problemSchema.safeParse(json).error).toBeUndefined()
  })

  it.each(['/api/v1/nothing', '/api/v1', '/api/v2/publications', '/api/v1/publications/2222222222/proof'])(
    'an address that is not there answers as the API does: %s',
    async url => {
      const { status, text, headers } = await here.get(url)
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
      expect(problemSchema.safeParse(JSON.parse(text)).error).toBeUndefined()
    },
  )

  it('signs that no title holds do no harm', async () => {
    for (const q of ['%00', '%F0%9F%98%80', '%E2%80%AE%E6%B0%B4', "'%20|%20!", '%3C%3A*%26'])
      expect([200, 400]).toContain((await ask(`/publications?q=${q}`)).status)
  })
})

describe('the readable page', () => {
  it('names every operation, with examples that run', async () => {
    const { text } = await here.get('/api')
    for (const one of operations) expect(text).toContain(apiRoot + one.path)
    const examples = [...text.matchAll(/curl &#39;([^&]*(?:&amp;[^&]*)*)&#39;|curl '([^']*)'/g)].map(found =>
      (found[1] ?? found[2] ?? '').replaceAll('&amp;', '&'),
    )
    expect(examples).toHaveLength(3)
    for (const url of examples) expect((await here.get(url.slice(origin.length))).status, url).toBe(200)
    expect((await here.get('/feeds')).text).toContain('href="/api"')
  })
})
