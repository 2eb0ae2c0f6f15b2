import { describe, expect, it } from 'vitest'
import { readOptions } from './import-options.ts'

describe('the words after “import”', () => {
  it('are paths and options, in any order', () => {
    expect(
      readOptions(['a', '--site', 'yunxi', '--json', 'b', '--column=policies/county', '--apply']),
    ).toEqual({
      paths: ['a', 'b'],
      site: 'yunxi',
      column: 'policies/county',
      json: true,
      mode: 'apply',
      report: null,
    })
  })

  it.each([
    [[], '请写明要导入'],
    [['a', '--aply'], '--aply'],
    [['a', '--site'], '--site 后面'],
    [['a', '--site', '--json'], '--site 后面'],
    [['a', '--apply', '--publish-as-archive'], '只能选一个'],
    [['--report', 'yesterday'], '批次号'],
  ])('%j is told what is wrong', (args, words) => {
    const read = readOptions(args)
    expect('error' in read && read.error).toContain(words)
  })
})
