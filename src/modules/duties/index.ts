/** Duties: who must do what by when, because of which article; the working-day calendar and the clock. */
export { meetDuties } from './actions/meet-duties.ts'
export { type Move, moveDuties } from './actions/move-duties.ts'
export { type NewDuty, openDuties } from './actions/open-duties.ts'
export { dropSubject } from './actions/waive-duty.ts'
export { dutiesTag } from './duty.ts'
export { type DutyRow, listDutiesAbout as dutiesAbout } from './duty-queries.ts'
export { DueDay, StandingTag } from './standing-tag.tsx'
