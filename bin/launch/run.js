import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter } from 'node:path'
import { nodeProgram } from './node-version.js'
import { at, root } from './place.js'

/** Runs a script of ours to its end and gives its exit code; signals meant for us reach it. */
export async function runNode(args, options = {}) {
  const child = startNode(args, options)
  const letGo = passSignals(child)
  const code = await endOf(child)
  letGo()
  return code
}

/** The project's programs come first on the path, so whatever a script starts runs on the same Node. */
export function startNode(args, { env, ...options } = {}) {
  return spawn(nodeProgram(), args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, PATH: `${at('node_modules', '.bin')}${delimiter}${process.env.PATH}`, ...env },
  })
}

export function endOf(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

/** Ctrl-C in a terminal reaches the child by itself; a signal sent to the launcher alone is handed on. */
export function passSignals(child, change = signal => signal) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => [
    signal,
    () => {
      const passed = change(signal)
      if (passed !== 'SIGINT' || !process.stdin.isTTY) child.kill(passed)
    },
  ])
  for (const [signal, handler] of handlers) process.on(signal, handler)
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}
