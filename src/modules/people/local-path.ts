/** A path on this desk out of an address or a form; anything that could lead elsewhere is null. */
export function localPath(text: string | undefined): string | null {
  if (text === undefined || text.length > 2000 || !/^\/(?![/\\])[!-~]*$/.test(text)) return null
  const address = new URL(text, 'http://desk.invalid')
  return address.host === 'desk.invalid' ? address.pathname + address.search : null
}

/** The path with one more thing asked for. */
export function withQuery(path: string, name: string, value: string): string {
  const address = new URL(path, 'http://desk.invalid')
  address.searchParams.set(name, value)
  return address.pathname + address.search
}
