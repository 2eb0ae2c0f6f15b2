import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const server = {
  SMTP_URL: 'smtps://gk:secret@mail.yunxi.example:465',
  MAIL_FROM: '云溪县 <gk@yunxi.example>',
}

describe('the settings of mail', () => {
  it('belong together; without them no mail is sent', () => {
    expect(readConfig({}).mail).toBeNull()
    expect(readConfig(server).mail).toEqual({ smtpUrl: server.SMTP_URL, from: server.MAIL_FROM })
    expect(() => readConfig({ SMTP_URL: server.SMTP_URL })).toThrow('SMTP_URL 和 MAIL_FROM 要一起设置')
    expect(() => readConfig({ MAIL_FROM: 'gk@yunxi.example' })).toThrow('要一起设置')
  })

  it.each(['云溪县', 'gk@yunxi.example, x@y.example', '云溪县 <gk@yunxi.example>\r\nBcc: x@y.example'])(
    'refuse the sender %j',
    from => {
      expect(() => readConfig({ ...server, MAIL_FROM: from })).toThrow('MAIL_FROM')
    },
  )

  it('name the hour of the digest in Beijing time', () => {
    expect(readConfig({}).digestAt).toBe('07:30')
    expect(() => readConfig({ DIGEST_AT: '7点半' })).toThrow('DIGEST_AT')
  })
})
