const idNumber = /(?<![0-9A-Za-z])(\d{6})\d{11}([0-9Xx])(?![0-9A-Za-z])/g
const phone = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g
const mail = /[\w.+-]+@([\w-]+\.)+[A-Za-z]{2,}/g

/**
 * Last guard of the trail: what looks like an identity number, a mobile phone or a mail address is masked (S-PII-04).
 * Eighteen figures that are no identity number are masked too: in an audit entry that loses nothing.
 */
export function withoutPersonalData(text: string): string {
  return text
    .replace(idNumber, (_, first: string, last: string) => `${first}***********${last}`)
    .replace(phone, '$1****$2')
    .replace(mail, found => `${found[0]}***@${found.slice(found.lastIndexOf('@') + 1)}`)
}

/** The same for everything in a structure, as it will stand in JSON. */
export function detailsWithoutPersonalData(details: object): unknown {
  return JSON.parse(JSON.stringify(details), (_, value: unknown) => {
    if (typeof value === 'string') return withoutPersonalData(value)
    if (typeof value !== 'number') return value
    const masked = withoutPersonalData(String(value))
    return masked === String(value) ? value : masked
  })
}
