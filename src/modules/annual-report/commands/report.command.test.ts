import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { fullReport, pageOf } from '../report-for-tests.ts'
import { reportCommand } from './report.command.ts'

async function run(...args: string[]) {
  const printed: string[] = []
  const errors: string[] = []
  const code = await reportCommand.runAlone(args, {
    print: line => void printed.push(line),
    error: line => void errors.push(line),
  })
  return { code, text: printed.join('\n'), errors: errors.join('\n') }
}

async function keep(name: string, text: string): Promise<string> {
  const file = join(await makeTestFolder(), name)
  writeFileSync(file, text)
  return file
}

const right = () => keep('a.json', JSON.stringify(fullReport()))

function faulty() {
  const report = fullReport()
  report.section3.C1 = (report.section3.C1 ?? []).map((cell, at) => (at === 0 ? (cell ?? 0) + 1 : cell))
  return report
}

it('R-RPT-20…27: exits 0 on a report that is right, also as a page', async () => {
  expect(await run('check', await right())).toMatchObject({
    code: 0,
    text: expect.stringContaining('核对通过'),
  })
  expect(await run('check', await keep('a.html', pageOf(fullReport())), '--json')).toMatchObject({ code: 0 })
})

it('R-RPT-21, R-RPT-22: exits 1 and names each breach with both numbers', async () => {
  const { code, text } = await run('check', await keep('a.json', JSON.stringify(faulty())), '--json')
  expect(code).toBe(1)
  const { findings } = JSON.parse(text)
  expect(findings).toMatchObject([
    { rule: 'R-RPT-21', where: 'section3.C7[0]' },
    { rule: 'R-RPT-22', where: 'section3.C1[6]' },
  ])
  for (const { expected, found, message } of findings) {
    expect(message).toContain(String(expected))
    expect(message).toContain(String(found))
  }
})

it('R-RPT-23, R-RPT-25: takes several former reports and parts', async () => {
  const last = {
    ...fullReport(),
    year: 2023,
    section3: { ...fullReport().section3, D: [9, 9, 9, 9, 9, 9, 54] },
  }
  const former = await keep('last.json', JSON.stringify(last))
  const whole = await right()
  const { text } = await run('check', whole, '--against', former, '--parts', whole, whole, '--json')
  const rules = new Set(JSON.parse(text).findings.map(({ rule }: { rule: string }) => rule))
  expect([...rules].sort()).toEqual(['R-RPT-11', 'R-RPT-23', 'R-RPT-25'])
})

it('says what it could not read, where, and exits 2', async () => {
  expect(await run('check', '/no/such/file')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('没有这个文件'),
  })
  expect(await run('check', await keep('a.html', '<p>没有表的一页</p>'))).toMatchObject({
    code: 2,
    errors: expect.stringContaining('没有找到第三部分'),
  })
  expect((await run('look', 'a')).errors).toContain('用法')
  expect((await run('check', 'a', '--jsno')).errors).toContain('选项写得不对')
})
