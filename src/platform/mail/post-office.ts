import { createTransport } from 'nodemailer'

/** A letter as it goes out; the Message-ID was fixed when it was written and is the same on every try. */
export interface Letter {
  messageId: string
  to: string
  subject: string
  text: string
  html: string
}

/** The mail server as we use it. */
export interface PostOffice {
  /** Host part of the sender's address, for Message-IDs. */
  readonly domain: string
  /** @throws Undelivered when the server did not take the letter. */
  send(letter: Letter): Promise<void>
  close(): void
}

/** Why a letter was not taken, and what to make of it. */
export class Undelivered extends Error {
  /**
   * `server`: it could not be reached, or does not let us in: every other letter would fare the same.
   * `later`: not now. `never`: this letter, or this recipient, was refused for good.
   */
  readonly how: 'server' | 'later' | 'never'

  constructor(how: Undelivered['how'], said: string) {
    super(said)
    this.name = 'Undelivered'
    this.how = how
  }
}

/** Opens no connection before the first letter; closes it again when there is nothing to send for a while. */
export function openPostOffice(settings: { smtpUrl: string; from: string }): PostOffice {
  const server = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 1,
    // A letter is handed over once: whether it is tried again, and when, is not for the pool to say
    maxRequeues: 0,
    idleTimeout: 5_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  // A connection that breaks while idle is opened anew
  server.on('error', () => {})
  const address = /<([^>]+)>/.exec(settings.from)?.[1] ?? settings.from
  return {
    domain: address.slice(address.lastIndexOf('@') + 1),
    async send({ to, ...letter }) {
      try {
        await server.sendMail({
          ...letter,
          from: settings.from,
          // As parts: nothing in the address can become a second recipient
          to: { name: '', address: to },
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        throw undelivered(error)
      }
    },
    close: () => server.close(),
  }
}

function undelivered(error: unknown): Undelivered {
  const { code, command, responseCode, response, message } = error as {
    code?: string
    command?: string
    responseCode?: number
    response?: string
    message: string
  }
  const said = (response ?? message).slice(0, 500)
  // A sender that is refused, or a server that closes, refuses every letter
  const isOfLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isOfLetter || command === 'MAIL FROM' || responseCode === 421) return new Undelivered('server', said)
  return new Undelivered(responseCode !== undefined && responseCode < 500 ? 'later' : 'never', said)
}
