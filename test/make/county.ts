import { createOrgan, createOrganInput, type Organ } from '#modules/organisations'
import type { Post, Role, Staff } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { Context, DeskContext } from '#platform/context'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { testDatabase } from './test-database.ts'

/** A small county with its people, on a database of its own. */
export interface County {
  connection: Connection
  county: Organ
  slj: Organ
  jyj: Organ
  zls: Organ
  /** The system administrator of the county. */
  administrator: DeskContext
  /** The openness office of the county. */
  openness: DeskContext
  /** The same desk on another day. */
  on(ctx: DeskContext, day: string): DeskContext
  as(name: string, role: Role, organ: Organ, reach?: Organ[]): DeskContext
  leave(): Promise<void>
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const on = <Ctx extends Context>(ctx: Ctx, day: string): Ctx => ({
  ...ctx,
  clock: clockAt(() => new Date(`${day}T10:02:00+08:00`)),
})

export async function makeCounty(): Promise<County> {
  const database = await testDatabase()
  const connection = connect(database.url, { role: applicationRole })
  const today = '2026-11-23'
  const system: Context = on(
    {
      db: connection.db,
      actor: { kind: 'system', why: '样例' },
      log: quiet,
      clock: clockAt(() => new Date()),
    },
    today,
  )
  const make = (key: string, name: string, parent: Organ | null, more: object = {}) =>
    createOrgan(
      system,
      createOrganInput.parse({
        key,
        name,
        shortName: name.replace('云溪', ''),
        parentId: parent?.id ?? null,
        type: 'department',
        level: 'county',
        ...more,
      }),
    )
  const county = await make('yunxi', '云溪县人民政府', null, {
    type: 'government',
    uscc: '119900000000000001',
    docCodes: ['云政发'],
  })
  const slj = await make('slj', '云溪县水利局', county, { sortOrder: 2, docCodes: ['云水'] })
  const jyj = await make('jyj', '云溪县教育局', county, { sortOrder: 1 })
  const zls = await make('zls', '云溪县自来水有限公司', slj, { type: 'public-service-enterprise' })

  const as = (name: string, role: Role, organ: Organ, reach: Organ[] = [organ]): DeskContext => {
    const post: Post = { role, organId: organ.id, reach: reach.map(one => one.id) }
    const actor: Staff = { kind: 'staff', id: crypto.randomUUID(), name, organId: organ.id, posts: [post] }
    return { ...system, actor, publicOrigin: 'http://localhost:3000' }
  }
  const everywhere = [county, slj, jyj, zls]
  return {
    connection,
    county,
    slj,
    jyj,
    zls,
    administrator: as('周敏', 'system-administrator', county, everywhere),
    openness: as('何敏', 'openness-office', county, everywhere),
    on,
    as,
    async leave() {
      await connection.close()
      await database.drop()
    },
  }
}
