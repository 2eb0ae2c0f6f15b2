import type { Chance } from './chance.ts'
import { chanceOf } from './document.ts'
import { companyOf, personOf, roadOf, townOf, villageOf, waterOf } from './names.ts'
import { dayOf, docNoOf, earlierOf, type Form, formOf, organOf, type Plan } from './plan.ts'
import type { Field } from './words/field.ts'
import { fieldsNamed } from './words/fields.ts'

/** What a document is about, as its title tells. */
export interface Subject {
  field: Field
  topic: string
  title: string
  genre: string
  /** 《…》 that it issues, explains or answers to, without the marks. */
  inner: string | null
  /** Earlier documents that it repeals, amends or explains. */
  targets: readonly Target[]
}

export interface Target {
  docNo: string | null
  title: string
  day: string
}

const periods = [
  (year: number) => `${year}年`,
  (year: number) => `${year}年`,
  (year: number) => `${year}年度`,
  (year: number) => `${year}年上半年`,
  (year: number) => `${year}年第三季度`,
  (year: number) => `${year}年春季`,
  (year: number) => `${year}年冬季`,
  (year: number) => `${year}年国庆期间`,
  (year: number) => `${year}年汛期`,
  () => '元旦春节期间',
  () => '当前',
  () => '高温季节',
]
const aims = ['做好', '进一步加强', '切实加强', '加强', '开展', '扎实推进', '全面推进', '规范', '持续深化']
const works = [
  '工作',
  '管理工作',
  '专项行动',
  '专项整治',
  '有关工作',
  '监督检查',
  '百日攻坚行动',
  '“回头看”工作',
]
const plans = [
  '工作方案',
  '实施方案',
  '三年行动计划',
  '专项整治方案',
  '工作要点',
  '考核方案',
  '试点方案',
  '专项规划',
]
const rules = [
  '管理办法',
  '实施细则',
  '暂行办法',
  '管理规定',
  '实施办法（试行）',
  '考核办法',
  '补助办法',
  '奖励办法',
]

export function subjectOf(plan: Plan, at: number): Subject {
  const form = formOf(plan, at)
  const organ = organOf(plan, at)
  const chance = chanceOf(plan.seed, at, 'subject')
  const field = chance.any(fieldsNamed(organ.fields))
  const topic = chance.usual(field.topics)
  const year = Number(dayOf(plan, at).slice(0, 4))
  const base = { field, topic, inner: null, targets: [] as Target[] }
  const titled = (about: string, genre: string, more: Partial<Subject> = {}): Subject => ({
    ...base,
    title: `${organ.name}关于${about}的${genre}`,
    genre,
    ...more,
  })
  switch (form) {
    case 'plan': {
      const inner = `云溪县${chance.happens(0.5) ? `${year}年` : ''}${topic}${chance.any(plans)}`
      return titled(`印发《${inner}》`, '通知', { inner })
    }
    case 'rules': {
      const inner = `${scopeOf(organ.level, organ.shortName)}${chance.happens(0.3) ? chance.any(field.projects) : topic}${chance.any(rules)}`
      return titled(`印发《${inner}》`, '通知', { inner })
    }
    case 'announcement':
      return announced(titled, chance, field, topic, year)
    case 'publicity':
      return { ...base, title: publicityTitle(chance, field, topic, year), genre: '公示' }
    case 'reply': {
      const inner = `关于${chance.any(['审批', '批准', '核准', '申请实施'])}${townOf(chance)}${villageOf(chance)}${chance.any(field.projects)}的请示`
      const about = inner.slice(2, -3).replace(/^(?:审批|批准|核准|申请实施)/, '')
      return titled(`${about}${chance.any(['实施方案', '初步设计', '可行性研究报告', '立项'])}`, '批复', {
        inner,
      })
    }
    case 'opinion':
      return titled(`${chance.any(aims)}${topic}工作`, chance.any(['意见', '实施意见', '若干意见']), {
        genre: '意见',
      })
    case 'bulletin':
      return titled(
        `${chance.any(periods)(year)}${topic}${chance.any(['工作情况', '检查情况', '考核结果', '进展情况', '抽查情况'])}`,
        '通报',
      )
    case 'letter':
      return titled(
        `${chance.any(['商请支持', '征求', '协助核查', '反馈'])}${townOf(chance)}${topic}${chance.any(['有关事项', '意见', '情况'])}`,
        '函',
      )
    case 'fund':
      return titled(
        `下达${year}年${topic}${chance.any(['专项资金', '补助资金', '奖补资金', '中央预算内投资计划', '县级配套资金'])}`,
        '通知',
      )
    case 'group':
      return titled(
        `${chance.any(['成立', '调整'])}云溪县${topic}${chance.any(['工作领导小组', '指挥部', '工作专班'])}${chance.happens(0.4) ? '组成人员' : ''}`,
        '通知',
      )
    case 'repeal-one':
    case 'amend':
    case 'interpretation':
    case 'repeal-several':
      return aboutEarlier(plan, at, form, chance, base, titled)
    default:
      return noticed(titled, chance, field, topic, year)
  }
}

