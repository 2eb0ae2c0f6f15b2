import { readCount, toBase64 } from '#lib/tlog/bytes'
import { consistencyPath } from '#lib/tlog/merkle'
import { readNote, signersOf, writeSignature } from '#lib/tlog/note'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { ReachPolicy } from '#platform/net/addresses'
import { type Answered, ask } from '#platform/net/ask'
import { newestHead, type SignedHead } from '../checkpoint-queries.ts'
import { logTag } from '../tags.ts'
import { hashesIn } from '../tile-queries.ts'
import type { OutsideWitness } from '../witness.ts'

const timeoutMs = 10_000
const longestAnswer = 10_000

/**
 * Asks others to co-sign our newest head (C2SP tlog-witness); one that does not answer is asked again the next time.
 * @returns how many have signed now
 */
export async function askWitnesses(
  ctx: Context,
  witnesses: readonly OutsideWitness[],
  policy: ReachPolicy,
): Promise<number> {
  const head = await newestHead(ctx.db)
  if (!head) return 0
  let signed = 0
  for (const witness of witnesses) {
    const line = await signatureOf(ctx, head, witness, policy).catch((error: Error) => {
      ctx.log.warn({ witness: witness.key.name, err: error.message }, 'a witness did not sign')
      return null
    })
    if (line === null) continue
    await inTransaction(ctx.db, async db => {
      await db
        .insertInto('logCosignatures')
        .values({ size: head.size, witness: witness.key.name, line, receivedAt: ctx.clock.now() })
        .onConflict(conflict => conflict.doNothing())
        .execute()
      await announceChange(db, [logTag])
    })
    signed += 1
  }
  return signed
}

/** Null when it has signed this head before. @throws Error with what it answered */
async function signatureOf(
  ctx: Context,
  head: SignedHead,
  witness: OutsideWitness,
  policy: ReachPolicy,
): Promise<string | null> {
  const { db } = ctx
  const last = await db
    .selectFrom('logCosignatures')
    .select(eb => eb.fn.max('size').as('size'))
    .where('witness', '=', witness.key.name)
    .executeTakeFirst()
  const known = Number(last?.size ?? 0)
  if (known >= head.size) return null
  let answer = await submit(ctx, head, known, witness, policy)
  if (answer.status === 409) {
    const size = readCount(answer.bytes.toString('utf8').trim())
    if (size === null || size > head.size) throw new Error('it knows a larger log of this name than ours')
    answer = await submit(ctx, head, size, witness, policy)
  }
  if (answer.status !== 200) throw new Error(`status ${answer.status}`)
  const own = readNote(head.note)
  const both = readNote(head.note + answer.bytes.toString('utf8'))
  const lines = both?.signatures.slice(own?.signatures.length) ?? []
  // Lines of keys that we do not know are left out
  const line = lines.find(
    one => both && signersOf({ text: both.text, signatures: [one] }, [witness.key])?.length === 1,
  )
  if (!line) throw new Error('no signature by its key')
  return writeSignature(line)
}

async function submit(
  { db }: Context,
  head: SignedHead,
  old: number,
  { url }: OutsideWitness,
  policy: ReachPolicy,
): Promise<Answered> {
  const path = await hashesIn(db, consistencyPath(old, head.size))
  const body = `${[`old ${old}`, ...path.map(toBase64)].join('\n')}\n\n${head.note}`
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  const question = { method: 'POST', agent: 'mingtang-log', headers, body, readUpTo: longestAnswer } as const
  return ask(url, question, policy, AbortSignal.timeout(timeoutMs))
}
