import { Chance } from './chance.ts'
import { rareStemOf } from './names.ts'
import { townshipNames } from './organs.ts'
import { docNoOf, type Plan } from './plan.ts'
import { words } from './words/field.ts'
import { fields } from './words/fields.ts'

/** What is asked of the search. */
export interface Query {
  words: string
  /** Words searched among the hits of the first. */
  within?: string
  /** Worth on that day. */
  on?: string
}

export const queryClasses = {
  rare: '罕见词',
  medium: '中频词',
  common: '常见词',
  'very-common': '极常见词',
  several: '几个词',
  number: '文号',
  within: '结果中再搜',
  'as-of': '某日有效性',
} as const
export type QueryClass = keyof typeof queryClasses

// In how many documents a word stands was counted over 10,000 of them.

/** In nine of ten. */
const veryCommon = words('单位 有关 人民政府 云溪县 工作 政府 云溪 乡镇')
/** In two to four of ten. */
const common = words(
  `群众 宣传 服务 申请 年度 企业 电话 措施 政策 领导 机制 专项 公开 经费 报告 有限公司 督促 反映 采取 制定 执行 反馈 程序 联系电话 机构 核实 时限 支出 办理
  行政 主体 成效 培训 法律 合作 处理 资源 条件 协调 施行 引导 专业 履行 审核 经验 工程 研究 发放 名单 原则 台账 法规 质量 目标 农村 数据 统计 完善 报送 意见 办公室 抽查 广播 办法 进展`,
)
/** In two to four of a hundred. */
const medium = words(
  `平方米 派出所 就业 中小学 秸秆 一体化 防控 矿山 学校 冷链 粮油 播种面积 预案 援助 河道 门户网站 医疗机构 实施方案 建材 机械制造 不可抗力 消防通道 融资 大坝 绩效 化学品
  床位 诈骗 新能源 地质灾害 渔业 养殖 满意率 拖欠工资 扰民 家庭医生 幼儿园 生猪 招标 排水 津贴 招商 出租房 卫生室 特困 法律援助 资助 营商 废物 高标准 种植 修缮 业主 高龄 水源 林区 餐饮
  防火 创业 文物 动物 营业执照 屠宰 护林员 老龄化 种粮 火灾 采矿`,
)

/**
 * Questions of every class, the same for the same corpus, `count` of each. `loaded`: only documents before this one are there.
 */
export function queriesOf(plan: Plan, count = 300, loaded = plan.scale): Record<QueryClass, Query[]> {
  const chance = new Chance(plan.seed, loaded, 77)
  const make = (one: () => Query) => Array.from({ length: count }, one)
  const day = () => `${chance.between(2014, 2026)}-${chance.any(['01-15', '05-01', '07-01', '09-20'])}`
  const several = () => {
    const field = chance.any(fields)
    return chance.any([
      () => `${chance.usual(field.topics)} ${chance.any(common)}`,
      () => `${chance.any(townshipNames)} ${chance.usual(field.topics)}`,
      () => `${chance.any(medium)} ${chance.any(common)}`,
      () => `${chance.between(2013, 2026)}年 ${chance.usual(field.topics)} ${chance.any(common)}`,
      () => `${chance.usual(field.actors)} ${chance.usual(field.problems)}`,
      () => `${chance.any(common)} ${chance.any(common)}`,
      () => `${chance.usual(field.topics)}${chance.any(['管理办法', '实施方案', '工作通知', '补助标准'])}`,
    ])()
  }
  return {
    rare: make(() => ({ words: rareStemOf(chance) })),
    medium: make(() => ({ words: chance.any(medium) })),
    common: make(() => ({ words: chance.any(common) })),
    'very-common': make(() => ({ words: chance.any(veryCommon) })),
    several: make(() => ({ words: several() })),
    number: make(() => ({ words: numberIn(plan, loaded, chance) })),
    within: make(() => ({ words: chance.any([...common, ...veryCommon]), within: chance.any(medium) })),
    'as-of': make(() => ({ words: chance.happens(0.5) ? chance.any(common) : several(), on: day() })),
  }
}

/** A number that some document bears, as people type it. */
function numberIn(plan: Plan, loaded: number, chance: Chance): string {
  for (;;) {
    const no = docNoOf(plan, chance.below(loaded))
    if (no === null) continue
    const [open, close] = chance.any([
      ['〔', '〕'],
      ['〔', '〕'],
      ['[', ']'],
      ['（', '）'],
    ])
    return no.replace('〔', open ?? '').replace('〕', close ?? '')
  }
}
