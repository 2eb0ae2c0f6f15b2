import { z } from 'zod'
import { conflict, invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { type Actor, actorId, actorName } from '#platform/actor'
import type { Clock } from '#platform/clock'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayRegister } from '../policy.ts'
import { noteSerial, type Registration, registrationsOf, takeSerial } from '../registration-queries.ts'
import { codeOf, serialIn, writeNumber } from '../settings.ts'
import { governmentOf, settingsFor } from '../settings-queries.ts'
import { registerTag } from '../tags.ts'
import { documentNamed } from './document-named.ts'

export interface Allocation {
  publicationId: string
  /** The organ that makes the document; the number is out of the serial of its government. */
  organId: string
  year: number
  /** Continues a document under a further number (R-NOR-11). */
  renews?: Registration
}

/**
 * 统一登记编号 (R-NOR-10): the next number of the government's year, within the caller's transaction, who has asked whether he may.
 * A document that has a number keeps it.
 */
export async function allocateRegistrationNumber(
  db: Database,
  ctx: { actor: Actor; clock: Clock },
  { publicationId, organId, year, renews }: Allocation,
): Promise<{ registrationId: string; number: string }> {
  const document = await documentNamed({ db, clock: ctx.clock }, { id: publicationId })
  const government = await governmentOf(db, organId)
  const settings = await settingsFor(db, government.id)
  const code = codeOf(settings, government)
  // Taken first: whoever registers the same document at the same time waits here
  const serial = await takeSerial(db, government.id, year)
  const known = (await registrationsOf(db, publicationId)).find(one => one.renewsId === (renews?.id ?? null))
  if (known) {
    await giveBack(db, government.id, year, serial)
    return { registrationId: known.id, number: known.number }
  }
  const number = writeNumber(settings.numberPattern, { code, year, serial })
  const id = uuidv7(ctx.clock.now().getTime())
  await db
    .insertInto('normativeRegistrations')
    .values({
      id,
      publicationId,
      siteId: document.siteId,
      organId,
      governmentId: government.id,
      year,
      serial,
      number,
      renewsId: renews?.id ?? null,
      registeredAt: ctx.clock.now(),
      registeredBy: actorName(ctx.actor),
      registeredById: actorId(ctx.actor),
    })
    .execute()
  await recordAct(db, ctx, {
    act: 'normative.registered',
    sentence: `《${document.title}》登记编号 ${number}`,
    object: { kind: 'publication', id: publicationId, label: document.title },
  })
  await announceChange(db, [registerTag(document.siteId)])
  return { registrationId: id, number }
}

/** Nobody can have taken a further one: the counter is held until the transaction ends. */
const giveBack = (db: Database, governmentId: string, year: number, serial: number) =>
  db
    .updateTable('normativeSerials')
    .set({ last: serial - 1 })
    .where('governmentId', '=', governmentId)
    .where('year', '=', year)
    .execute()

export const registerInput = z.object({
  publicationId: z.uuid(),
  /** A number that the document already has, given before this register. */
  number: z.string().normalize().trim().max(60, '编号最多 60 字。').default(''),
})

/** The office registers a document: with the next number, or with the one it has had. @returns the number. */
export async function registerDocument(ctx: Context, input: z.output<typeof registerInput>): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const document = await documentNamed({ ...ctx, db }, { id: input.publicationId })
    const { publicationId, organId } = document
    const government = await governmentOf(db, organId)
    permit(
      mayRegister(ctx.actor, government.id),
      'normative.may-not-register',
      '统一登记、编号由政府办公室（政务公开办）办理。',
    )
    if (document.kind !== 'normative-document')
      throw invalid('normative.not-normative', '只有种类是“行政规范性文件”的才登记编号。')
    if (input.number === '') {
      const year = Number((document.signedOn ?? ctx.clock.today()).slice(0, 4))
      if (year !== Number(ctx.clock.today().slice(0, 4)))
        throw invalid(
          'normative.former-year',
          `这份文件是 ${year} 年的：请填写它原来的编号，或者用补登的编号；不占今年的顺序号。`,
        )
      return (await allocateRegistrationNumber(db, ctx, { publicationId, organId, year })).number
    }
    const settings = await settingsFor(db, government.id)
    const year = Number(/(?:19|20)\d{2}/.exec(input.number)?.[0] ?? document.signedOn?.slice(0, 4) ?? 0)
    if (!year) throw invalid('normative.no-year', '编号里没有年份，文件也没有成文日期：请先补上成文日期。')
    const [has] = await registrationsOf(db, publicationId)
    if (has) throw conflict('normative.registered', `这份文件已经登记为 ${has.number}。`)
    const serial = serialIn(input.number, settings.numberPattern, {
      code: codeOf(settings, government),
      year,
    })
    if (serial !== null) await noteSerial(db, government.id, year, serial)
    const made = await db
      .insertInto('normativeRegistrations')
      .values({
        id: uuidv7(ctx.clock.now().getTime()),
        publicationId,
        siteId: document.siteId,
        organId,
        governmentId: government.id,
        year,
        serial,
        number: input.number,
        registeredAt: ctx.clock.now(),
        registeredBy: actorName(ctx.actor),
        registeredById: actorId(ctx.actor),
      })
      .onConflict(on => on.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw conflict('normative.number-taken', `编号 ${input.number} 已经给了别的文件，请核对。`)
    await recordAct(db, ctx, {
      act: 'normative.registered',
      sentence: `补登《${document.title}》原有的编号 ${input.number}`,
      object: { kind: 'publication', id: publicationId, label: document.title },
    })
    await announceChange(db, [registerTag(document.siteId)])
    return input.number
  })
}
