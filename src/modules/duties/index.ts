/** Duties: who must do what by when, because of which article; the working-day calendar and the clock. */
export { meetDuties } from './actions/meet-duties.ts'
export { type Move, moveDuties } from './actions/move-duties.ts'
export { type NewDuty, openDuties } from './actions/open-duties.ts'
export { reopenDuties } from './actions/reopen-duties.ts'
export { dropSubject, waiveDuty } from './actions/waive-duty.ts'
export { workingCalendar } from './calendar.ts'
export { dutiesAtHand } from './desk/duties-at-hand.tsx'
export { type Domain, dutiesTag } from './duty.ts'
export {
  type DutyRow,
  listDutiesAbout as dutiesAbout,
  listDutiesOfMany as dutiesOfMany,
} from './duty-queries.ts'
export { groundWords } from './ground-words.ts'
export { type ClockPlace, listRemindable, listStillOpen, type RemindableDuty } from './remindable.ts'
export { DueDay, StandingTag } from './standing-tag.tsx'
export { registerUrged, type TellUrged, type Urged } from './urged.ts'
