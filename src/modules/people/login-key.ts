import { createHash } from 'node:crypto'
import { serverKey } from '#platform/server-key'

/** The key that signs session cookies and encrypts the secrets of second factors: `LOGIN_KEY`, or `keys/login.key` (S-SEC-12). */
export const loginKey = (): Promise<string> => serverKey('login', 'LOGIN_KEY')

export const keyDigest = (text: string): string =>
  createHash('sha256').update(`login-key ${text}`).digest('hex').slice(0, 32)
