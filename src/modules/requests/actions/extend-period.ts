import { z } from 'zod'
import { conflict } from '#lib/errors'
import { actorId } from '#platform/actor'
import type { Context } from '#platform/context'
import { extensionMost } from '../clock.ts'
import { fileLetter, letterFields } from '../letters/file-letter.ts'
import { type Once, onRequest } from '../on-request.ts'
import { listLetters } from '../queries.ts'
import { words } from './act-input.ts'

export const askExtensionInput = z.object({
  days: z.coerce
    .number('请填写工作日数。')
    .int('请填写整数。')
    .min(1, '至少1个工作日。')
    .max(extensionMost, `最多延长${extensionMost}个工作日（条例第三十三条）。`),
  reason: words(4, 500, '请写明延长的理由。'),
})

export const askExtension = (
  ctx: Context,
  id: string,
  input: z.output<typeof askExtensionInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'ask-extension',
    'desk',
    async () => ({
      changes: { extensionAskedById: actorId(ctx.actor), extensionAskedFor: input.days },
      reason: input.reason,
      facts: { days: input.days },
      tell: { to: 'head', title: '申请延长答复，请审批', sentence: `申请延长${input.days}个工作日。` },
    }),
    once,
  )

export const grantInput = z.object({
  reason: words(2, 500, '请写明审批意见。'),
  ...letterFields,
})

/** The head of the openness office agrees, and the applicant is told before the day on which the answer was due (R-REQ-23). */
export const grantExtension = (
  ctx: Context,
  id: string,
  input: z.output<typeof grantInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'grant-extension',
    'desk',
    async (db, facts) => {
      const { extensionAskedFor } = facts.request
      const letterId = await fileLetter(db, ctx, facts, 'extension-notice', input)
      const told = (await listLetters(db, id)).find(one => one.id === letterId)?.service?.on
      const due = facts.clock?.due
      if (told && due && told > due)
        throw conflict('requests.told-too-late', `延期要在答复期限届满（${due}）以前告知申请人。`)
      return {
        letterId,
        changes: { extendedBy: extensionAskedFor ?? 0, extensionAskedFor: null },
        reason: input.reason,
        facts: { days: extensionAskedFor },
        tell: {
          to: 'officer',
          title: '同意延长答复',
          sentence: `答复期限延长${extensionAskedFor}个工作日。`,
        },
      }
    },
    once,
  )

export const refuseExtensionInput = z.object({ reason: words(2, 500, '请写明理由。') })

export const refuseExtension = (
  ctx: Context,
  id: string,
  input: z.output<typeof refuseExtensionInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'refuse-extension',
    'desk',
    async () => ({
      changes: { extensionAskedById: null, extensionAskedFor: null },
      reason: input.reason,
      tell: { to: 'officer', title: '不同意延长答复', sentence: '请在原来的期限内答复。' },
    }),
    once,
  )
