import type { Actor } from '#platform/actor'
import { mayConfirmErasure, mayDraft, mayErase, mayReview, mayWithdraw } from './policy.ts'

/** What the acts on a publication depend on. */
export interface ActFacts {
  organId: string
  /** Its editions are written by an act of its module, not by the editor. */
  madeByAct: boolean
  left: boolean
  wasPublic: boolean
  draft: { submitted: boolean; editedById: string | null } | null
  /** Its draft is a document that is drafted, reviewed and signed elsewhere. */
  byProcedure: boolean
  /** An edition waits to open. */
  scheduled: boolean
  /** Something sealed that a correction can begin from. */
  sealed: boolean
}

export type DeskAct =
  | 'edit'
  | 'submit'
  | 'review'
  | 'correct'
  | 'take-down'
  | 'erase'
  | 'cancel-schedule'
  | 'discard'

/** What this person may do with it now; the acts ask again. */
export function openActs(actor: Actor, item: ActFacts): ReadonlySet<DeskAct> {
  const { draft } = item
  const drafts = mayDraft(actor, item.organId)
  const withdraws = mayWithdraw(actor, item.organId)
  const open: Record<DeskAct, boolean> = {
    edit: drafts && !item.madeByAct && !item.left && draft !== null,
    submit: drafts && !item.byProcedure && !item.left && draft !== null && !draft.submitted,
    review:
      !item.left &&
      !item.byProcedure &&
      draft?.submitted === true &&
      mayReview(actor, { organId: item.organId, editedById: draft.editedById }),
    // What only waits to open is changed by taking it back first
    correct: drafts && !item.madeByAct && !item.left && draft === null && item.sealed && !item.scheduled,
    'take-down': withdraws && !item.left && item.wasPublic,
    erase: item.sealed && (mayErase(actor, item.organId) || mayConfirmErasure(actor, item.organId)),
    'cancel-schedule': withdraws && !item.left && item.scheduled && draft === null,
    discard: drafts && draft !== null && !draft.submitted,
  }
  return new Set((Object.keys(open) as DeskAct[]).filter(act => open[act]))
}
