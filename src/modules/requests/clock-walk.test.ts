import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#lib/errors'
import { addDays } from '#lib/working-days/calendar'
import type { Context, DeskContext } from '#platform/context'
import { actFacts } from './act-facts.ts'
import { type Act, actsAtHand } from './acts.ts'
import { perform } from './desk/perform.ts'
import { makeRequests, type RequestsHouse } from './requests-for-tests.ts'

let at: RequestsHouse
beforeAll(async () => {
  at = await makeRequests()
})
afterAll(() => at.leave())

/** The same numbers each time (mulberry32). */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

function staff({ actor, ...ctx }: Context): DeskContext {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor, publicOrigin: '' }
}

const clockActs: readonly Act[] = [
  'ask-correction',
  'receive-correction',
  'lapse-correction',
  'consult',
  'consult',
  'record-delivery',
  'end-consultation',
  'ask-extension',
  'grant-extension',
  'notify-fee',
  'record-payment',
  'lapse-payment',
  'revive',
]

async function formOf(id: string, back: number): Promise<Record<string, string>> {
  const open = (await at.caseOf(id)).consultations.filter(one => one.endedOn === null)
  const on = addDays(at.house.system.clock.today(), -back)
  const { letterNumber = '' } = at.letter() as Record<string, string>
  return {
    letterNumber,
    letterSignedOn: on,
    serviceWay: 'post',
    servedOn: on,
    serviceProof: '挂号信',
    missing: '请写明年份',
    words: '2025年',
    days: '9',
    on,
    sentOn: on,
    reason: '按规定办理',
    basis: 'pages',
    pages: '90',
    howToPay: '到代收点缴纳',
    consultee: back % 2 ? 'third-party' : 'co-maker',
    name: '某公司',
    about: '合同中的价款',
    consultationId: open[0]?.id ?? crypto.randomUUID(),
    answer: 'agrees',
  }
}

describe('whatever acts come in whatever order', () => {
  it('the day of the case, of its duty and of the clock are one; late or early entries included', async () => {
    const head = staff(at.people.head)
    const other = staff(at.house.as(['openness-office'], '副主任'))
    let done = 0
    for (let seed = 1; seed <= 25; seed += 1) {
      const roll = chance(seed)
      // Holidays, make-up Saturdays, the turn of the year, and 2027, for which nothing is published
      let day = addDays('2025-01-02', roll(700))
      at.house.setTime(`${day} 23:59`)
      const { id } = await at.until('processing')
      for (let step = 0; step < 14; step += 1) {
        day = addDays(day, roll(9))
        at.house.setTime(`${day} 09:00`)
        const facts = await at.caseOf(id)
        const offered = actsAtHand(
          ['officer', 'head'],
          facts.request.state,
          actFacts(facts, head.actor, head.clock),
        ).map(one => one.act)
        const possible = clockActs.filter(one => offered.includes(one))
        if (possible.length === 0) break
        const act = possible[roll(possible.length)] ?? 'consult'
        const form = await formOf(id, roll(3))
        const said = await perform(act.startsWith('grant') ? other : head, act, id, form).catch(
          (error: unknown) => {
            if (!(error instanceof Refused)) throw error
            return { errors: { '': error.message } }
          },
        )
        if (said.errors === undefined) done += 1
        const { request, clock } = await at.caseOf(id)
        const { rows } = await sql<{ dueOn: string | null; isOpen: boolean; provisional: boolean }>`
          select due_on, met_at is null as is_open, provisional from duties where subject_id = ${id} and rule = 'R-REQ-22'`.execute(
          at.db,
        )
        const where = `walk ${seed}, step ${step}, ${day}, ${act}`
        expect(rows, where).toEqual([
          { dueOn: request.dueOn, isOpen: request.endedOn === null, provisional: request.provisional },
        ])
        if (request.endedOn === null) expect(request.dueOn, where).toBe(clock?.due ?? null)
      }
    }
    expect(done).toBeGreaterThan(50)
  }, 180_000)
})
