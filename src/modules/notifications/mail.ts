/** A mail as it waits to be sent. */
export interface Mail {
  id: string
  staffId: string
  messageId: string
  subject: string
  bodyText: string
  bodyHtml: string
  tries: number
}

/** Minutes from one try to the next; after the last one it is given up and shown to the system administrator. */
const waits = [1, 5, 15, 60, 180, 360, 720]

/** When a mail that was not taken is tried again, or null: never. */
export function nextTry(tries: number, now: Date): Date | null {
  const minutes = waits[tries - 1]
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
}

/** Made from the id of the mail and written down with it: the same on every try, whatever the settings are by then. */
export const messageIdOf = (mailId: string, domain: string): string => `<${mailId}@${domain}>`
