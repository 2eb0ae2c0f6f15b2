// The door of every npm script: start | test | dev | check | bench | types | new-module | build. Runs on the machine's own
// Node (>= 20), before anything is installed: plain JavaScript without dependencies. Everything else runs on the Node that
// npm brings (24).
import { build } from './launch/build.js'
import { develop } from './launch/develop.js'
import { install } from './launch/install.js'
import { checkNodeVersion } from './launch/node-version.js'
import { runNode } from './launch/run.js'
import { serve } from './launch/serve.js'
import { check, test } from './launch/test.js'
import { problem, step } from './launch/words.js'

const commands = {
  start: serve,
  dev: develop,
  test,
  check,
  bench: args => runNode(['bench/run.ts', ...args]),
  types: args => runNode(['bin/database-types.js', ...args]),
  'new-module': args => runNode(['bin/new-module.js', ...args]),
  build: () => 0,
}

const [name = 'start', ...args] = process.argv.slice(2)
const command = commands[name]
try {
  if (!command) problem(`没有“${name}”这个命令，可用的有：${Object.keys(commands).join('、')}`)
  checkNodeVersion()
  await install()
  if (name !== 'types') await build()
  if (name === 'start') step(3, '启动…')
  process.exitCode = await command(args)
} catch (error) {
  if (error.name !== 'LaunchProblem') throw error
  console.error(`\n${error.message}`)
  process.exitCode = 1
}
