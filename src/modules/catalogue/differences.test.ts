import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import {
  decideStandard,
  decideStandardInput,
  listNews,
  standardFor,
  undoDecision,
} from './actions/decide-standard.ts'
import { saveItem, saveItemInput } from './actions/save-item.ts'
import { takeStandard } from './actions/take-standard.ts'
import type { ItemContent } from './item.ts'
import { findItem } from './queries.ts'

let house: Publishing
let standard: Map<string, ItemContent>
beforeAll(async () => {
  house = await makePublishing()
  await takeStandard(openness(), house.at.site.id)
  standard = new Map(await standardFor(house.connection.db, house.at.site.id))
  const old = standard.get('A-04')
  if (!old) throw new Error('no A-04')
  standard.set('A-04', { ...old, elements: '新的要素', ground: '《新的依据》', audience: '新的对象' })
})
afterAll(() => house.leave())
const openness = () => house.as(['openness-office'], '何敏', house.at.government)
const item = async () => {
  const found = await findItem(house.connection.db, { siteId: house.at.site.id, key: 'A-04' })
  if (!found) throw new Error('no A-04')
  return found
}
const decide = async (choices: Record<string, ['take' | 'keep', string]>) => {
  const { id: itemId, revision } = await item()
  const asked = Object.entries(choices).map(([field, [choice, reason]]) => ({
    itemId,
    revision,
    field,
    choice,
    reason,
  }))
  return decideStandard(openness(), house.at.site.id, decideStandardInput.parse(asked), standard)
}

describe('a new version of the standard (R-GRS-03)', () => {
  it('a field that differs here has its own reason; a field put back needs none', async () => {
    const { id: itemId, content } = await item()
    await saveItem(
      openness(),
      { itemId, revision: 1 },
      saveItemInput.parse({ ...content, elements: '本县要素', reason: '要素按本县' }),
    )
    await saveItem(
      openness(),
      { itemId, revision: 2 },
      saveItemInput.parse({ ...content, elements: '本县要素', limit: '每月公开', reason: '时限按本县' }),
    )
    expect((await item()).reasons).toEqual({ elements: '要素按本县', limit: '时限按本县' })
    await saveItem(
      openness(),
      { itemId, revision: 3 },
      saveItemInput.parse({ ...content, elements: '本县要素', reason: '时限改回标准' }),
    )
    expect(await item()).toMatchObject({ reasons: { elements: '要素按本县' }, deviation: '要素按本县' })
  })

  it('says of each field what changed and whether it was changed here; nothing changes by looking', async () => {
    const [only, ...others] = await listNews(house.connection.db, house.at.site.id, standard)
    expect(others).toEqual([])
    expect(only?.news).toEqual([
      { field: 'elements', isLocal: true },
      { field: 'ground', isLocal: false },
      { field: 'audience', isLocal: false },
    ])
    expect((await item()).revision).toBe(4)
  })

  it('one is taken, one kept for a reason, one left for later; undone before leaving; a second officer is told', async () => {
    const before = await item()
    await expect(decide({ elements: ['keep', ''] })).rejects.toThrow('理由')
    const stale = { itemId: before.id, revision: 1 }
    const done = await decide({ elements: ['keep', '本县群众更关心这些'], ground: ['take', ''] })
    expect(await item()).toMatchObject({
      content: { elements: '本县要素', ground: '《新的依据》', audience: before.content.audience },
      reasons: { elements: '本县群众更关心这些' },
    })
    const left = await listNews(house.connection.db, house.at.site.id, standard)
    expect(left[0]?.news).toEqual([{ field: 'audience', isLocal: false }])
    await expect(undoDecision(openness(), house.at.site.id, [stale])).rejects.toThrow('何敏改过')
    await undoDecision(openness(), house.at.site.id, done)
    expect(await item()).toMatchObject({
      content: before.content,
      reasons: before.reasons,
      standard: before.standard,
    })
    await expect(undoDecision(openness(), house.at.site.id, done)).rejects.toThrow('何敏改过')
  })
})
