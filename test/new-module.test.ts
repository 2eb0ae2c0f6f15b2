import { execFile } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { root } from '#platform/root'
import { makeTestFolder } from './make/test-folder.ts'

/** A copy of the project, in which a module may be made without anybody noticing. */
let copy: string
beforeAll(async () => {
  copy = await makeTestFolder()
  for (const part of [
    'bin',
    'db',
    'docs',
    'src',
    'test',
    'package.json',
    'biome.json',
    'tsconfig.json',
    'vitest.config.ts',
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  for (const part of ['node_modules', 'dist']) symlinkSync(join(root, part), join(copy, part))
})
afterAll(() => rm(copy, { recursive: true, force: true }))

interface Ended {
  code: number
  output: string
}

/** Runs one of the project's programs in the copy, on the server of this run, as if from a shell. */
function run(program: string, ...args: string[]): Promise<Ended> {
  const outer = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|TEST$|DEV$|PROD$|MODE$)/.test(name),
  )
  const env = { ...Object.fromEntries(outer), TEST_DATABASE_URL: inject('templateUrl') }
  return new Promise(resolve => {
    execFile(process.execPath, [program, ...args], { cwd: copy, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: out + err })
    })
  })
}

const newModule = (...args: string[]) => run('bin/new-module.js', ...args)
const textOf = (file: string) => readFileSync(join(copy, file), 'utf8')

describe('bin/new-module', () => {
  it.each([
    ['Gazette', '不能作模块名'],
    ['gazette-', '不能作模块名'],
    ['new', '不能作模块名'],
    ['audit', '已经有模块'],
    ['account', '已经有页面在用'],
    ['gazette organ', '已经有数据表 organs'],
    ['', '用法'],
  ])('refuses “%s”', async (args, words) => {
    const { code, output } = await newModule(...args.split(' '))
    expect(output).toContain(words)
    expect(code).toBe(1)
  })

  it('writes a module that is green: types, rules, boundaries and its own tests', {
    timeout: 180_000,
  }, async () => {
    const made = await newModule('gazette', 'issue', '政府公报')
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('src/modules/gazette/issue.ts') })
    expect(textOf('src/app/modules.ts')).toContain('  gazette,\n')
    expect(textOf('docs/permissions.md')).toContain('`/gazette`')
    expect(textOf('src/platform/db/tables.ts')).toContain('issues: Issues')
    const [types, ...checks] = await Promise.all([
      run('node_modules/typescript/bin/tsc', '-p', '.'),
      run(
        'node_modules/@biomejs/biome/bin/biome',
        'check',
        'src/modules/gazette',
        'src/app',
        'test/boundaries.test.ts',
      ),
      run(
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project=unit',
        'src/modules/gazette',
        'test/boundaries.test.ts',
      ),
    ])
    // A fault somewhere else is told by the type check itself.
    expect(types.output.split('\n').filter(line => line.includes('gazette'))).toEqual([])
    for (const { code, output } of checks) expect(code, output).toBe(0)
  })
})
