import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dutiesAbout } from '#modules/duties'
import { findPublicView } from '#modules/publications'
import { decisionOn, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { discardDraft } from '../publications/actions/discard-draft.ts'
import { reviewDraft } from '../publications/actions/review-draft.ts'
import {
  publishCleanup,
  publishCleanupInput,
  reopenCleanup,
  settleCleanups,
} from './actions/publish-cleanup.ts'
import {
  confirmItems,
  confirmItemsInput,
  decideItems,
  decideItemsInput,
  startCleanup,
  startCleanupInput,
} from './actions/run-cleanup.ts'
import type { CleanupDecision } from './cleanup.ts'
import { findCleanup, itemsOf, progressOf } from './cleanup-queries.ts'
import { makeOldDocuments } from './documents-for-tests.ts'
import { openNormativeDuties } from './jobs/watch-terms.job.ts'
import { wholeRegister } from './register-queries.ts'

const count = 330
let house: Publishing
let made: Awaited<ReturnType<typeof makeOldDocuments>>
beforeAll(async () => {
  house = await makePublishing()
  made = await makeOldDocuments(
    house,
    Array.from({ length: count }, (_, index) => ({
      // Every third pair shares its title and has no number: only the address tells them apart
      title: index % 6 < 2 ? `云溪县管理办法（${Math.floor(index / 6)}）` : `云溪县第${index}号办法`,
      docNo: index % 6 < 2 ? null : `云政规〔2024〕${index + 1}号`,
      signedOn: '2024-03-01',
    })),
  )
  await makeOldDocuments(house, [
    { title: '已经过期的办法', docNo: '云政规〔2015〕1号', signedOn: '2015-01-01', validUntil: '2020-01-01' },
  ])
})
afterAll(() => house.leave())

const db = () => house.connection.db
const office = () => house.as(['general-office'], '赵办', house.at.government)
const organ = () => house.as(['department-head'], '钱局')
const decisionOf = (index: number): CleanupDecision =>
  (['keep', 'repeal', 'amend', 'lapse', 'keep'] as const)[index % 5] ?? 'keep'

async function decideAll(cleanupId: string) {
  const by = Map.groupBy(made.keys(), index => decisionOf(index))
  for (const [decision, indexes] of by)
    await decideItems(
      organ(),
      decideItemsInput.parse({
        cleanupId,
        publicationId: indexes.map(index => made[index]?.id),
        decision,
        reason: decision === 'keep' ? '' : '与上位法不一致',
      }),
    )
}
const confirmAll = async (cleanupId: string) =>
  confirmItems(
    office(),
    confirmItemsInput.parse({
      cleanupId,
      publicationId: (await itemsOf(db(), cleanupId)).map(item => item.publicationId),
    }),
  )
const publishing = (cleanupId: string, more: object = {}) =>
  publishCleanupInput.parse({
    cleanupId,
    title: '关于公布规范性文件清理结果的决定',
    effectiveOn: '2026-12-01',
    columnId: house.at.columns.get('policies/normative'),
    ...more,
  })

describe('a clean-up round', () => {
  let id = ''

  it('R-NOR-13: gathers all that is in force when it begins, and the same form begins one', async () => {
    const input = startCleanupInput.parse({
      siteId: house.at.site.id,
      name: '2026年规范性文件清理',
      basis: '国务院关于定期清理规范性文件的要求',
      dueOn: '2026-12-31',
      formKey: crypto.randomUUID(),
    })
    await expect(startCleanup(organ(), input)).rejects.toMatchObject({ status: 403 })
    id = await startCleanup(office(), input)
    expect(await startCleanup(office(), input)).toBe(id)
    expect((await progressOf(db(), id)).total).toBe(count)
  })

  it('R-NOR-13: the making organ decides with a reason; nobody decides for another organ', async () => {
    const first = { cleanupId: id, publicationId: made[0]?.id, decision: 'repeal', reason: '' }
    expect(decideItemsInput.safeParse(first).success).toBe(false)
    const elsewhere = house.as(['drafter'], '外人', { id: crypto.randomUUID() })
    const said = decideItemsInput.parse({ ...first, reason: '没有必要了' })
    await expect(decideItems(elsewhere, said)).rejects.toMatchObject({ status: 403 })
  })

  it('R-NOR-13: is not finished while one document is undecided or unconfirmed', async () => {
    await expect(confirmAll(id)).rejects.toMatchObject({ code: 'normative.undecided' })
    await decideAll(id)
    await expect(publishCleanup(office(), publishing(id))).rejects.toMatchObject({
      code: 'normative.cleanup-unfinished',
    })
    expect(await confirmAll(id)).toBe(count)
    // A decision that changes is confirmed anew
    await decideItems(
      organ(),
      decideItemsInput.parse({
        cleanupId: id,
        publicationId: made[0]?.id,
        decision: 'repeal',
        reason: '先改一下',
      }),
    )
    expect((await progressOf(db(), id)).confirmed).toBe(count - 1)
    await decideItems(
      organ(),
      decideItemsInput.parse({ cleanupId: id, publicationId: made[0]?.id, decision: 'keep' }),
    )
    await confirmAll(id)
  })

  it('no document ends before its end is published', async () => {
    await expect(
      publishCleanup(office(), publishing(id, { effectiveOn: '2026-11-22' })),
    ).rejects.toMatchObject({ code: 'normative.effect-past' })
  })

  it('a result that was given back and thrown away is made anew', async () => {
    const draft = await publishCleanup(office(), publishing(id))
    await reviewDraft(
      house.as(['openness-office'], '何敏', house.at.government),
      decisionOn(
        { id: draft.publicationId, revision: draft.revision },
        { decision: 'return', opinion: '请核对' },
      ),
    )
    await expect(reopenCleanup(office(), { cleanupId: id, reason: '还要核对' })).rejects.toMatchObject({
      code: 'normative.result-there',
    })
    await discardDraft(office(), draft.publicationId)
    await reopenCleanup(office(), { cleanupId: id, reason: '还要核对' })
    expect((await findCleanup(db(), { id }))?.publicationId).toBeNull()
  })

  it('R-NOR-13: one publication changes the validity of every document, on the day and not before; again it changes nothing', async () => {
    const [draft, again] = [
      await publishCleanup(office(), publishing(id)),
      await publishCleanup(office(), publishing(id)),
    ]
    expect(again.publicationId).toBe(draft.publicationId)
    await reviewDraft(
      house.as(['openness-office'], '何敏', house.at.government),
      decisionOn({ id: draft.publicationId, revision: draft.revision }),
    )
    const worth = { keep: 'in-force', repeal: 'repealed', lapse: 'repealed', amend: 'amended' } as const
    const onDay = async (day: string) =>
      new Map(
        (await wholeRegister(db(), house.now(), day, { siteId: house.at.site.id })).map(row => [
          row.publicationId,
          row.validity,
        ]),
      )
    const before = await onDay('2026-11-30')
    const after = await onDay('2026-12-01')
    expect(made.filter(one => before.get(one.id) !== 'in-force')).toEqual([])
    expect(made.filter((one, index) => after.get(one.id) !== worth[decisionOf(index)])).toEqual([])

    house.setTime('2026-12-02 10:00')
    for (const [index, { publicId }] of made.entries()) {
      const view = await findPublicView(db(), house.now(), {
        siteId: house.at.site.id,
        publicId,
        segment: 'policies',
      })
      if (!view || !('validity' in view)) throw new Error('no page')
      expect(view.validity).toBe(worth[decisionOf(index)])
      expect(view.effectsOnIt).toHaveLength(decisionOf(index) === 'keep' ? 0 : 1)
    }
  }, 60_000)

  it('R-NOR-13: the round is closed when its result is public, and the next one is due in two years', async () => {
    house.setTime('2026-12-02 10:00')
    expect(await settleCleanups(house.system)).toBe(1)
    expect(await settleCleanups(house.system)).toBe(0)
    await openNormativeDuties(house.system)
    await openNormativeDuties(house.system)
    const duties = await dutiesAbout(db(), {
      siteId: house.at.site.id,
      kind: 'organ',
      id: house.at.government.id,
    })
    expect(duties.filter(duty => duty.rule === 'R-NOR-13')).toMatchObject([
      { dueOn: '2028-11-23', metAt: null },
    ])
  })
})
