import type { z } from 'zod'
import { conflict } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import {
  archive,
  decide,
  decideInput,
  noteInput,
  returnInput,
  returnReply,
  serve,
  serveInput,
  sign,
  signInput,
  submitReply,
} from '../actions/answer-request.ts'
import {
  askCorrection,
  askReasons,
  correctionInput,
  lapseCorrection,
  reasonsInput,
  receiveCorrection,
  receiveReasons,
  repliedInput,
  withdraw,
  withdrawInput,
} from '../actions/ask-applicant.ts'
import {
  feeInput,
  lapsePayment,
  notifyFee,
  paymentInput,
  recordPayment,
  revive,
  reviveInput,
} from '../actions/charge-fee.ts'
import {
  consult,
  consultInput,
  deliveryInput,
  endConsultation,
  opinionInput,
  recordDelivery,
} from '../actions/consult-others.ts'
import {
  askExtension,
  askExtensionInput,
  grantExtension,
  grantInput,
  refuseExtension,
  refuseExtensionInput,
} from '../actions/extend-period.ts'
import { endOutcome, outcomeInput, outcomeResultInput, recordOutcome } from '../actions/record-outcome.ts'
import {
  assign,
  assignInput,
  confirmInput,
  confirmReceipt,
  contactInput,
  noteContact,
  renewCode,
  renewInput,
} from '../actions/take-in-request.ts'
import {
  answerTask,
  answerTaskInput,
  cancelTask,
  cancelTaskInput,
  giveTask,
  recordSearch,
  searchInput,
  split,
  splitInput,
  taskInput,
} from '../actions/work-on-items.ts'
import type { Act } from '../acts.ts'
import type { Once } from '../on-request.ts'

/** What came of a form: what it lacks, or done; a code that is told this once goes along. */
export interface Performed {
  errors?: FormErrors
  code?: string
}
type Do = (ctx: DeskContext, id: string, form: RawForm, once: Once) => Promise<Performed>

/** An act with its form: what the form lacks is told field by field. */
const withForm =
  <Schema extends z.ZodType>(
    schema: Schema,
    run: (ctx: DeskContext, id: string, input: z.output<Schema>, once: Once) => Promise<unknown>,
  ): Do =>
  async (ctx, id, form, once) => {
    const read = readForm(schema, form)
    if (!read.ok) return { errors: read.errors }
    await run(ctx, id, read.value, once)
    return {}
  }

const plain =
  (run: (ctx: DeskContext, id: string, once: Once) => Promise<unknown>): Do =>
  async (ctx, id, _, once) => {
    await run(ctx, id, once)
    return {}
  }

/** Every act of the desk; what the applicant alone does stands on the public site. */
const doing: Record<Exclude<Act, 'take-back'>, Do> = {
  'confirm-receipt': withForm(confirmInput, confirmReceipt),
  'note-contact': withForm(contactInput, noteContact),
  assign: withForm(assignInput, assign),
  'ask-correction': withForm(correctionInput, askCorrection),
  'receive-correction': withForm(repliedInput, (ctx, id, input, once) =>
    receiveCorrection(ctx, id, 'desk', input, once),
  ),
  'lapse-correction': plain(lapseCorrection),
  'ask-reasons': withForm(reasonsInput, askReasons),
  'receive-reasons': withForm(repliedInput, (ctx, id, input, once) =>
    receiveReasons(ctx, id, 'desk', input, once),
  ),
  'notify-fee': withForm(feeInput, notifyFee),
  'record-payment': withForm(paymentInput, recordPayment),
  'lapse-payment': plain(lapsePayment),
  revive: withForm(reviveInput, revive),
  consult: withForm(consultInput, consult),
  'record-delivery': withForm(deliveryInput, recordDelivery),
  'end-consultation': withForm(opinionInput, endConsultation),
  split: withForm(splitInput, split),
  'give-task': withForm(taskInput, giveTask),
  'answer-task': withForm(answerTaskInput, answerTask),
  'cancel-task': withForm(cancelTaskInput, cancelTask),
  'record-search': withForm(searchInput, recordSearch),
  'ask-extension': withForm(askExtensionInput, askExtension),
  'grant-extension': withForm(grantInput, grantExtension),
  'refuse-extension': withForm(refuseExtensionInput, refuseExtension),
  decide: withForm(decideInput, decide),
  'submit-reply': withForm(noteInput, submitReply),
  'return-reply': withForm(returnInput, returnReply),
  sign: withForm(signInput, sign),
  serve: withForm(serveInput, serve),
  withdraw: withForm(withdrawInput, (ctx, id, input, once) => withdraw(ctx, id, 'desk', input, once)),
  archive: plain(archive),
  'record-outcome': withForm(outcomeInput, recordOutcome),
  'end-outcome': withForm(outcomeResultInput, endOutcome),
  'renew-code': async (ctx, id, form, { formKey }) => {
    const read = readForm(renewInput, form)
    if (!read.ok) return { errors: read.errors }
    if (!formKey) throw conflict('requests.no-form-key', '表单不完整。请刷新页面后再试。')
    return { code: await renewCode(ctx, id, read.value, formKey) }
  },
}

/** Does the act of this name with what its form says. */
export function perform(ctx: DeskContext, act: string, id: string, form: RawForm): Promise<Performed> {
  if (!Object.hasOwn(doing, act)) throw conflict('requests.unknown-act', '没有这个操作。请刷新页面后再试。')
  return doing[act as keyof typeof doing](ctx, id, form, { formKey: textOf(form, 'formKey') || null })
}
