// A command of the platform: ./bin/mingtang import PATH… Its output alone goes to stdout, progress to stderr.
import { build } from './launch/build.js'
import { install } from './launch/install.js'
import { checkNodeVersion } from './launch/node-version.js'
import { at } from './launch/place.js'
import { runNode } from './launch/run.js'

try {
  checkNodeVersion()
  await install()
  await build()
  // Paths among the arguments are meant from where the caller stands.
  process.exitCode = await runNode(
    ['--enable-source-maps', at('dist', 'main.js'), 'command', ...process.argv.slice(2)],
    {
      cwd: process.cwd(),
    },
  )
} catch (error) {
  if (error.name !== 'LaunchProblem') throw error
  console.error(error.message)
  // As for every command: 2 = could not run.
  process.exitCode = 2
}
