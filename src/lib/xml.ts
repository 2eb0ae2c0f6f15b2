/** A piece of XML that is already written: it is not escaped again. */
export interface Xml {
  readonly xml: string
}

/** An element; what is null is left out, text is escaped. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | null>> = {},
  ...content: readonly (Xml | string | null)[]
): Xml {
  const given = Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== null)
    .map(([key, value]) => ` ${key}="${xmlText(value)}"`)
  const inner = content.map(part =>
    part === null ? '' : typeof part === 'string' ? xmlText(part) : part.xml,
  )
  return { xml: `<${name}${given.join('')}${inner.length > 0 ? `>${inner.join('')}</${name}>` : '/>'}` }
}

export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`

/** What XML 1.0 can hold at all (§2.2): a title with a stray control sign must not make the whole document unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(impossible, '')
    .replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
