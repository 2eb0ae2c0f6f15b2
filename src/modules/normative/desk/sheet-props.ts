import type { RawForm } from '#lib/forms'
import type { Incoming } from '#platform/http/route'
import type { Fault } from './load-document.ts'

/** What every sheet with a form needs to know of its page. */
export interface SheetProps {
  incoming: Incoming
  fault: Fault
  /** Where a form of that name posts to. */
  action: (name: string) => string
  /** Whether this person may fill it. */
  may: boolean
}

/** What was typed into this form, when it came back; nothing of another form of the page. */
export const typedIn = ({ fault, incoming }: SheetProps, form: string): RawForm =>
  fault.form === form ? incoming.form : {}

export const errorsOf = ({ fault }: SheetProps, form: string): Record<string, string> => {
  if (fault.form !== form) return {}
  const { '': _, ...errors } = fault.errors
  return errors
}
