/** Staff, their roles in organs, login, deputies and hand-over. */
export { requireSecondFactor, setLoginRules } from './actions/change-login-rules.ts'
export { type CreateStaff, createStaff, createStaffInput, type NewStaff } from './actions/create-staff.ts'
export { type GivePost, givePost, givePostInput } from './actions/give-post.ts'
export { giveSecondFactor } from './actions/give-second-factor.ts'
export type { HandOver } from './actions/hand-over.ts'
export { keepForm, takeKeptForm } from './actions/keep-form.ts'
export { resetPassword } from './actions/reset-password.ts'
export { resolveStaff, type SignedIn, staffActor } from './actions/resolve-staff.ts'
export { type LoginRoute, loginRoutes } from './desk/login.page.tsx'
export { type Holder, holdersOf, standInsOf } from './holder-queries.ts'
export type { StaffAccount, StaffState } from './staff.ts'
export {
  findStaff,
  findStaffByUsername,
  getStaff,
  listStaff,
  type Recipient,
  recipientsByIds,
  type StaffFilter,
  type StaffName,
  staffByIds,
} from './staff-queries.ts'
