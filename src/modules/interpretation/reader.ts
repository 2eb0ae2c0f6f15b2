import { createHmac, randomBytes } from 'node:crypto'
import type { PlainDate } from '#lib/beijing-time'
import { tooMany } from '#lib/errors'
import type { Database } from '#platform/db/database'

/** So many things one address may rate or vote for in a day: an office shares one, a machine has no need of more. */
const mostADay = 40

/** What counts as one reader: an IPv4 address, or the network of an IPv6 one, of which a household has billions. */
export function readerAddress(ip: string): string {
  const address = ip.replace(/^::ffff:/i, '')
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map(part => part.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}

export interface Said {
  grade: number | null
  wordsId: string | null
}

/**
 * Notes that somebody at this address speaks about something today. Nothing of it outlives the day: the salt of the hash is thrown
 * away with it.
 * @returns what the same reader said about it earlier today, locked; null when this is the first time.
 * @throws tooMany when the address has spoken of too many things today.
 */
export async function noteReader(
  db: Database,
  today: PlainDate,
  ip: string,
  about: string,
): Promise<{ reader: Buffer; before: Said | null }> {
  await forgetReaders(db, today)
  await db
    .insertInto('ratingSalts')
    .values({ day: today, salt: randomBytes(32) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { salt } = await db
    .selectFrom('ratingSalts')
    .select('salt')
    .where('day', '=', today)
    .executeTakeFirstOrThrow()
  const reader = createHmac('sha256', salt).update(readerAddress(ip)).digest()
  const made = await db
    .insertInto('ratingReaders')
    .values({ day: today, reader, about })
    .onConflict(conflict => conflict.doNothing())
    .returning('about')
    .executeTakeFirst()
  if (!made) {
    const before = await db
      .selectFrom('ratingReaders')
      .select(['grade', 'wordsId'])
      .where('day', '=', today)
      .where('reader', '=', reader)
      .where('about', '=', about)
      .forUpdate()
      .executeTakeFirstOrThrow()
    return { reader, before }
  }
  const { count } = await db
    .selectFrom('ratingReaders')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('day', '=', today)
    .where('reader', '=', reader)
    .executeTakeFirstOrThrow()
  if (Number(count) > mostADay)
    throw tooMany('interpretation.too-many-ratings', '您所在的网络今天评价得太多了，请明天再来。')
  return { reader, before: null }
}

/** Everything about readers of earlier days. */
export async function forgetReaders(db: Database, today: PlainDate): Promise<void> {
  await db.deleteFrom('ratingReaders').where('day', '<', today).execute()
  await db.deleteFrom('ratingSalts').where('day', '<', today).execute()
}
