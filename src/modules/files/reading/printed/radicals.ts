/**
 * Fonts draw a character and the radical of the same shape with one outline, and a PDF then names the radical. Unicode
 * folds those of Kangxi (⼀ → 一) itself, but not these.
 */
const SUPPLEMENT =
  '⺁厂⺄乙⺊卜⺌小⺎兀⺐尢⺒巳⺓幺⺜日⺝月⺟母⺠民⺧牛⺩王⺪疋⺫目⺬示⺮竹⺶羊⺻聿⺼肉⻁虎⻃覀⻄西⻅见⻆角⻉贝⻋车⻏邑⻑長⻓长⻔门⻕阜⻗雨' +
  '⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻱龜⻳龟'

const CHARACTER_OF = new Map(
  [...SUPPLEMENT.matchAll(/(.)(.)/gu)].map(([, radical = '', sign = '']) => [radical, sign]),
)
// Unicode folds it to the form of Taiwan.
CHARACTER_OF.set('⼾', '户')

/** Text with characters in the place of radicals. */
export function withoutRadicals(text: string): string {
  return text.replace(
    /[\u2329\u232a\u2e80-\u2fdf\uf900-\ufaff]/g,
    sign => CHARACTER_OF.get(sign) ?? sign.normalize('NFKC'),
  )
}