type Titled = (about: string, genre: string, more?: Partial<Subject>) => Subject

function noticed(titled: Titled, chance: Chance, field: Field, topic: string, year: number): Subject {
  const work = chance.usual(works)
  const pick = chance.below(10)
  if (pick < 5)
    return titled(
      `${chance.usual(aims)}${chance.happens(0.6) ? chance.usual(periods)(year) : ''}${topic}${work}`,
      '通知',
    )
  if (pick < 7)
    return titled(`${chance.any(aims)}${townOf(chance)}${chance.any(field.topics)}${work}`, '通知')
  if (pick < 8) return titled(`报送${chance.any(periods)(year)}${topic}工作情况`, '通知')
  if (pick < 9) return titled(`举办${year}年${topic}培训班`, '通知')
  return titled(`加快${villageOf(chance)}${chance.any(field.projects)}建设`, '通知')
}

function announced(titled: Titled, chance: Chance, field: Field, topic: string, year: number): Subject {
  const genre = chance.happens(0.6) ? '公告' : '通告'
  const about = chance.any([
    () => `${townOf(chance)}${villageOf(chance)}${chance.any(field.projects)}施工期间实行管制`,
    () => `${year}年${topic}有关事项`,
    () => `${roadOf(chance)}封闭施工`,
    () => `划定${waterOf(chance)}管理范围`,
    () => `${companyOf(chance)}${topic}抽检结果`,
    () => `开展${topic}集中整治`,
  ])()
  return titled(about, genre)
}

function publicityTitle(chance: Chance, field: Field, topic: string, year: number): string {
  return chance.any([
    () => `${year}年度${topic}补助对象名单公示`,
    () => `${townOf(chance)}${villageOf(chance)}${chance.any(field.projects)}中标候选人公示`,
    () => `${companyOf(chance)}${topic}资金拨付公示`,
    () => `${year}年${topic}先进个人拟表扬名单公示`,
    () => `${personOf(chance)}等同志${topic}考核结果公示`,
  ])()
}

/** Repeals, amendments and explanations need something earlier; without it, an ordinary notice. */
function aboutEarlier(
  plan: Plan,
  at: number,
  form: Form,
  chance: Chance,
  base: Pick<Subject, 'field' | 'topic'>,
  titled: Titled,
): Subject {
  const { field, topic } = base
  const year = Number(dayOf(plan, at).slice(0, 4))
  const count = form === 'repeal-several' ? chance.between(3, 9) : 1
  const targets = earlierOf(plan, at, chance, count).map(other => ({
    docNo: docNoOf(plan, other),
    title: subjectOf(plan, other).title,
    day: dayOf(plan, other),
  }))
  const [first] = targets
  if (!first) return noticed(titled, chance, field, topic, year)
  const cited = nested(first.title)
  if (form === 'interpretation') {
    const about = /《(.+)》/.exec(first.title)?.[1] ?? first.title
    return {
      field,
      topic,
      inner: about,
      targets,
      title: `《${nested(about)}》${chance.any(['政策解读', '解读', '图文解读'])}`,
      genre: '解读',
    }
  }
  const genre = chance.happens(0.6) ? '决定' : '通知'
  if (form === 'amend') return titled(`修改《${cited}》`, '决定', { targets })
  if (form === 'repeal-one' || targets.length < 3)
    return titled(`废止《${cited}》`, genre, { targets: [first] })
  const about = chance.happens(0.5)
    ? `废止《${cited}》等${targets.length}件文件`
    : '废止和宣布失效部分行政规范性文件'
  return titled(about, genre, { targets })
}

/** A title within 《》 has 〈〉 for its own marks. */
export const nested = (title: string): string => title.replaceAll('《', '〈').replaceAll('》', '〉')

function scopeOf(level: string, shortName: string): string {
  return level === 'township' ? shortName : '云溪县'
}
