import type { Database } from '#platform/db/database'
import { filingsOf, registrationsOf } from './registration-queries.ts'

/** What the register says of a publication, beside it on its page; former numbers too. */
export async function registrationAround(
  db: Database,
  publicationId: string,
): Promise<{ title: string; address: string }[]> {
  const registrations = await registrationsOf(db, publicationId)
  const [latest] = registrations
  if (!latest) return []
  const [filing] = await filingsOf(db, publicationId)
  return registrations.map((one, index) => ({
    title:
      index === 0
        ? `统一编号 ${one.number}${filing ? `，${filing.filedOn} 报${filing.filedTo}备案` : ''}`
        : `原编号 ${one.number}`,
    address: `/normative?q=${encodeURIComponent(latest.number)}`,
  }))
}
