import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '#lib/canonical-json'
import { kinds } from '../../app/kinds.ts'
import { digestOf, docNoPattern, editionText, plainText, whatIsMissing } from './edition.ts'

describe('canonical JSON', () => {
  it('says what was said, and nothing of the order in which keys came', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse())
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonical(shuffled)).toBe(canonical(value))
        expect(digestOf(shuffled)).toBe(digestOf(value))
      }),
    )
  })

  it('reads the same as JSON does what JSON has no word for', () => {
    const value = { at: new Date('2026-11-23T02:00:00Z'), list: [undefined, 1], missing: undefined }
    expect(canonical(value)).toBe('{"at":"2026-11-23T02:00:00.000Z","list":[null,1]}')
  })

  it('is written like this for good: digests of former years must be found again', () => {
    const edition = {
      title: '关于停水的通知',
      fields: { b: [1, 'ä'], a: null },
      signedOn: null,
      issuers: ['云溪县水利局'],
    }
    expect(canonical(edition)).toBe(
      '{"fields":{"a":null,"b":[1,"ä"]},"issuers":["云溪县水利局"],"signedOn":null,"title":"关于停水的通知"}',
    )
    expect(digestOf(edition)).toBe('sha256:114a1699dfbcb067a02e8dcde5cfa87c80b2c39fdc29f3178b1c87348702c980')
  })

  it('differs when anything differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b) && canonical(a) !== canonical(b))
        expect(digestOf({ a })).not.toBe(digestOf({ a: b }))
      }),
    )
  })
})

describe('the text of an edition', () => {
  const read = (more: object) => editionText.safeParse({ title: '题', ...more })
  const messageOf = (more: object) => read(more).error?.issues[0]?.message

  it.each([
    [{ title: ' ' }, '请填写标题。'],
    [{ title: '长'.repeat(201) }, '标题太长：最多 200 字。'],
    [{ signedOn: '2026-02-30' }, '成文日期不是存在的日期'],
    [{ effectiveFrom: '0000-01-01' }, '施行日期不是存在的日期'],
    [{ docNo: '云政发〔2026〕😀号' }, '文号应写成“云政发〔2026〕12号”的样子'],
    [{ docNo: '云政发[2026]12号' }, '文号应写成“云政发〔2026〕12号”的样子'],
    [{ docNo: '云政发〔2026〕第12号' }, '文号应写成'],
    [{ bodyHtml: 'x'.repeat(4_000_001) }, '正文太长'],
  ])('%o: a message that names the remedy', (more, message) => {
    expect(messageOf(more)).toContain(message)
  })

  it('takes what is blank as not stated, and names in a line apart', () => {
    expect(read({ docNo: ' ', signedOn: '', issuers: '云溪县水利局、云溪县财政局；\n' }).data).toMatchObject({
      docNo: null,
      signedOn: null,
      issuers: ['云溪县水利局', '云溪县财政局'],
    })
    expect(read({ title: '  关于\n停水\t的通知 ' }).data?.title).toBe('关于 停水 的通知')
  })

  it('S-GWG-08: what a document number is', () => {
    for (const good of ['云政发〔2026〕12号', '云溪县水利局公告〔1999〕1号'])
      expect(good).toMatch(docNoPattern)
    for (const bad of ['云政发〔2026〕012号', '〔2026〕12号', '云政发〔26〕1号', ' 云政发〔2026〕12号'])
      expect(bad).not.toMatch(docNoPattern)
  })

  it('what each kind still misses is told by field', () => {
    for (const kind of kinds) {
      const missing = Object.keys(whatIsMissing(kind, editionText.parse({ title: '题' })))
      expect(missing).toEqual(expect.arrayContaining([...kind.requires, 'bodyHtml']))
    }
    const policy = kinds.find(kind => kind.name === 'policy') as (typeof kinds)[0]
    const term = { effectiveFrom: '2026-12-01', validUntil: '2026-11-30', bodyHtml: '<p>正文</p>' }
    expect(whatIsMissing(policy, editionText.parse({ title: '题', ...term }))).toMatchObject({
      validUntil: '有效期早于施行日期，请核对。',
    })
  })
})

describe('plain text of a body', () => {
  it('keeps paragraphs apart and decodes once', () => {
    expect(plainText('<h2>一、总则</h2><p>水&amp;电<br>a&amp;lt;b</p><ul><li>甲</li><li>乙</li></ul>')).toBe(
      '一、总则\n水&电\na&lt;b\n甲\n乙',
    )
  })
})
