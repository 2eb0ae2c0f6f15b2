import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Not in the project: as root a database runs as another user, who may not enter a closed folder.
const home = join(tmpdir(), `mingtang-tests-${process.getuid?.() ?? 'user'}`)

/** An empty folder, named after this process, so that what a run killed hard leaves behind is cleared by the next one. */
export async function makeTestFolder(): Promise<string> {
  await mkdir(home, { recursive: true })
  await clearKilledRuns()
  const folder = await mkdtemp(join(home, `${process.pid}-`))
  for (const enterable of [home, folder]) await chmod(enterable, 0o711)
  return folder
}

/** A PostgreSQL left running in there ends by itself within a minute, once it finds its folder gone. */
async function clearKilledRuns() {
  for (const name of await readdir(home))
    if (!isAlive(Number.parseInt(name, 10))) await rm(join(home, name), { recursive: true, force: true })
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
