import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { planCommand } from './plan.command.ts'

async function run(...args: string[]) {
  const printed: string[] = []
  const errors: string[] = []
  const out = {
    print: (line: string) => void printed.push(line),
    error: (line: string) => void errors.push(line),
  }
  // It reads a file and nothing else.
  const code = await planCommand.runAlone(args, out)
  return { code, text: printed.join('\n'), errors: errors.join('\n') }
}

async function planFile(bytes: string | Uint8Array): Promise<string> {
  const file = join(await makeTestFolder(), 'plan.txt')
  writeFileSync(file, bytes)
  return file
}

const plan = '云溪县2024年工作要点\n一、财政\n1.公开预算。（县财政局牵头，各乡镇配合，3月底前完成）'

it('O1: tells the tasks to people', async () => {
  const { code, text } = await run('parse', await planFile(plan))
  expect(code).toBe(0)
  expect(text).toContain(
    '一、财政\n1 公开预算\n   牵头：县财政局\n   责任：各乡镇\n   期限：3月底前（2024-03-31）',
  )
  expect(text).toContain('共 1 项任务。')
})

it('O1: prints one JSON document', async () => {
  const { code, text } = await run('parse', await planFile(plan), '--json')
  expect(code).toBe(0)
  expect(JSON.parse(text)).toMatchObject({
    title: '云溪县2024年工作要点',
    tasks: [{ no: '1', heading: ['一、财政'], lead: ['县财政局'], source: { start: 18 } }],
  })
})

it('says what it could not read and exits 2', async () => {
  expect(await run('parse', '/no/such/file')).toMatchObject({ code: 2 })
  expect((await run('parse', await planFile(''))).errors).toContain('空文件')
  expect((await run('read', 'x')).errors).toContain('用法')
  expect((await run('parse', 'x', '--jsno')).errors).toContain('选项写得不对')
})
