/** Notifications: what members of staff are told on the desk and by mail; reminders of duties; who is told of a matter. */
export { notify } from './actions/notify.ts'
export { tellUrgedPeople } from './actions/tell-urged.ts'
export type { NewNotification } from './notification.ts'
export type { Outside } from './outside.ts'
export { type Matter, responsibleFor } from './recipients.ts'
