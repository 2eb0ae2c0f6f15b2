import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { getPublicKey, sign } from '@noble/ed25519'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64, toBase64, utf8 } from '#lib/tlog/bytes'
import { keyIdOf, type SignatureLine, type Verifier } from '#lib/tlog/note'
import { sm2KeyFrom } from '#lib/tlog/sm2'
import { readConfig } from '#platform/config'

const seedLength = 32

/**
 * The Ed25519 key of the log, apart from the database: in `LOG_KEY`, which all processes of an installation on several machines
 * share, or in a file of the data folder. Whoever has it can sign in the name of this log; without it the log cannot go on.
 */
export async function logKey(dataDir = readConfig().dataDir): Promise<Uint8Array> {
  const given = process.env.LOG_KEY?.trim()
  if (given) {
    const key = fromBase64(given)
    if (key?.length !== seedLength)
      throw new Error('LOG_KEY 不对：应是 32 个字节的 Base64，可以用 openssl rand -base64 32 生成。')
    return key
  }
  const path = keyPath(dataDir)
  return (await readKey(path)) ?? makeKey(path)
}

/** The public key under a name, where there is a key; nothing is made. */
export async function knownVerifier(name: string, dataDir?: string): Promise<Verifier | null> {
  if (!process.env.LOG_KEY?.trim() && !(await readKey(keyPath(dataDir ?? readConfig().dataDir)))) return null
  return verifierOf(await logKey(dataDir), name)
}

export const verifierOf = (key: Uint8Array, name: string): Verifier => ({
  name,
  algorithm: 'ed25519',
  publicKey: getPublicKey(key),
})

/** The line by which the log signs its head. */
export function signAs(key: Uint8Array, name: string, text: string): SignatureLine {
  return { name, keyId: keyIdOf(verifierOf(key, name)), signature: sign(utf8(text), key) }
}

/** The second key, for SM2, follows from the first and serves for nothing else. */
export const sm2KeyOf = (key: Uint8Array): string => sm2KeyFrom(hmac(sha256, key, utf8('mingtang log sm2')))

const keyPath = (dataDir: string) => join(dataDir, 'keys', 'log.key')

async function readKey(path: string): Promise<Uint8Array | null> {
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (kept === null) return null
  const key = fromBase64(kept.trim())
  if (key?.length !== seedLength)
    throw new Error(`公开日志的密钥文件 ${path} 已损坏。请从备份中恢复它，不要删除。`)
  return key
}

/** Written whole under another name first: a process that starts at the same time finds either no key or all of it. */
async function makeKey(path: string): Promise<Uint8Array> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(draft, `${toBase64(randomBytes(seedLength))}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
  const made = await readKey(path)
  if (!made) throw new Error(`写不了公开日志的密钥文件 ${path}。请检查数据文件夹的权限。`)
  return made
}
