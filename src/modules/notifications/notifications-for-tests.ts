import { type NewDuty, openDuties } from '#modules/duties'
import { createSite, createSiteInput, type Organ } from '#modules/organisations'
import { createStaff, givePost, staffActor } from '#modules/people'
import { type Role, system } from '#platform/actor'
import { type Clock, clockAt } from '#platform/clock'
import type { Context, DeskContext } from '#platform/context'
import { type County, makeCounty } from '../../../test/make/county.ts'

/** A county with people who can be written to, and a clock that the test sets. */
export interface Reminding {
  house: County
  siteId: string
  ctx: Context & { clock: Clock }
  /** Beijing time: `2026-11-23 08:00`. */
  setTime(moment: string): void
  person(name: string, organ: Organ, roles: Role[], mailAddress?: string | null): Promise<string>
  at(staffId: string): Promise<DeskContext>
  /** A duty due on that day. @returns its id. */
  duty(subjectId: string, fixedOn: string, more?: Partial<NewDuty>): Promise<string>
  /** Titles of what a person was told, in the order of telling. */
  toldTo(staffId: string): Promise<string[]>
}

let people = 0

export async function makeReminding(): Promise<Reminding> {
  const house = await makeCounty()
  const { db } = house.connection
  let now = new Date('2026-11-23T08:00:00+08:00')
  const ctx = {
    db,
    actor: system('测试'),
    clock: clockAt(() => now),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  }
  const site = await createSite(
    house.administrator,
    createSiteInput.parse({
      key: 'yunxi',
      name: '云溪县人民政府',
      shortName: '云溪县政府',
      domain: 'www.yunxi.example',
      organId: house.county.id,
      siteCode: '1199000001',
      isDefault: true,
    }),
  )
  return {
    house,
    siteId: site.id,
    ctx,
    setTime: moment => {
      now = new Date(`${moment.replace(' ', 'T')}:00+08:00`)
    },
    async person(name, organ, roles, mailAddress = null) {
      const { staffId } = await createStaff(ctx, {
        username: `person${++people}`,
        name,
        organId: organ.id,
        mailAddress,
        formKey: null,
        mustChangePassword: false,
      })
      for (const role of roles)
        await givePost(ctx, { staffId, role, organId: organ.id, fromOn: '2026-01-01', untilOn: null })
      return staffId
    },
    async at(staffId) {
      const actor = await staffActor(ctx, staffId)
      if (!actor) throw new Error('not at work')
      return { ...ctx, actor, publicOrigin: 'http://localhost:3000' }
    },
    async duty(subjectId, fixedOn, more = {}) {
      const [id = ''] = await openDuties(db, ctx, [
        {
          siteId: site.id,
          organId: house.slj.id,
          rule: 'R-INT-02',
          article: '政策解读三个工作日',
          title: '发布政策解读',
          domain: 'interpretation',
          subject: { kind: 'publication', id: subjectId, label: '《农村饮水工程管护办法》' },
          limit: { fixedOn },
          startedAt: new Date('2026-11-01T09:00:00+08:00'),
          ...more,
        },
      ])
      return id
    },
    async toldTo(staffId) {
      const rows = await db
        .selectFrom('notifications')
        .select('title')
        .where('staffId', '=', staffId)
        .orderBy('madeAt')
        .orderBy('id')
        .execute()
      return rows.map(row => row.title)
    },
  }
}
