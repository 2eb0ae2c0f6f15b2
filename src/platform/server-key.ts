import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readConfig } from '#platform/config'

const found = new Map<string, Promise<string>>()

/**
 * A key of the installation, kept apart from the database (S-SEC-12): in a variable of the environment, which all processes of an
 * installation on several machines share, or in a file of the data folder that is made when it is first needed.
 * @param name of the file in `keys`; `setting`: of the variable.
 */
export function serverKey(name: string, setting: string): Promise<string> {
  const known = found.get(name)
  if (known) return known
  const key = findKey(name, setting)
  found.set(name, key)
  return key
}

async function findKey(name: string, setting: string): Promise<string> {
  const given = process.env[setting]?.trim()
  if (given) {
    if (given.length < 32)
      throw new Error(`${setting} 太短：至少要32个字符，可以用 openssl rand -base64 32 生成。`)
    return given
  }
  const path = join(readConfig().dataDir, 'keys', `${name}.key`)
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return kept?.trim() || makeKey(path)
}

/** Written whole under another name first: a process that starts at the same time finds either no key or all of it. */
async function makeKey(path: string): Promise<string> {
  const made = randomBytes(32).toString('base64url')
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(draft, `${made}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, path)
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return (await readFile(path, 'utf8')).trim()
  } finally {
    await unlink(draft)
  }
}
