/**
 * An address of an older site in the one form in which it is kept and looked up: path and query without scheme and host, escapes
 * read, the name of an index page left out. Null when it is none.
 */
export function formerAddress(address: string): string | null {
  if (!URL.canParse(address, 'http://old.invalid') || address.length > longest) return null
  const { protocol, pathname, search } = new URL(address, 'http://old.invalid')
  if (!/^https?:$/.test(protocol)) return null
  const path = readable(pathname).replace(indexPage, '/')
  const query = readable(search.replaceAll('+', ' '))
  const known = path + query
  return known === '/' || known.includes('\0') ? null : known
}

/** Ways in which a reader may ask for what was kept: as it is, or with a query that did not matter. */
export function waysToAsk(address: string): string[] {
  const whole = formerAddress(address)
  if (whole === null) return []
  const bare = formerAddress(address.replace(/\?.*$/s, ''))
  return bare === null || bare === whole ? [whole] : [whole, bare]
}

const longest = 2000
const indexPage = /\/(?:index|default)\.(?:s?html?|jspx?|aspx?|php|do)$/i

/** As written in an address bar; escapes of another encoding stay escapes, in capitals. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/%[0-9a-f]{2}/gi, code => code.toUpperCase())
  }
}
