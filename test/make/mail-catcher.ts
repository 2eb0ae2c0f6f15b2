import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A real mail server on this machine that keeps what it is handed. */
export interface MailCatcher {
  /** For SMTP_URL. */
  url: string
  mails: ParsedMail[]
  /** Who was named to the server as recipient, whatever the mail says. */
  recipients: string[]
  stop(): Promise<void>
}

/**
 * @param answer what the server says to a recipient: an error text with its number, or nothing to take the mail.
 * @param taken a mail is kept, and its sender does not know so yet
 */
export async function catchMail(
  answer: (address: string) => { code: number; words: string } | undefined = () => undefined,
  taken: (count: number) => void = () => {},
): Promise<MailCatcher> {
  const mails: ParsedMail[] = []
  const recipients: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const refused = answer(address)
      if (!refused) return done()
      done(Object.assign(new Error(refused.words), { responseCode: refused.code }))
    },
    onData(stream, session, done) {
      simpleParser(stream).then(mail => {
        mails.push(mail)
        recipients.push(...session.envelope.rcptTo.map(to => to.address))
        taken(mails.length)
        done()
      }, done)
    },
  })
  // A client that was killed breaks its connection
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    recipients,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}
