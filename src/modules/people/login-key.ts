import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readConfig } from '#platform/config'

/**
 * The key that signs session cookies and encrypts the secrets of second factors. It is kept apart from the database
 * (S-SEC-12): in `LOGIN_KEY`, which all processes of an installation on several machines share, or in a file of the data folder.
 */
let key: Promise<string> | undefined

export function loginKey(): Promise<string> {
  key ??= findKey()
  return key
}

export const keyDigest = (text: string): string =>
  createHash('sha256').update(`login-key ${text}`).digest('hex').slice(0, 32)

async function findKey(): Promise<string> {
  const given = process.env.LOGIN_KEY?.trim()
  if (given) {
    if (given.length < 32)
      throw new Error('LOGIN_KEY 太短：至少要32个字符，可以用 openssl rand -base64 32 生成。')
    return given
  }
  const path = join(readConfig().dataDir, 'keys', 'login.key')
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
