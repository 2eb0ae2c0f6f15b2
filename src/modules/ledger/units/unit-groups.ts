import type { KnownOrgan } from './resolve-units.ts'

/** A name for many organs at once: 各乡镇人民政府, 市直各部门. */
export type GroupRule = {
  words: RegExp
  meaning: string
  holds(organ: KnownOrgan, government: KnownOrgan | null): boolean
}

const isBelow = (organ: KnownOrgan, government: KnownOrgan | null) =>
  government === null || organ.parentId === government.id || organ.id !== government.id

const township = (organ: KnownOrgan, government: KnownOrgan | null) =>
  (organ.kind === 'township' || organ.level === 'township') && isBelow(organ, government)
const zone = (organ: KnownOrgan) => organ.kind === 'development-zone'
const department = (organ: KnownOrgan, government: KnownOrgan | null) =>
  (organ.kind === 'department' || organ.kind === 'office') &&
  (government === null || organ.parentId === null || organ.parentId === government.id)
const enterprise = (organ: KnownOrgan) => organ.kind === 'public-service-enterprise'
const below = (level: KnownOrgan['level']) => (organ: KnownOrgan, government: KnownOrgan | null) =>
  organ.kind === 'government' && organ.level === level && organ.id !== government?.id

/** The first rule whose words fit counts. Blanks are gone and brackets are full-width when they are asked. */
export const groupRules: readonly GroupRule[] = [
  {
    words: /^各(?:级各?部门|地区?各?部门|地各?有关部门|部门各?单位)$|^各有关(?:地区?和)?(?:部门|单位)$/,
    meaning: '本级各部门和各乡镇、街道',
    holds: (organ, own) => department(organ, own) || township(organ, own) || zone(organ),
  },
  {
    words:
      /^各?(?:乡镇|镇乡|乡|镇|街道|镇街|乡镇街道)(?:（[^）]*）)?(?:人民政府|政府|党委政府|办事处)?(?:（[^）]*）)?$/,
    meaning: '下属的乡镇、街道',
    holds: township,
  },
  {
    words: /^各?(?:开发区|园区|新区|片区|功能区)(?:管委会|管理局|管理委员会)?$/,
    meaning: '开发区、园区的管理机构',
    holds: zone,
  },
  {
    words:
      /^(?:各县|各区|各旗|各市|各县市区|各县区|各区县|各区市)(?:（[^）]*）)?(?:人民政府|政府)?(?:（[^）]*）)?$/,
    meaning: '下属的县、市、区人民政府',
    holds: below('county'),
  },
  {
    words: /^各(?:设区市|地级市|市州|州市|盟市|地市)(?:（[^）]*）)?(?:人民政府|政府)?$/,
    meaning: '下属的市、州人民政府',
    holds: below('city'),
  },
  {
    words:
      /^(?:省|市|州|县|区|旗|镇)?(?:政府|直|级|属|人民政府)?(?:各|有关|相关|各有关|各相关)+(?:部门|单位|直属机构|行政机关|行政审批单位|委办局|成员单位|责任单位|牵头单位)$|^(?:省|市|州|县|区)直(?:部门|单位|机关)$/,
    meaning: '本级各部门',
    holds: department,
  },
  {
    words:
      /^(?:各)?(?:公共企事业单位|区属(?:事业单位|国企|国有企业)|市属(?:国企|国有企业)|县属(?:国企|国有企业))$/,
    meaning: '公共企事业单位',
    holds: enterprise,
  },
]
