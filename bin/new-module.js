// Writes a new module that is green from its first minute: bin/new-module NAME [THING] [中文名]. Asks nothing.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { Script } from 'node:vm'
import { at, root } from './launch/place.js'
import { runNode } from './launch/run.js'
import { problem, say } from './launch/words.js'
import { camel, exchange, plural, snake, thingOf } from './templates/words.js'

const usage = `用法：bin/new-module NAME [THING] [中文名]
  NAME    模块名：小写英文词，可用短横线连接，例如 requests、gazette
  THING   它保管的一件东西，单数；不写时由模块名得出（requests → request，gazette → gazette-entry）
  中文名  页面上的名称；不写时先用模块名`

try {
  const asked = readArguments(process.argv.slice(2))
  const files = [...writeModule(asked), ...enterModule(asked.name)]
  const biome = ['check', '--write', '--log-level=error', ...files.filter(file => !file.endsWith('.md'))]
  await run('node_modules/@biomejs/biome/bin/biome', biome)
  await run('bin/database-types.js', [])
  const table = ['test/permissions.test.ts', '-t=docs/permissions.md', '--update=all']
  await run('node_modules/vitest/vitest.mjs', ['run', '--project=unit', ...table])
  sayWhatIsNext(asked, files)
} catch (error) {
  if (error.name !== 'LaunchProblem') throw error
  say(error.message)
  process.exitCode = 1
}

function readArguments([name = '', thing = thingOf(name), label = name]) {
  const tables = readFileSync(at('src', 'platform', 'db', 'tables.ts'), 'utf8')
  const refusal =
    (!isName(name) && `“${name}”不能作模块名。`) ||
    (!isName(thing) && `“${thing}”不能作东西的名字。`) ||
    (readdirSync(at('src', 'modules')).includes(name) && `已经有模块 ${name}。`) ||
    (isTakenAddress(`/${name}`) && `地址 /${name} 已经有页面在用，请换一个模块名。`) ||
    (tables.includes(`\n  ${camel(plural(thing))}: `) &&
      `已经有数据表 ${snake(plural(thing))}，请另给 THING。`)
  if (refusal) problem(`${name && `${refusal}\n\n`}${usage}`)
  return { name, thing, label }
}

/** Lower-case words joined by hyphens that can be a variable, too: `new` and `class` cannot. */
function isName(text) {
  if (!/^[a-z]{2,}(-[a-z]+)*$/.test(text) || text.length > 30) return false
  try {
    return Boolean(new Script(`'use strict'; const ${camel(text)} = 1`))
  } catch {
    return false
  }
}

function isTakenAddress(address) {
  return filesUnder(at('src'))
    .filter(file => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .some(file => readFileSync(file, 'utf8').includes(`'${address}'`))
}

/** @returns the files it made. */
function writeModule(asked) {
  const template = at('bin', 'templates', 'module')
  const pairs = filesUnder(template).map(from => [
    from,
    at('src', 'modules', asked.name, exchange(relative(template, from), asked)),
  ])
  pairs.push([at('bin', 'templates', 'create-record-hall.sql'), nextMigration(`create-${asked.name}`)])
  for (const [from, to] of pairs) {
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, exchange(readFileSync(from, 'utf8'), asked), { flag: 'wx' })
  }
  return pairs.map(([, to]) => to)
}

/** Migrations run in the order of their names, so the new one comes after all there are. */
function nextMigration(what) {
  const folder = at('db', 'migrations')
  const last = Number(readdirSync(folder).sort().at(-1)?.slice(0, 14) ?? 0)
  const now = Number(new Date().toISOString().replace(/\D/g, '').slice(0, 14))
  return join(folder, `${Math.max(now, last + 1)}-${what}.sql`)
}

/** The two lines outside the module's own folder. @returns the files it changed. */
function enterModule(name) {
  const list = at('src', 'app', 'modules.ts')
  const table = at('test', 'boundaries.test.ts')
  insert(list, '\n/** Every module', `import { ${camel(name)} } from '../modules/${name}/module.ts'\n`)
  insert(list, '\n]\n', `\n  ${camel(name)},`)
  insert(table, '\n}\nconst exemptions', `\n  '${name}': ['organisations', 'audit'],`)
  return [list, table]
}

function insert(file, before, line) {
  const text = readFileSync(file, 'utf8')
  const place = text.indexOf(before)
  if (place < 0) problem(`在 ${relative(root, file)} 里找不到加入模块的地方，请手工加上：${line.trim()}`)
  writeFileSync(file, text.slice(0, place) + line + text.slice(place))
}

async function run(program, args) {
  const code = await runNode([at(program), ...args], { stdio: ['ignore', 2, 2] })
  if (code !== 0) problem(`${program} 没有成功，原因见上。已经写好的文件都留在原处。`)
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

function sayWhatIsNext({ name }, files) {
  console.log(`新模块 ${name} 已经写好：

${files.map(file => `  ${relative(root, file)}`).join('\n')}
  src/platform/db/tables.ts
  docs/permissions.md

下一步：
  1. src/modules/${name}/README.md 写明法律依据、词汇、状态、谁来办；词汇写进 docs/glossary.md
  2. 先写那件东西和它的规则（连同测试），再写办理动作，最后写页面；表变了运行 npm run types
  3. docs/map.md 画上它，CHANGELOG.md 写一条；npm run check 全绿再提交`)
}
