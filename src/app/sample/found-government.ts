import { z } from 'zod'
import {
  createOrgan,
  createOrganInput,
  createSite,
  createSiteInput,
  restructure,
  restructureInput,
  saveProfile,
  saveProfileInput,
} from '#modules/organisations'
import { createStaff, createStaffInput, givePost, givePostInput } from '#modules/people'
import { columnInput, saveColumn } from '#modules/publications'
import { type Role, roles } from '#platform/actor'
import type { Context } from '#platform/context'

/** A government as a file describes it: the sample's, and that of `mingtang init`. */
const governmentFile = z.object({
  sites: z
    .array(
      z.looseObject({
        key: z.string(),
        organ: z.string(),
        columns: z.array(z.looseObject({ path: z.string() })),
      }),
    )
    .min(1),
  organs: z.array(z.looseObject({ key: z.string(), name: z.string() })).min(1),
  restructurings: z
    .array(z.looseObject({ key: z.string(), successor: z.string(), abolishedOn: z.string() }))
    .default([]),
  staff: z
    .array(
      z.object({
        username: z.string(),
        name: z.string(),
        organ: z.string(),
        roles: z.array(z.enum(Object.keys(roles) as [Role])),
      }),
    )
    .min(1),
})
export type GovernmentFile = z.output<typeof governmentFile>

export interface SampleLogin {
  username: string
  name: string
  organ: string
  roles: string[]
  password: string
  staffId: string
  isAdministrator: boolean
  /** Of the sample's administrators: the secret for an authenticator app, and codes that work once each. */
  secondFactor?: { secret: string; backupCodes: string[] }
}

export interface FoundedGovernment {
  organIds: Map<string, string>
  organs: Map<string, { id: string; name: string }>
  /** `site:path` → column. */
  columns: Map<string, { id: string; siteId: string }>
  /** What a disclosure guide says of each organ's openness office (R-CATG-01). */
  guideFields: Map<string, Record<string, string>>
  logins: SampleLogin[]
}

const joined = (value: unknown, separator: string) => (Array.isArray(value) ? value.join(separator) : value)

/** Makes organs, profiles, sites, columns and accounts through the same acts as the desk. */
export async function foundGovernment(
  ctx: Context,
  file: unknown,
  options: { mustChangePassword: boolean } = { mustChangePassword: false },
): Promise<FoundedGovernment> {
  const government = governmentFile.parse(file)
  const founded: FoundedGovernment = {
    organIds: new Map(),
    organs: new Map(),
    columns: new Map(),
    guideFields: new Map(),
    logins: [],
  }
  const abolished = new Set(government.restructurings.map(one => one.key))
  for (const organ of [
    ...government.organs,
    ...government.restructurings.filter(one => !founded.organs.has(one.key)),
  ]) {
    const parentId = typeof organ.parent === 'string' ? founded.organIds.get(organ.parent) : null
    const made = await createOrgan(
      ctx,
      createOrganInput.parse({
        sortOrder: organ.order ?? 0,
        ...organ,
        parentId: parentId ?? null,
        abolishedOn: undefined,
      }),
    )
    founded.organIds.set(organ.key, made.id)
    founded.organs.set(organ.key, { id: made.id, name: made.name })
    founded.guideFields.set(organ.key, guideFieldsOf(organ))
    if (!abolished.has(organ.key))
      await saveProfile(
        ctx,
        saveProfileInput.parse({
          ...organ,
          organId: made.id,
          validFrom: organ.profileFrom ?? ctx.clock.today(),
        }),
      )
  }
  for (const one of government.restructurings)
    await restructure(
      ctx,
      restructureInput.parse({
        ...one,
        organId: founded.organIds.get(one.key),
        successorId: founded.organIds.get(one.successor),
        happenedOn: one.abolishedOn,
      }),
    )
  for (const [index, site] of government.sites.entries()) await foundSite(ctx, founded, site, index === 0)
  for (const person of government.staff) {
    const organId = founded.organIds.get(person.organ)
    if (!organId) throw new Error(`人员 ${person.name} 的机构不存在：${person.organ}`)
    const { staffId, password } = await createStaff(
      ctx,
      createStaffInput.parse({
        username: person.username,
        name: person.name,
        organId,
        mustChangePassword: options.mustChangePassword,
      }),
    )
    for (const role of person.roles)
      await givePost(ctx, givePostInput.parse({ staffId, role, organId, fromOn: ctx.clock.today() }))
    founded.logins.push({
      username: person.username,
      name: person.name,
      organ: founded.organs.get(person.organ)?.name ?? '',
      roles: person.roles.map(role => roles[role]),
      password,
      staffId,
      isAdministrator: person.roles.some(role => role.endsWith('-administrator')),
    })
  }
  return founded
}

const officeFacts = z.looseObject({
  name: z.string().default(''),
  address: z.string().default(''),
  phone: z.string().default(''),
  fax: z.string().default(''),
  email: z.string().default(''),
})

function guideFieldsOf(organ: Record<string, unknown>): Record<string, string> {
  const office = officeFacts.parse(organ.opennessOffice ?? {})
  return {
    officeName: office.name,
    officeAddress: office.address,
    officeHours: String(organ.officeHours ?? ''),
    officePhone: office.phone,
    officeFax: office.fax,
    officeInternet: office.email,
  }
}

async function foundSite(
  ctx: Context,
  founded: FoundedGovernment,
  site: GovernmentFile['sites'][number],
  isDefault: boolean,
): Promise<void> {
  const { columns, organ, ...facts } = site
  const made = await createSite(
    ctx,
    createSiteInput.parse({
      hosts: [],
      footer: facts,
      ...facts,
      organId: founded.organIds.get(organ),
      isDefault,
    }),
  )
  for (const [order, column] of columns.entries()) {
    const input = columnInput.parse({
      ...column,
      keywords: joined(column.keywords, ','),
      siteId: made.id,
      sortOrder: order * 10,
      updateLimitDays: column.updateLimitDays ?? '',
    })
    founded.columns.set(`${site.key}:${column.path}`, { id: await saveColumn(ctx, input), siteId: made.id })
  }
}
