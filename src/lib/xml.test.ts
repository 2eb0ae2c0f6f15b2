import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { element, xmlDocument } from './xml.ts'

const read = (xml: string) => load(xml, { xml: true })

describe('element', () => {
  it.each(['<b>&amp;</b>', `a"b'c`, ']]>', '\u202e倒写\u202c', '😀', '云政发〔2026〕12号'])(
    'gives back the text %s as it was',
    text => {
      const $ = read(xmlDocument(element('a', { title: text }, text)))
      expect([$('a').text(), $('a').attr('title')]).toEqual([text, text])
    },
  )

  it('leaves out what XML cannot hold', () => {
    expect(element('a', {}, 'x\u0000\u0007\u000b\ufffey').xml).toBe('<a>xy</a>')
    expect(element('a', {}, '\ud800').xml).toBe('<a>\ufffd</a>')
  })

  it('closes what is empty and leaves out what is not stated', () => {
    expect(element('link', { rel: 'self', type: null, href: '/a?b=1&c=2' }).xml).toBe(
      '<link rel="self" href="/a?b=1&#38;c=2"/>',
    )
    expect(element('a', {}, element('b'), null).xml).toBe('<a><b/></a>')
  })
})
