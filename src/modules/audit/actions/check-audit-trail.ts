import { permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { NotedSeal } from '../audit-entry.ts'
import { mayReadAudit } from '../policy.ts'
import { insertCheck } from '../queries.ts'
import { recordAct } from './record-act.ts'
import { type ChainResult, verifyAuditChain } from './verify-audit-chain.ts'

/** Checks the chain and keeps what was found, so that it can be shown that it was looked after. */
export async function checkAuditTrail(ctx: Context, noted?: NotedSeal): Promise<ChainResult> {
  permit(mayReadAudit(ctx.actor), 'audit.may-not-check')
  const result = await verifyAuditChain(ctx.db, noted)
  await insertCheck(ctx.db, {
    id: uuidv7(),
    checkedAt: ctx.clock.now(),
    checkedBy: actorName(ctx.actor),
    entries: result.entries,
    position: result.position,
    hash: result.hash,
    fault: result.fault,
  })
  await recordAct(ctx.db, ctx, {
    act: 'audit.check-trail',
    sentence: result.fault
      ? `核对审计链，发现问题：${result.fault}`
      : `核对审计链，${result.entries} 条记录完整`,
    outcome: result.fault ? 'failed' : 'done',
    details: { position: result.position, hash: result.hash },
  })
  return result
}
