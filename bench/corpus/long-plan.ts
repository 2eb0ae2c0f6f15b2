import { Chance } from './chance.ts'

const CHARACTERS_A_PAGE = 700
const CHAPTERS = [
  '办事公开',
  '财政公开',
  '民生公开',
  '平台建设',
  '政策解读',
  '回应关切',
  '基层公开',
  '队伍建设',
]
const UNITS = [
  '县财政局',
  '县教育局',
  '县民政局',
  '县司法局',
  '县水利局',
  '县住建局',
  '县农业农村局',
  '县卫健局',
]
const DEEDS = [
  '把办事要交的材料列成清单',
  '把补贴发放的名单和数额张榜',
  '把重大项目的进展画成一张图',
  '把常见问题编成一问一答',
  '把停更的栏目并到一处',
  '请群众代表到会上听一听',
]
const WAYS = [
  '，放到县政府网站首页',
  '，同时印成折页放在大厅',
  '，有变动的当天更新',
  '，由专人每天看一遍',
  '，向全县公布电话',
]
const TERMS = ['2027年6月底前完成。', '年内完成。', '每季度更新一次。', '印发后3个工作日内公开。', '']

/** A plan of our own words in the style of brackets, about as long as asked. */
export function longPlan(pages: number, seed = 1): string {
  const chance = new Chance(seed)
  const lines = ['云溪县2027年政务公开工作要点']
  let length = 0
  for (let chapter = 0; length < pages * CHARACTERS_A_PAGE; chapter++) {
    const name = CHAPTERS[chapter % CHAPTERS.length]
    lines.push(`${numeral(chapter + 1)}、做好${name}`)
    for (let item = 1; item <= 12; item++) {
      const sentences = Array.from(
        { length: 4 },
        () => `${chance.any(DEEDS)}${chance.any(WAYS)}${chance.any(WAYS)}。`,
      )
      const line = `${item}.${sentences.join('')}${chance.any(TERMS)}（${chance.any(UNITS)}牵头，会同${chance.any(UNITS)}、各乡镇人民政府落实）`
      lines.push(line)
      length += line.length
    }
  }
  return lines.join('\n')
}

const DIGITS = '〇一二三四五六七八九'

function numeral(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS[ones] : ''}`
}
