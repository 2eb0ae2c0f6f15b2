import { type Actor, holds, type Role } from '#platform/actor'

/** Everybody on the staff whose work makes or changes what is published; the three administrators do not (S-SEC-06). */
const uploaders: readonly Role[] = [
  'drafter',
  'department-head',
  'secrecy-reviewer',
  'legality-reviewer',
  'general-office',
  'signer',
  'openness-office',
  'case-officer',
  'leader',
  'window-clerk',
]

export const mayUpload = (actor: Actor): boolean => holds(actor, uploaders)

/** A file that no edition uses yet is its uploader's own. */
export const isOwnUpload = (actor: Actor, file: { uploadedById: string | null }): boolean =>
  actor.kind === 'staff' && actor.id === file.uploadedById
