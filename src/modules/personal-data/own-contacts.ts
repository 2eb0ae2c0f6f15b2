import type { PlainDate } from '#lib/beijing-time'
import { currentProfile } from '#modules/organisations'
import type { Database } from '#platform/db/database'

/** Whoever likes has a mailbox there: the domain says nothing. */
const mailboxProviders =
  /^@(?:(?:vip\.)?(?:163|126|qq|foxmail|sina|sohu|139|189|wo|yeah|aliyun|gmail|outlook|hotmail|icloud)\.)/

/** Phones, e-mail and addresses that the organ publishes of itself: in its texts they are no findings. */
export async function ownContacts(
  db: Database,
  organId: string,
  on: PlainDate,
): Promise<ReadonlySet<string>> {
  const profile = await currentProfile(db, organId, on)
  if (!profile) return new Set()
  const { phone, fax, email, address, opennessOffice, sections } = profile
  const said = [phone, fax, opennessOffice.phone, opennessOffice.fax, JSON.stringify(sections)].join(' ')
  const numbers = [...said.matchAll(/\d[\d -]{5,}\d/g)].flatMap(([number]) => {
    const digits = number.replace(/\D/g, '')
    return [digits, digits.slice(-7), digits.slice(-8)]
  })
  const addresses = [address, opennessOffice.address].map(text => text.replace(/\s/g, ''))
  const emails = [email, opennessOffice.email].map(text => text.toLowerCase())
  const domains = emails
    .map(text => text.slice(text.indexOf('@')))
    .filter(domain => domain.startsWith('@') && !mailboxProviders.test(domain))
  return new Set([...numbers, ...addresses, ...emails, ...domains].filter(text => text !== ''))
}
