import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { csvFile, csvLine } from './csv.ts'

it('a line keeps quotation marks and line breaks, and no text in it is taken for a formula', () => {
  expect(csvLine(['他说“好”', 'a"b', '一\n二'])).toBe('"他说“好”","a""b","一\n二"\r\n')
  expect(csvLine(['=1+1', '-2', '@x', '云水〔2026〕1号'])).toBe(`"'=1+1","'-2","'@x","云水〔2026〕1号"\r\n`)
})

it('a file begins with the mark and its heads, and goes on batch by batch', async () => {
  async function* batches() {
    yield [1, 2]
    yield [3]
  }
  const parts = await Readable.from(csvFile(['数'], batches(), number => [String(number)])).toArray()
  expect(parts).toEqual(['\uFEFF"数"\r\n', '"1"\r\n"2"\r\n', '"3"\r\n'])
})
