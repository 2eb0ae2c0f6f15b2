import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from './build.js'
import { at } from './place.js'
import { endOf, startNode } from './run.js'
import { isBuilt } from './sources.js'
import { say } from './words.js'

/** Builds and starts anew whenever a source or a migration changes; a build that fails waits for the next change. */
export async function develop(args) {
  let site = start(args)
  let changed = false
  let told = false
  const watchers = ['src', 'db'].map(folder =>
    watch(at(folder), { recursive: true }, () => {
      changed = true
    }),
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      told = true
    })
  while (!told) {
    await sleep(150)
    if (!changed) continue
    changed = false
    // A test is no source of the site; a site that has fallen over is started by any change.
    if (isBuilt() && site.runs()) continue
    if (!(await builds())) continue
    say('源码有变化，重新启动…')
    await site.stop()
    site = start(args)
  }
  for (const watcher of watchers) watcher.close()
  await site.stop()
  return 0
}

async function builds() {
  try {
    await build()
    return true
  } catch (error) {
    say(error.message)
    return false
  }
}

function start(args) {
  const child = startNode(['--enable-source-maps', 'dist/main.js', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const ended = endOf(child)
  return {
    runs: () => child.exitCode === null && child.signalCode === null,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
