import { notify } from '#modules/notifications'
import { holdersOf } from '#modules/people'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Act } from './acts.ts'
import { rolesOfParty } from './policy.ts'
import { type Request, titleOf } from './request.ts'

/** Who is told that it is their turn, and in which words; never who asked, nor for what. */
export interface Telling {
  to: 'clerk' | 'officer' | 'head' | 'signer' | { organId: string }
  title: string
  sentence: string
}

type Told = Pick<Request, 'id' | 'number' | 'organId' | 'officerId' | 'dueOn'>

/** Ids of those whose turn it is: the officer of the case, or everybody who may. */
export async function whoseTurn(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  request: Pick<Request, 'organId' | 'officerId'>,
  to: Telling['to'],
): Promise<string[]> {
  if (to === 'officer' && request.officerId) return [request.officerId]
  const isUnit = typeof to !== 'string'
  const holders = await holdersOf(
    db,
    { organIds: [isUnit ? to.organId : request.organId], roles: rolesOfParty(isUnit ? 'unit' : to) },
    ctx.clock.today(),
  )
  return holders.map(holder => holder.staffId)
}

/** Tells whoever is to go on with it. */
export async function tell(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  request: Told,
  act: Act | 'submit' | 'file',
  telling: Telling,
): Promise<void> {
  await tellThem(db, ctx, request, act, telling, await whoseTurn(db, ctx, request, telling.to))
}

export const tellThem = (
  db: Database,
  ctx: Pick<Context, 'clock'>,
  request: Told,
  act: Act | 'submit' | 'file',
  { title, sentence }: Omit<Telling, 'to'>,
  to: readonly string[],
): Promise<void> =>
  notify(db, ctx, [
    {
      to: [...to],
      subjectKey: `requests.${act}:${request.id}:${ctx.clock.now().getTime()}`,
      title,
      sentence: `${titleOf(request)}：${sentence}`,
      address: `/requests/${request.id}`,
      about: { kind: 'request', id: request.id },
      ...(request.dueOn ? { dueOn: request.dueOn } : {}),
    },
  ])
