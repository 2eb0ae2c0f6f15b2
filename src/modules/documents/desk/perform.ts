import type { z } from 'zod'
import { conflict } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { pointsIn, type Review, reviewKinds } from '#modules/normative'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { addMaterial, materialInput, prepareDocument, prepareInput } from '../actions/prepare-document.ts'
import {
  agree,
  clearSecrecy,
  confirmInput,
  confirmOpenness,
  discardDocument,
  giveSecrecy,
  holdDocument,
  opinionInput,
  recallDocument,
  returnDocument,
  returnInput,
  sayFollows,
  secrecyInput,
  submitDocument,
} from '../actions/review-document.ts'
import { closeReviews, giveLegality, legalityInput } from '../actions/review-legality.ts'
import {
  coSign,
  publishDocument,
  reassess,
  reassessInput,
  signAndPublish,
  signDocument,
  signInput,
} from '../actions/sign-document.ts'
import type { DocumentAct } from '../acts.ts'
import { keepFile } from '../kept-file.ts'
import type { Seen } from '../take-step.ts'

type Do = (
  ctx: DeskContext,
  seen: Seen,
  incoming: Incoming,
  storage: FileStorage,
) => Promise<FormErrors | null>

/** An act with its form: what the form lacks is told field by field. */
const withForm =
  <Schema extends z.ZodType>(
    schema: Schema,
    run: (
      ctx: DeskContext,
      seen: Seen,
      input: z.output<Schema>,
      incoming: Incoming,
      storage: FileStorage,
    ) => Promise<unknown>,
  ): Do =>
  async (ctx, seen, incoming, storage) => {
    const read = readForm(schema, incoming.form)
    if (!read.ok) return read.errors
    await run(ctx, seen, read.value, incoming, storage)
    return null
  }

const plain =
  (run: (ctx: DeskContext, seen: Seen) => Promise<unknown>): Do =>
  async (ctx, seen) => {
    await run(ctx, seen)
    return null
  }

/** The page says which checklist it showed. */
const kindOfReview = (form: RawForm): Review['kind'] => {
  const kind = textOf(form, 'reviewKind')
  return Object.hasOwn(reviewKinds, kind) ? (kind as Review['kind']) : 'legality'
}

const doing: Record<DocumentAct, Do> = {
  prepare: withForm(prepareInput, prepareDocument),
  'add-material': withForm(materialInput, async (ctx, seen, input, { uploads }, storage) => {
    const upload = uploads.find(one => one.size > 0)
    await addMaterial(ctx, seen, input, upload ? await keepFile(storage, upload) : null)
  }),
  submit: plain(submitDocument),
  recall: plain(recallDocument),
  discard: withForm(opinionInput, discardDocument),
  'agree-first': withForm(opinionInput, (ctx, seen, input) => agree(ctx, 'agree-first', seen, input)),
  approve: withForm(opinionInput, (ctx, seen, input) => agree(ctx, 'approve', seen, input)),
  'close-opinions': withForm(opinionInput, (ctx, seen, input) => agree(ctx, 'close-opinions', seen, input)),
  'give-legality': async (ctx, seen, { form }) => {
    const { points: _, ...typed } = form
    const read = readForm(legalityInput, typed)
    if (!read.ok) return read.errors
    await giveLegality(ctx, seen, { ...read.value, points: pointsIn(kindOfReview(form), form) })
    return null
  },
  'close-reviews': plain(closeReviews),
  'clear-secrecy': withForm(secrecyInput, clearSecrecy),
  hold: withForm(opinionInput, holdDocument),
  'confirm-openness': withForm(confirmInput, confirmOpenness),
  check: withForm(opinionInput, (ctx, seen, input) => agree(ctx, 'check', seen, input)),
  return: withForm(returnInput, returnDocument),
  'co-sign': withForm(opinionInput, coSign),
  sign: withForm(signInput, (ctx, seen, input, { form }) =>
    textOf(form, 'andPublish') === 'yes' ? signAndPublish(ctx, seen, input) : signDocument(ctx, seen, input),
  ),
  'say-follows': withForm(opinionInput, sayFollows),
  'give-secrecy': withForm(secrecyInput, giveSecrecy),
  publish: plain(publishDocument),
  reassess: withForm(reassessInput, reassess),
}

/** Does the act of this name with what its form says. @returns what the form lacks; null when it is done. */
export function perform(
  ctx: DeskContext,
  act: string,
  seen: Seen,
  incoming: Incoming,
  storage: FileStorage,
): Promise<FormErrors | null> {
  if (!Object.hasOwn(doing, act)) throw conflict('documents.unknown-act', '没有这个操作。请刷新页面后再试。')
  return doing[act as DocumentAct](ctx, seen, incoming, storage)
}
