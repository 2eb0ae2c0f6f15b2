import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { findServer } from './find-server.js'
import { at } from './place.js'
import { runNode } from './run.js'
import { say } from './words.js'

const notes = at('.cache', 'test')
// Each test file that asks for a database adds its name here (test/make/test-database.ts).
const databaseFiles = `${notes}/database-files.txt`
const embedded = { DATABASE_URL: undefined, TEST_DATABASE_URL: undefined, TEST_DATABASE_BINARIES: undefined }

/** Everything: units and database on the embedded server, the database again on a server of its own, then the browser. */
export async function test(filters) {
  const runs = [await units('单元与数据库测试，在自带的 PostgreSQL 上', filters)]
  const server = findServer()
  const files = existsSync(databaseFiles)
    ? [...new Set(readFileSync(databaseFiles, 'utf8').trim().split('\n'))]
    : []
  if (!server)
    say('\n没有给出 DATABASE_URL，本机也没有 PostgreSQL 15 以上的程序：数据库测试只在自带的服务器上做。')
  else if (files.length > 0)
    runs.push(await vitest(`数据库测试，在${server.name}上`, 'unit', files, { ...embedded, ...server.env }))
  runs.push(await vitest('浏览器旅程，在构建好的网站上', 'journeys', filters, embedded))
  return conclude(runs)
}

export async function check() {
  const tools = [
    ['类型检查 tsc', ['node_modules/typescript/bin/tsc', '-p', '.']],
    ['格式与规则 biome', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
    ['没有用到的代码和依赖 knip', ['node_modules/knip/bin/knip.js']],
  ]
  let faults = 0
  for (const [name, args] of tools) {
    say(`\n■ ${name}`)
    if ((await runNode(args)) !== 0) faults++
  }
  const code = conclude([await units('单元与数据库测试，在自带的 PostgreSQL 上', [])])
  return faults > 0 ? 1 : code
}

function units(title, filters) {
  rmSync(databaseFiles, { force: true })
  return vitest(title, 'unit', filters, embedded)
}

async function vitest(title, project, filters, env) {
  say(`\n■ ${title}`)
  const report = `${notes}/${project}.json`
  mkdirSync(dirname(report), { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--passWithNoTests',
    ...reporters,
    ...filters,
  ]
  const code = await runNode(vitest, { env })
  return count(report, code)
}

/** A file that could not even be loaded has no tests to fail, and a run may end badly with all tests green: both count. */
function count(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  const unloaded = testResults.filter(
    file => file.status === 'failed' && file.assertionResults.every(t => t.status !== 'failed'),
  )
  const failed = numFailedTests + unloaded.length
  return {
    passed: numPassedTests,
    failed: failed || (code === 0 ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
  }
}

/** The last line is for machines: one for all runs. */
function conclude(runs) {
  const total = name => runs.reduce((sum, run) => sum + run[name], 0)
  const skipped = total('skipped')
  console.log(
    `\n${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`,
  )
  return total('failed') > 0 ? 1 : 0
}
