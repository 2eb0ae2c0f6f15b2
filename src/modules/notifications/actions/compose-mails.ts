import { fromBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { listStillOpen } from '#modules/duties'
import { type Recipient, recipientsByIds } from '#modules/people'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { writeLetter } from '../letter.tsx'
import { messageIdOf } from '../mail.ts'
import {
  insertMail,
  listToMail,
  type MailRound,
  settle,
  takeUnmailed,
  type Unmailed,
} from '../mail-queries.ts'
import { dayWrittenAt } from '../reminder-queries.ts'

/** What mails need to know of this installation. */
export interface MailSettings {
  /** Host part of the sender's address. */
  domain: string
  deskUrl: string
  /** `07:30`, Beijing time. */
  digestAt: string
}

const pageSize = 200

/**
 * Writes mails: at once what is urgent or wanted so, one for each person; and once a day, when its hour has come and the
 * reminders of the day are there, the digest. Mail and what it tells are noted together. @returns how many were written.
 */
export async function composeMails(ctx: Context, settings: MailSettings): Promise<number> {
  const now = ctx.clock.now()
  const digest = await digestRound(ctx, settings)
  let written = 0
  for (const round of [{ kind: 'at-once' as const, now }, ...digest]) {
    let after: string | null = null
    for (;;) {
      const staffIds: string[] = await listToMail(ctx.db, round, after, pageSize)
      written += await inTransaction(ctx.db, db => compose(db, ctx, settings, round, staffIds))
      after = staffIds.at(-1) ?? null
      if (staffIds.length < pageSize) break
    }
  }
  return written
}

/** What came after its hour waits for tomorrow's; reminders that were late themselves do not. */
async function digestRound(ctx: Context, { digestAt }: MailSettings): Promise<MailRound[]> {
  const now = ctx.clock.now()
  const day = ctx.clock.today()
  const hour = fromBeijing(`${day} ${digestAt}`)
  if (!hour || now < hour) return []
  const written = await dayWrittenAt(ctx.db, day)
  return written ? [{ kind: 'digest', now, day, madeBy: written > hour ? written : hour }] : []
}

async function compose(
  db: Database,
  ctx: Context,
  settings: MailSettings,
  round: MailRound,
  staffIds: readonly string[],
): Promise<number> {
  const people = await recipientsByIds(db, staffIds)
  const reachable = [...people.values()].filter(person => person.mailAddress !== null)
  if (reachable.length === 0) return 0
  const waiting = await withoutSettled(
    db,
    ctx,
    await takeUnmailed(
      db,
      round,
      reachable.map(person => person.id),
    ),
  )
  const byPerson = Map.groupBy(waiting, one => one.staffId)
  let written = 0
  for (const person of reachable) {
    const items = byPerson.get(person.id) ?? []
    if (items.length > 0 && (await writeMail(db, ctx, settings, round, person, items))) written++
  }
  return written
}

async function writeMail(
  db: Database,
  ctx: Context,
  { domain, deskUrl }: MailSettings,
  round: MailRound,
  person: Recipient,
  items: readonly Unmailed[],
): Promise<boolean> {
  const now = ctx.clock.now()
  const id = uuidv7(now.getTime())
  const { kind } = round
  const mail = {
    id,
    staffId: person.id,
    organId: person.organId,
    messageId: messageIdOf(id, domain),
    kind,
    day: kind === 'digest' ? round.day : null,
    items: items.length,
    madeAt: now,
    ...writeLetter({ kind, name: person.name, items, on: ctx.clock.today(), deskUrl }),
  }
  return insertMail(
    db,
    mail,
    items.map(item => item.id),
  )
}

/** A duty that has been met or moved since is not told any more: the word is put away. */
async function withoutSettled(db: Database, ctx: Context, all: readonly Unmailed[]): Promise<Unmailed[]> {
  const dutyIds = all.flatMap(one => (one.aboutKind === 'duty' && one.aboutId !== null ? [one.aboutId] : []))
  const open = await listStillOpen(db, dutyIds)
  const stands = (one: Unmailed) => {
    if (one.aboutKind !== 'duty' || one.aboutId === null) return true
    const duty = open.get(one.aboutId)
    return duty !== undefined && (one.dueOn === null || one.dueOn === duty.dueOn)
  }
  await settle(
    db,
    all.filter(one => !stands(one)).map(one => one.id),
    ctx.clock.now(),
  )
  return all.filter(stands)
}
