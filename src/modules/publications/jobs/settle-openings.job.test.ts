import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makePublic } from '../../../../test/make/publication.ts'
import { decisionOn, instant, makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { reviewDraft } from '../actions/review-draft.ts'
import { saveDraft, saveDraftInput } from '../actions/save-draft.ts'
import { startEdition } from '../actions/start-edition.ts'
import { submitDraft } from '../actions/submit-draft.ts'
import { findDraft } from '../draft-queries.ts'
import { listPlacements } from '../placement-queries.ts'
import { listPublishingActs } from '../publishing-acts.ts'
import { settle } from './settle-openings.job.ts'

let house: Publishing
beforeEach(async () => {
  house = await makePublishing()
})
afterEach(() => house.leave())

const placesOf = async (id: string) =>
  (await listPlacements(house.connection.db, id)).map(one => `${one.path}${one.main ? ' *' : ''}`)

describe('settling what opens and closes by the clock', () => {
  it('moves a scheduled correction into its columns when it opens, not before', async () => {
    const { drafter, reviewer, system, at, connection } = house
    const item = await makePublic(system, at, {}, instant('2026-11-20 10:00'))
    await startEdition(drafter, item.id)
    const draft = await findDraft(connection.db, item.id)
    const { revision } = await saveDraft(
      drafter,
      saveDraftInput.parse({
        ...draft,
        publicationId: item.id,
        changeNote: '换到政策栏目',
        columnIds: [at.columns.get('policies'), at.columns.get('interpretation')],
      }),
    )
    await submitDraft(drafter, { publicationId: item.id, revision })
    await reviewDraft(reviewer, decisionOn({ id: item.id, revision }, { publishAt: '2026-11-24 09:00' }))
    expect(await settle(system)).toEqual({ opened: 0, expired: 0 })
    expect(await placesOf(item.id)).toEqual(['notices *'])

    house.setTime('2026-11-24 09:00')
    expect(await settle(system)).toEqual({ opened: 1, expired: 0 })
    expect(await placesOf(item.id)).toEqual(['policies *', 'interpretation'])
    expect(await settle(system)).toEqual({ opened: 0, expired: 0 })
  })

  it('writes once into the history that the time of a publicity notice is over', async () => {
    const { system, at, connection } = house
    const item = await makePublic(system, at, { shownUntil: '2026-11-24' }, instant('2026-11-20 10:00'))
    house.setTime('2026-11-24 23:59')
    expect(await settle(system)).toEqual({ opened: 0, expired: 0 })
    house.setTime('2026-11-25 00:00')
    expect(await settle(system)).toEqual({ opened: 0, expired: 1 })
    expect(await settle(system)).toEqual({ opened: 0, expired: 0 })
    const [last] = await listPublishingActs(connection.db, item.id)
    expect(last).toMatchObject({ act: 'expired', publicAt: instant('2026-11-25 00:00') })
  })
})
