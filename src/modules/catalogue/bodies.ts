import type { PlainDate } from '#lib/beijing-time'
import { type Organ, type OrganType, standsOn } from '#modules/organisations'

/** Words of 公开主体 that mean every organ of a kind. */
const kinds: [RegExp, readonly OrganType[]][] = [
  [/^(?:各级)?行政机关$/, ['government', 'office', 'department', 'development-zone', 'township']],
  [/^(?:县级|市级|本级)?(?:人民)?政府$|^[县市区]政府$|^县级以上(?:地方)?(?:各级)?人民政府$/, ['government']],
  [/^(?:各|各级|相关|有关|县直各?|县级|县直|相关审批|相关监管|审批)部门$/, ['department']],
  [/^(?:各)?(?:乡镇|乡（镇）|镇)(?:人民)?政府$|^(?:各)?(?:乡镇|街道)$|街道办事处$|^乡镇街道$/, ['township']],
  [/^(?:各)?(?:村|社区|村社区)$|村民?委员会$|居民?委员会$|^村（居）(?:民)?委(?:员)?会$/, ['village']],
  [/^(?:各)?公共企事业单位$/, ['public-service-enterprise']],
  [/^开发区(?:管委会|管理委员会|管理机构)?$/, ['development-zone']],
  [/^(?:县|市|区)?政府办公[室厅]$/, ['office']],
]

const written = (text: string) =>
  text
    .replace(/[\s　]/g, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')

/** The parts of 公开主体; a second name in brackets behind the first is the same body. */
const bodiesIn = (words: string): string[] =>
  written(words)
    .replace(/（(?:街道办事处|街道)）/g, '')
    .split(/[、，,；;/]/)
    .filter(part => part !== '')

/** The organs that one part of 公开主体 means: one by its name, all of a kind, or those of a field (“民政部门”). */
function organsNamed<One extends Pick<Organ, 'name' | 'shortName' | 'type'>>(
  body: string,
  organs: readonly One[],
): One[] {
  const named = organs.filter(organ => written(organ.name) === body || organ.shortName === body)
  if (named.length > 0) return named
  const kind = kinds.find(([pattern]) => pattern.test(body))
  if (kind) return organs.filter(organ => kind[1].includes(organ.type))
  const stem = body
    .replace(/^(?:县级|市级|区级|本级|各级|县|市|区)/, '')
    .replace(/(?:行政)?(?:主管|管理|监管|监督管理)?(?:部门|机构|单位|企业|公司|局)$/, '')
  if (stem.length < 2 || stem === body) return []
  return organs.filter(
    organ =>
      (organ.type === 'department' || organ.type === 'public-service-enterprise') &&
      organ.name.includes(stem),
  )
}

/** Who owes what an item asks for, on a day; each once. */
export function owingOrgans<One extends Pick<Organ, 'id' | 'name' | 'shortName' | 'type' | 'abolishedOn'>>(
  words: string,
  organs: readonly One[],
  today: PlainDate,
): One[] {
  const standing = organs.filter(organ => standsOn(organ, today))
  return [...new Set(bodiesIn(words).flatMap(body => organsNamed(body, standing)))]
}
