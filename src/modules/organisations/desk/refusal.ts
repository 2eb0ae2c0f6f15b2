import { Refused } from '#lib/errors'
import type { FormErrors } from '#lib/forms'

/** The field of the form that a refusal is about; the others are about the form as a whole. */
const fieldOf: Record<string, string> = {
  'organisations.key-taken': 'key',
  'organisations.site-key-taken': 'key',
  'organisations.cycle': 'parentId',
  'organisations.no-such-parent': 'parentId',
  'organisations.doc-code-taken': 'docCodes',
  'organisations.host-taken': 'hosts',
  'organisations.default-site-needed': 'isDefault',
  'organisations.profile-of-the-past': 'validFrom',
  'organisations.not-the-past': 'validFrom',
  'organisations.new-name-missing': 'newName',
  'organisations.successor-missing': 'successorId',
  'organisations.own-successor': 'successorId',
  'organisations.successor-abolished': 'successorId',
  'organisations.successor-too-young': 'happenedOn',
  'organisations.day-to-come': 'happenedOn',
  'organisations.before-established': 'happenedOn',
  'organisations.before-last-restructuring': 'happenedOn',
}

export const isChangedMeanwhile = (error: unknown): boolean =>
  error instanceof Refused && error.code === 'organisations.changed-meanwhile'

/** A refusal that the same form can mend, as its errors. Anything else goes on to the error page. */
export function errorsOf(error: unknown, otherwise: string): FormErrors {
  if (!(error instanceof Refused) || (error.refusal !== 'invalid' && error.refusal !== 'conflict'))
    throw error
  return { [fieldOf[error.code] ?? otherwise]: error.message }
}
