import { diffArrays } from 'diff'
import type { PlainDate } from '#lib/beijing-time'

export interface Leader {
  name: string
  post: string
  duties: string
}
export interface Section {
  name: string
  duties: string
  phone: string
}
export interface OpennessOffice {
  name: string
  /** 负责人 */
  officer: string
  phone: string
  address: string
  fax: string
  email: string
}

/** What an organ says of itself (A2, 条例 Art. 20(2)). */
export interface ProfileContent {
  functions: string[]
  leaders: Leader[]
  sections: Section[]
  address: string
  officeHours: string
  phone: string
  fax: string
  email: string
  postcode: string
  opennessOffice: OpennessOffice
}

/** One dated row; it holds until the next one begins. */
export interface OrganProfile extends ProfileContent {
  id: string
  organId: string
  validFrom: PlainDate
  revision: number
  changedBy: string
  changedAt: Date
}

export const emptyOpennessOffice: OpennessOffice = {
  name: '',
  officer: '',
  phone: '',
  address: '',
  fax: '',
  email: '',
}

export const emptyProfile: ProfileContent = {
  functions: [],
  leaders: [],
  sections: [],
  address: '',
  officeHours: '',
  phone: '',
  fax: '',
  email: '',
  postcode: '',
  opennessOffice: emptyOpennessOffice,
}

export const profileLabels: Record<keyof ProfileContent, string> = {
  functions: '主要职责',
  leaders: '负责人',
  sections: '内设机构',
  address: '办公地址',
  officeHours: '办公时间',
  phone: '办公电话',
  fax: '传真',
  email: '电子邮箱',
  postcode: '邮政编码',
  opennessOffice: '政府信息公开工作机构',
}

const profileFields = Object.keys(profileLabels) as (keyof ProfileContent)[]

export function contentOf(profile: ProfileContent): ProfileContent {
  return Object.fromEntries(profileFields.map(field => [field, profile[field]])) as unknown as ProfileContent
}

/** A field as lines a person reads, so that two rows can be compared and shown side by side. */
export function linesOf(content: ProfileContent, field: keyof ProfileContent): string[] {
  const joined = (...parts: string[]) => parts.filter(part => part !== '').join('，')
  switch (field) {
    case 'functions':
      return content.functions
    case 'leaders':
      return content.leaders.map(leader => joined(`${leader.post} ${leader.name}`.trim(), leader.duties))
    case 'sections':
      return content.sections.map(section =>
        joined(section.name, section.duties, section.phone && `电话 ${section.phone}`),
      )
    case 'opennessOffice': {
      const office = content.opennessOffice
      return [
        office.name,
        office.officer && `负责人 ${office.officer}`,
        office.phone && `电话 ${office.phone}`,
        office.address && `地址 ${office.address}`,
        office.fax && `传真 ${office.fax}`,
        office.email && `邮箱 ${office.email}`,
      ].filter(line => line !== '')
    }
    default:
      return content[field] === '' ? [] : [content[field]]
  }
}

export interface Difference {
  field: keyof ProfileContent
  label: string
  removed: string[]
  added: string[]
}

/** What changed from one row to the next. Order counts: the order of leaders is itself a statement. */
export function profileDifferences(before: ProfileContent, after: ProfileContent): Difference[] {
  return profileFields.flatMap(field => {
    const parts = diffArrays(linesOf(before, field), linesOf(after, field))
    const removed = parts.filter(part => part.removed).flatMap(part => part.value)
    const added = parts.filter(part => part.added).flatMap(part => part.value)
    return removed.length + added.length === 0 ? [] : [{ field, label: profileLabels[field], removed, added }]
  })
}

/** Names the row a form was filled from; another one means that somebody saved in between. */
export function profileVersion(profile: Pick<OrganProfile, 'id' | 'revision'> | null): string {
  return profile === null ? 'none' : `${profile.id}.${profile.revision}`
}
