import { Refused } from '#lib/errors'
import { type RawForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { type Reply, seeOther } from '#platform/http/reply'
import { submitDraft } from '../actions/submit-draft.ts'
import { noteClosed } from '../presence-queries.ts'
import { deskAddress } from './desk-address.ts'

/** Where the button that saved a draft leads. What cannot go to review yet is saved all the same, and says what is missing. */
export async function afterSaving(
  ctx: DeskContext,
  saved: { id: string; publicId: string; revision: number },
  raw: RawForm,
): Promise<Reply> {
  const address = deskAddress(saved)
  const next = textOf(raw, 'next')
  if (next === 'continue') return seeOther(`${address}/edit?done=saved`)
  await noteClosed(ctx.db, saved.id, ctx.actor.id)
  if (next !== 'submit') return seeOther(`${address}?done=saved`)
  try {
    await submitDraft(ctx, { publicationId: saved.id, revision: saved.revision })
    return seeOther(`${address}?done=submitted`)
  } catch (error) {
    if (error instanceof Refused && error.code === 'publications.incomplete')
      return seeOther(`${address}/edit?done=incomplete`)
    throw error
  }
}
