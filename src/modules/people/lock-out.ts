/**
 * S-SEC-02: five failures lock an account for a quarter of an hour, and each lock that follows lasts twice as long, up to a
 * day. An address gets more, because a whole building may share one. A success or a quiet day starts anew.
 */
export const lockOut = {
  name: { failures: 5, forgottenAfter: 24 * 60 },
  address: { failures: 30, forgottenAfter: 15 },
} as const
export type LockOutKind = keyof typeof lockOut

/** Minutes of the first lock and of the longest. */
export const firstLock = 15
export const longestLock = 24 * 60

/** Counts by name whether or not such an account exists: what is locked tells nothing. */
export const nameSubject = (username: string): string => `name:${username.trim().toLowerCase().slice(0, 64)}`

/** An IPv6 address counts by its /64, which is what one customer has (S-IP6-02). */
export function addressSubject(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!address.includes(':')) return `address:${address}`
  const [head = '', tail = ''] = address.toLowerCase().split('::')
  const before = head.split(':').filter(part => part !== '')
  const after = tail.split(':').filter(part => part !== '')
  const missing = Math.max(0, 8 - before.length - after.length)
  const groups = address.includes('::') ? [...before, ...Array<string>(missing).fill('0'), ...after] : before
  return `address:${groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
