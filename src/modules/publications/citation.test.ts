import { beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../app/kinds.ts'
import { citationsOf } from './citation.ts'
import { registerKinds } from './kind.ts'
import type { PublicView } from './public-view.ts'
import { viewOf } from './view-for-tests.ts'

beforeAll(() => registerKinds(kinds))

const cite = (facts: Partial<PublicView> = {}) =>
  citationsOf(viewOf(facts), 'http://www.yunxi.example', '2026-11-23')
const url = 'http://www.yunxi.example/policies/7k2m9c4x3p'
const undated = { archive: true, sourcePublishedOn: null, signedOn: null }

describe('citations', () => {
  it('quotes as one official document quotes another: title, then number', () => {
    expect(cite().official).toBe('《云溪县节约用水办法》（云政发〔2026〕12号）')
    expect(cite({ title: '《云溪县供水办法》政策解读', docNo: null }).official).toBe(
      '云溪县人民政府《〈云溪县供水办法〉政策解读》（2026年11月5日）',
    )
    expect(cite({ docNo: null, ...undated }).official).toBe('云溪县人民政府《云溪县节约用水办法》')
  })

  it.each<[string, Partial<PublicView>, string]>([
    [
      'with number',
      {},
      `云溪县人民政府. 云溪县节约用水办法: 云政发〔2026〕12号[EB/OL]. (2026-11-05)[2026-11-23]. ${url}.`,
    ],
    [
      'without number',
      { docNo: null },
      `云溪县人民政府. 云溪县节约用水办法[EB/OL]. (2026-11-05)[2026-11-23]. ${url}.`,
    ],
    [
      'more than three organs',
      { docNo: null, issuers: ['甲局', '乙局', '丙局', '丁局'] },
      `甲局, 乙局, 丙局, 等. 云溪县节约用水办法[EB/OL]. (2026-11-05)[2026-11-23]. ${url}.`,
    ],
    [
      'without a signature',
      { issuers: [], docNo: null, organFullName: '云溪县水利局' },
      `云溪县水利局. 云溪县节约用水办法[EB/OL]. (2026-11-05)[2026-11-23]. ${url}.`,
    ],
    [
      'an archive item',
      { archive: true, sourcePublishedOn: '2019-03-04' },
      `云溪县人民政府. 云溪县节约用水办法: 云政发〔2026〕12号[EB/OL]. (2019-03-04)[2026-11-23]. ${url}.`,
    ],
    [
      'without any day',
      undated,
      `云溪县人民政府. 云溪县节约用水办法: 云政发〔2026〕12号[EB/OL]. [2026-11-23]. ${url}.`,
    ],
  ])('GB/T 7714—2015: %s', (_, facts, expected) => {
    expect(cite(facts).gbt).toBe(expected)
  })

  it('names the one address also where another site shows the item', () => {
    expect(cite({ ownBase: '/s/shuili' }).gbt).toContain(
      'http://www.yunxi.example/s/shuili/policies/7k2m9c4x3p',
    )
  })

  it('BibTeX: signs of TeX are text', () => {
    const { bib } = cite({ title: '100% {\\input} $x_1$ #2 & ~^', docNo: null }).files
    expect(bib).toContain(
      'title = {{100\\% \\{\\textbackslash{}input\\} \\$x\\_1\\$ \\#2 \\& \\textasciitilde{}\\textasciicircum{}}}',
    )
    expect(bib).not.toContain('number')
    // Every brace has its partner: one that has not would swallow the entries behind it
    const bare = bib.replace(/\\[{}]/g, '')
    expect(bare.split('{').length).toBe(bare.split('}').length)
  })

  it('BibTeX: an organ is one name, several are joined by “and”', () => {
    const { bib } = cite({ issuers: ['甲 and 乙局', '丙局'] }).files
    expect(bib).toContain('author = {{甲 and 乙局} and {丙局}}')
    expect(bib).toContain('year = {2026},\n  month = {11},\n  date = {2026-11-05},')
  })

  it('RIS: a line break in a text begins no field', () => {
    const { ris } = cite({ title: '甲\r\nER  - \r\nTY  - BOOK', issuers: ['甲局,乙局'] }).files
    expect(ris.split('\r\n').filter(line => /^(TY|ER) {2}-/.test(line))).toEqual(['TY  - GOVDOC', 'ER  - '])
    expect(ris).toContain('TI  - 甲 ER - TY - BOOK\r\nAU  - 甲局，乙局\r\nM1  - 云政发〔2026〕12号\r\n')
    expect(ris).toContain('DA  - 2026/11/05/\r\n')
    expect(ris).toContain(`UR  - ${url}\r\nY2  - 2026/11/23/\r\n`)
  })

  it('CSL-JSON: legislation with its number; what is not known is left out', () => {
    expect(JSON.parse(cite().files.json)).toEqual([
      {
        id: '7k2m9c4x3p',
        type: 'legislation',
        title: '云溪县节约用水办法',
        author: [{ literal: '云溪县人民政府' }],
        number: '云政发〔2026〕12号',
        issued: { 'date-parts': [[2026, 11, 5]] },
        accessed: { 'date-parts': [[2026, 11, 23]] },
        URL: url,
        publisher: '云溪县人民政府',
        language: 'zh-CN',
      },
    ])
    const [undatedItem] = JSON.parse(cite({ kind: 'notice', docNo: null, ...undated }).files.json)
    expect(undatedItem).toMatchObject({ type: 'webpage' })
    expect(undatedItem).not.toHaveProperty('issued')
    expect(undatedItem).not.toHaveProperty('number')
  })

  it('keeps rare characters, also those outside the basic plane', () => {
    expect(cite({ title: '𠮷县😀办法' }).gbt).toContain('𠮷县😀办法')
  })
})
