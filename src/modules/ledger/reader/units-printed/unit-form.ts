import { allowedInNames, notInNames, organEndings } from './unit-words.ts'

const ENDING = new RegExp(`(?:${[...organEndings].sort((a, b) => b.length - a.length).join('|')})$`)
const GENERIC_OPENING =
  /^(?:各|全[市县区省州]|[省市州县区旗镇盟]?直(?:各|有关|相关|属|部门|机关|单位)|驻|中央|有关|相关|其他|其它)/
const REGION = /^(?:省|市|州|县|区|旗|盟|镇|自治区|新区)/
/** Endings that are words of daily life too; alone they make no name. */
const WEAK = new Set([
  ...'部会社站所队台馆网室组县区市州旗盟乡镇村司校院科股处',
  ...'地区 窗口 移动 社区 企业 主体 机构 大数据 气象 地震 邮政 供电 烟草 消防'.split(' '),
])

/**
 * How much a piece of text has the form of an organ's name, 0…1. It is only convincing where an organ is expected: behind
 * a label, in a bracket, in a column of units.
 */
export function unitForm(printed: string): number {
  const name = printed.replace(/[\s\u200B]+/g, '')
  const bare = name.replace(/[（(【〔[][^（）()【】〔〕[\]]*[）)】〕\]]/g, '')
  if (bare.length < 2 || name.length > 40 || bare.length > 28) return 0
  if (/[。；;：:！!？?“”"《》<>＝=＋+％%…]/.test(name)) return 0
  if (notInNames.test(bare.replace(allowedInNames, ''))) return 0
  if (/^[0-9０-９.．年月日\-/]+$/.test(name)) return 0
  const generic = GENERIC_OPENING.test(bare)
  const ending = ENDING.exec(bare)?.[0]
  if (ending === undefined)
    return generic && bare.length <= 12 ? 0.6 : REGION.test(bare) && bare.length <= 8 ? 0.45 : 0.2
  if (generic) return 0.95
  const weak = WEAK.has(ending)
  if (bare.length === 2 && weak) return 0.5
  if (weak) return REGION.test(bare) ? 0.85 : bare.length <= 12 ? 0.8 : 0.5
  return bare.length <= 18 ? 0.95 : 0.8
}

/** Ends like an organ: what stands before 和 in a list of two. */
export function endsAsOrgan(text: string): boolean {
  return ENDING.test(text.replace(/[（(][^（）()]*[）)]$/, ''))
}
