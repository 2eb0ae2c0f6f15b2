import { inChinese, type PlainDate } from '#lib/beijing-time'
import { conflict } from '#lib/errors'

/** What kind of body an organ is (A1); the words stand on every page that shows one. */
export const organTypes = {
  government: '人民政府',
  office: '政府办公室',
  department: '工作部门',
  'development-zone': '开发区管理机构',
  township: '乡镇、街道',
  'public-service-enterprise': '公共企事业单位',
  village: '村、社区',
} as const
export type OrganType = keyof typeof organTypes

export const organLevels = {
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡级',
  village: '村级',
} as const
export type OrganLevel = keyof typeof organLevels

export interface Organ {
  id: string
  /** Stands in addresses (`/organs/slj`), so it never changes (S-DOM-04). */
  key: string
  parentId: string | null
  name: string
  shortName: string
  type: OrganType
  level: OrganLevel
  /** 统一社会信用代码, the head of every index number (R-CATG-04). */
  uscc: string | null
  /** 机关代字: `云政发`, `云政规` */
  docCodes: string[]
  sortOrder: number
  establishedOn: PlainDate | null
  /** The last day on which the organ acted. */
  abolishedOn: PlainDate | null
  successorId: string | null
  revision: number
  changedBy: string
  changedAt: Date
}

/** Whether the organ acts on that day: the day of abolition is its last. */
export function standsOn(organ: Pick<Organ, 'abolishedOn'>, on: PlainDate): boolean {
  return organ.abolishedOn === null || on <= organ.abolishedOn
}

/** Refuses an act in the name of an organ that no longer exists on that day. */
export function mustStand(organ: Pick<Organ, 'name' | 'abolishedOn'>, on: PlainDate): void {
  if (!standsOn(organ, on)) mustNotBeAbolished(organ)
}

/** Refuses to change what an abolished organ was; its history stays as it is. */
export function mustNotBeAbolished(organ: Pick<Organ, 'name' | 'abolishedOn'>): void {
  if (organ.abolishedOn === null) return
  throw conflict(
    'organisations.abolished',
    `“${organ.name}”已于${inChinese(organ.abolishedOn)}撤销，不能再以它的名义办理。请改用承接其职责的机构。`,
  )
}

/**
 * What a cached page that shows an organ's profile depends on. Names of organs and sites stand on every page, so a
 * change of those empties the whole cache.
 */
export const organTag = (id: string) => `organ:${id}`

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/**
 * What is odd about a unified social credit code by GB 32100 (alphabet without I, O, S, V, Z; check character modulo
 * 31). A warning only: index numbers need eighteen characters, and a wrong one in the paper is still the one in use.
 */
export function usccWarning(code: string): string | null {
  const values = [...code].map(character => usccAlphabet.indexOf(character))
  if (values.length !== 18) return '统一社会信用代码应当是18位。'
  if (values.includes(-1)) return '统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z。'
  const sum = values.slice(0, 17).reduce((total, value, at) => total + value * (3 ** at % 31), 0)
  const wanted = usccAlphabet[(31 - (sum % 31)) % 31]
  return code[17] === wanted
    ? null
    : `统一社会信用代码的最后一位（校验码）按国家标准应当是“${wanted}”，请对照证书核对。`
}

/** `云政发、云政规` → both, once each, as typed. */
export function splitDocCodes(text: string): string[] {
  return [...new Set(text.split(/[、,，;；\s]+/u).filter(code => code !== ''))]
}
