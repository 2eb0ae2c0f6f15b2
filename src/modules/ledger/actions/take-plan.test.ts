import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { findPlan } from '../queries.ts'
import { takePlan, takePlanInput } from './take-plan.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const plan = (title: string) => `${title}

一、推进供水公开
（一）公开水质。每季度公开水质。（县水利局牵头落实）
`

async function yearOfTaken(text: string, year?: string) {
  const keeper = house.as(['openness-office'], '何敏', house.at.government)
  const input = takePlanInput.parse({
    siteId: house.at.site.id,
    kind: 'openness-plan',
    ...(year === undefined ? {} : { year }),
  })
  const handedIn = {
    document: { form: 'text' as const, format: 'text' as const, text, doubts: [] },
    name: '粘贴的正文',
  }
  const { planId } = await takePlan(keeper, input, handedIn)
  return (await findPlan(house.connection.db, { id: planId }))?.year
}

describe('the year of a plan that is handed in', () => {
  it('follows its title when nobody typed one', async () => {
    expect(await yearOfTaken(plan('2024年政务公开工作要点'), '')).toBe(2024)
    expect(await yearOfTaken(plan('2025年度政务公开重点任务'))).toBe(2025)
  })

  it('is the one that was typed, whatever the title says', async () => {
    expect(await yearOfTaken(plan('2023年政务公开工作要点'), '2026')).toBe(2026)
  })

  it('is this year where the document says none', async () => {
    expect(await yearOfTaken(plan('政务公开任务分解表'))).toBe(2026)
  })

  it('is refused when what was typed is no year', () => {
    const typed = { siteId: house.at.site.id, kind: 'openness-plan', year: '26' }
    expect(takePlanInput.safeParse(typed).error?.issues[0]?.message).toBe('年度请写四位数字，例如 2026。')
  })
})
