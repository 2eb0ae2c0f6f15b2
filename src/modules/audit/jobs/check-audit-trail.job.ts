import { z } from 'zod'
import type { Job } from '#platform/module'
import { checkAuditTrail } from '../actions/check-audit-trail.ts'

/** Every night; a fault stands on top of the audit page and in the log. */
export const checkTrail: Job = {
  name: 'audit.check-trail',
  payload: z.unknown(),
  schedule: '20 3 * * *',
  async run(ctx) {
    const result = await checkAuditTrail(ctx)
    if (result.fault) ctx.log.error({ position: result.position }, `审计链核对发现问题：${result.fault}`)
  },
}
