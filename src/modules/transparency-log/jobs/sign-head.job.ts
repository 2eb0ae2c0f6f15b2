import { z } from 'zod'
import type { Job } from '#platform/module'
import { openInternet } from '#platform/net/addresses'
import { askWitnesses } from '../actions/ask-witnesses.ts'
import { signHead } from '../actions/sign-head.ts'
import { outsideWitnesses } from '../witness.ts'

/** Every minute: what was published since has a proof; witnesses, where some are named, are asked to co-sign. */
export const signHeadJob: Job = {
  name: 'transparency-log.sign-head',
  payload: z.unknown(),
  schedule: '* * * * *',
  async run(ctx) {
    const head = await signHead(ctx)
    if (head) ctx.log.info({ size: head.size }, 'the log is signed')
    const witnesses = await outsideWitnesses()
    if (witnesses.length > 0) await askWitnesses(ctx, witnesses, openInternet)
  },
}
