import type { PlainDate } from '#lib/beijing-time'

/** A word to members of staff, as whoever has something to tell hands it over. */
export interface NewNotification {
  /** Ids of those who are told. */
  to: readonly string[]
  /** Names the matter, with what makes it a new one: each is told of it once. `catalogue.changed:2026-11-23` */
  subjectKey: string
  title: string
  sentence: string
  /** Path on the desk where something can be done about it. */
  address: string
  about?: { kind: string; id: string } | undefined
  /** Of a reminder: the due day it speaks of. */
  dueOn?: PlainDate | undefined
  /** Goes out at once, also to those who read their mail in the morning. */
  urgent?: boolean | undefined
}

/** One line without control characters: titles become subjects of mails, where a line break would begin another header. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** How a person wants mail. */
export const mailChoices = {
  digest: '每天早上一封汇总，紧急的立即发',
  'at-once': '每条都立即发',
  off: '不发邮件，只在工作台看',
} as const
export type MailChoice = keyof typeof mailChoices
export const usualMailChoice: MailChoice = 'digest'
