import { type Actor, actorId } from '#platform/actor'
import type { Clock } from '#platform/clock'
import type { ActFacts } from './acts.ts'
import { lastDayOfCorrectionNotice } from './clock.ts'
import { unitsOf } from './policy.ts'
import type { Case } from './queries.ts'

/** What the guards look at. */
export function actFacts(
  { request, items, consultations, tasks, outcomes, clock, calendar }: Case,
  actor: Actor,
  time: Clock,
): ActFacts {
  const open = tasks.filter(task => task.endedAt === null)
  const units = unitsOf(actor)
  return {
    now: time.now(),
    today: time.today(),
    actorId: actorId(actor),
    undoUntil: request.undoUntil,
    correctionAsked: request.correctionAskedOn !== null,
    correctionNoticeBy:
      request.receivedOn === null ? null : lastDayOfCorrectionNotice(request.receivedOn, calendar),
    correctionDue: request.correctionDue,
    reasonsDue: request.reasonsDue,
    paymentDue: request.paymentDue,
    chargedOnce: request.feeNotifiedOn !== null,
    dueOn: clock?.due ?? null,
    extended: request.extendedBy > 0,
    extensionAskedBy: request.extensionAskedById,
    extensionAsked: request.extensionAskedFor !== null,
    openConsultations: consultations.filter(one => one.endedOn === null).length,
    openTasks: open.length,
    ownOpenTasks:
      actor.kind === 'system' ? open.length : open.filter(task => units.includes(task.organId)).length,
    items: items.length,
    decidedItems: items.filter(item => item.replyKind !== null).length,
    submittedBy: request.submittedById,
    outcomesPending: outcomes.filter(one => one.result === 'pending').length,
  }
}
