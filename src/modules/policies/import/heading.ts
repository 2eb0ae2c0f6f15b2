/** A document that prints no title still needs a heading on its page; it says that it is none. */
export function headingOf(title: string | null, bodyText: string): string {
  if (title !== null) return title
  const opening = bodyText.replace(/\s+/g, '').slice(0, 24)
  return opening === '' ? '（原件未印标题）' : `（原件未印标题）${opening}…`
}
