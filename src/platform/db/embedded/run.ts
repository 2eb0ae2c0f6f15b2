import { spawn } from 'node:child_process'
import type { OsUser } from './operating-system-user.ts'

/** Runs one of PostgreSQL's programs to its end as the given user. */
export function run(program: string, args: string[], user: OsUser | undefined) {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(program, args, {
      ...user,
      env: cleanEnvironment(),
      // The user may not be allowed into our own working directory (root's home).
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
    child.on('error', reject)
    // "exit", not "close": on Windows a started server may keep the pipes open.
    child.on('exit', code => setImmediate(() => resolve({ code, output: output.trim() })))
  })
}

/** PGDATA, PGPORT and their like in the operator's shell would lead the programs astray; messages come in English. */
function cleanEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(own), LC_ALL: 'C' }
}
