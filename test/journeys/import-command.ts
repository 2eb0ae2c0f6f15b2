import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '#platform/root'

export interface ImportAnswer {
  code: number | null
  documents: {
    file: string
    title: string | null
    docNo: string | null
    result: string
    address: string | null
  }[]
  faults: { file: string; why: string }[]
  skipped: { file: string; why: string }[]
}

/**
 * `mingtang import PATH… --publish-as-archive --json` as a process of its own. `killAt`: kill -9 once this share of its files is
 * done, if it gets there while it works; its answer then is null.
 */
export function importCommand(
  paths: readonly string[],
  env: { DATABASE_URL: string; DATA_DIR: string },
  options: { killAt?: number } = {},
): Promise<ImportAnswer | null> {
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'main.js'), 'command', 'import', ...paths, '--publish-as-archive', '--json'],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', piece => {
    out += piece
  })
  createInterface({ input: child.stderr }).on('line', line => {
    said = `${said}${line}\n`.slice(-3000)
    const [, done, total] = /(\d+)\/(\d+)/.exec(line) ?? []
    if (options.killAt !== undefined && Number(done) >= Number(total) * options.killAt) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(null)
      else if (out === '') reject(new Error(`import said nothing (${code}):\n${said}`))
      else resolve({ code, skipped: [], ...JSON.parse(out) })
    })
  })
}
