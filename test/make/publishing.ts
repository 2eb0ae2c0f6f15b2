import { registerKinds } from '#modules/publications'
import type { Role } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { kinds } from '../../src/app/kinds.ts'
import { reviewDraft, reviewInput } from '../../src/modules/publications/actions/review-draft.ts'
import { submitDraft } from '../../src/modules/publications/actions/submit-draft.ts'
import { makeGovernment, staffWith, systemContext, type TestGovernment } from './government.ts'
import { makeDraft } from './publication.ts'
import { testDatabase } from './test-database.ts'

/** A government that can publish, on a database of its own, with a clock that the test sets. */
export interface Publishing {
  url: string
  connection: Connection
  at: TestGovernment
  system: Context
  drafter: Context
  reviewer: Context
  as(roles: readonly Role[], name: string, organ?: { id: string }): Context
  now(): Date
  /** Beijing time, `2026-11-23 09:00`. */
  setTime(text: string): void
  leave(): Promise<void>
}

export const instant = (beijing: string) => new Date(`${beijing.replace(' ', 'T')}:00+08:00`)

export async function makePublishing(): Promise<Publishing> {
  registerKinds(kinds)
  const { url, drop } = await testDatabase()
  const connection = connect(url, { role: applicationRole })
  let now = instant('2026-11-23 10:00')
  const system = systemContext(
    connection.db,
    clockAt(() => now),
  )
  const at = await makeGovernment(system)
  const as: Publishing['as'] = (roles, name, organ = at.department) => ({
    ...system,
    actor: staffWith(organ, roles, name),
  })
  return {
    url,
    connection,
    at,
    system,
    drafter: as(['drafter'], '林晓'),
    reviewer: as(['secrecy-reviewer', 'openness-office'], '何敏'),
    as,
    now: () => now,
    setTime: text => {
      now = instant(text)
    },
    async leave() {
      await connection.close()
      await drop()
    },
  }
}

/** One person drafts and submits, another reviews and publishes, at once or at `publishAt` (Beijing time). */
export async function makeReviewed(
  house: Publishing,
  facts: Record<string, unknown> = {},
  publishAt = '',
): Promise<{ id: string; publicId: string }> {
  const draft = await makeDraft(house.drafter, house.at, facts)
  await review(house, draft, publishAt)
  return draft
}

/** Submits a draft as it stands and publishes it. */
export async function review(
  house: Pick<Publishing, 'drafter' | 'reviewer'>,
  draft: { id: string; revision: number },
  publishAt = '',
): Promise<'published' | 'scheduled' | 'returned'> {
  await submitDraft(house.drafter, { publicationId: draft.id, revision: draft.revision })
  return reviewDraft(house.reviewer, decisionOn(draft, { publishAt }))
}

export const decisionOn = (draft: { id: string; revision: number }, more: object = {}) =>
  reviewInput.parse({
    publicationId: draft.id,
    revision: draft.revision,
    decision: 'publish',
    secrecyChecked: 'yes',
    opinion: '不涉密，可以公开。',
    ...more,
  })

/** The form of a normative document, whole. */
export const documentFacts = (title: string, more: object = {}) => ({
  kind: 'normative-document',
  column: 'policies/normative',
  title,
  docNo: '云政办发〔2026〕1号',
  issuers: '云溪县水利局',
  signedOn: '2026-11-01',
  effectiveFrom: '2026-11-02',
  theme: '农业、林业、水利',
  ...more,
})
