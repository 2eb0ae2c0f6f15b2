import { uuidv7 } from '#lib/ids'
import { type Actor, actorId, actorName } from '#platform/actor'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/db/database'
import type { Outcome } from '../audit-entry.ts'
import { insertEntries } from '../queries.ts'
import { detailsWithoutPersonalData, withoutPersonalData } from '../without-personal-data.ts'

/** The part of a context that an entry is made from. `ip`: where the request came from, when there is one. */
export interface Recorder {
  readonly actor: Actor
  readonly clock: Clock
  readonly ip?: string | undefined
}

export interface ActObject {
  kind: string
  id: string
  label: string
}

export interface Act {
  /** `module.what-was-done`, as in `people.give-post` */
  act: string
  /** What was done, in Chinese, without personal data: “给李敏加了‘起草人’角色”. */
  sentence: string
  object?: ActObject | undefined
  outcome?: Outcome | undefined
  /** Becomes JSON; never personal data. */
  details?: object | undefined
  /** Set when the act showed personal data of somebody else (S-SEC-09). */
  personalData?: boolean | undefined
}

/**
 * Records an act in the caller's transaction: what is undone was not done. The seal is set at commit.
 * A refusal that should stay on record is written outside the transaction that it ended.
 */
export async function recordAct(db: Database, by: Recorder, act: Act): Promise<void> {
  await recordActs(db, by, [act])
}

/** Many acts of one actor in one statement, sealed in their order. */
export async function recordActs(db: Database, by: Recorder, acts: readonly Act[]): Promise<void> {
  const now = by.clock.now()
  await insertEntries(
    db,
    acts.map(act => ({
      id: uuidv7(now.getTime()),
      at: now,
      actor: actorName(by.actor),
      actorId: actorId(by.actor),
      organId: by.actor.kind === 'staff' ? by.actor.organId : null,
      act: act.act,
      sentence: withoutPersonalData(act.sentence),
      objectKind: act.object?.kind ?? null,
      objectId: act.object?.id ?? null,
      objectLabel: act.object ? withoutPersonalData(act.object.label) : null,
      outcome: act.outcome ?? 'done',
      ip: by.ip?.slice(0, 45) ?? null,
      readsPersonalData: act.personalData ?? false,
      details: detailsWithoutPersonalData(act.details ?? {}),
    })),
  )
}
