import type { FormErrors } from '#lib/forms'

/** Which form of the task's page failed, and in what. */
export interface Fault {
  act: string
  errors: FormErrors
}
