/** The kinds of numbers that official documents put before an item, from the outside in (S-GWG-13, and what else is met). */
export const markKinds = [
  'part',
  'chapter',
  'section',
  'article',
  'han',
  'named',
  'han-bracket',
  'arabic',
  'dotted',
  'arabic-bracket',
  'half-bracket',
  'circled',
] as const
export type MarkKind = (typeof markKinds)[number]

/** `length` counts everything before the words: number, separator and blanks. */
export type Mark = { kind: MarkKind; value: number; printed: string; length: number }

const HAN = '[一二三四五六七八九十百]{1,4}'
const DIGITS = '[0-9０-９]{1,3}'

const SPELLINGS: readonly [MarkKind | 'unit', RegExp][] = [
  [
    'unit',
    new RegExp(`^第\\s?(${HAN}|${DIGITS})\\s?(部分|编|篇|章|节|条)(?![款项的和与及、，,规第])[\\s：:、.．]*`),
  ],
  // 一、二级公路 is no number, nor is 三、四季度.
  ['han', new RegExp(`^(${HAN})\\s{0,2}[、．.](?!${HAN}(?:[级类线产期季月年]|[、．.]))\\s*`)],
  ['han', new RegExp(`^(${HAN})\\s{0,2}[，,]\\s*(?=[^一二三四五六七八九十])`)],
  [
    'named',
    new RegExp(
      `^(?:重点|主要|专项|突出)?(?:任务|行动|问题|事项|项目|举措|工程)(${HAN}|${DIGITS})[：:、.．\\s]\\s*`,
    ),
  ],
  ['han-bracket', new RegExp(`^[（(【［[〔]\\s?(${HAN})\\s?[）)】］\\]〕][、.．，,：:]?\\s*`)],
  ['han-bracket', new RegExp(`^(${HAN})[）)]\\s*`)],
  ['arabic-bracket', new RegExp(`^[（(]\\s?(${DIGITS})\\s?[）)][、.．]?\\s*`)],
  ['half-bracket', new RegExp(`^(${DIGITS})\\s?[）)]\\s*`)],
  [
    'dotted',
    /^([0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,3})[.．、]?\s*(?=[^0-9０-９.．亿万千百元个倍％%年月日级人件米公℃-])/,
  ],
  ['arabic', new RegExp(`^(${DIGITS})\\s{0,2}[.．、](?=[0-9]{4}\\s?年|[0-9]{1,2}月|[^0-9０-９]|$)\\s*`)],
  ['arabic', new RegExp(`^(${DIGITS})[，,](?=[\\u4e00-\\u9fff“])`)],
]

const UNITS: Record<string, MarkKind> = {
  部分: 'part',
  编: 'part',
  篇: 'part',
  章: 'chapter',
  节: 'section',
  条: 'article',
}

/** The number a line opens with; null when it opens with words. */
export function readMark(line: string): Mark | null {
  const special = specialSign(line)
  if (special) return special
  for (const [kind, spelling] of SPELLINGS) {
    const match = spelling.exec(line)
    if (!match) continue
    const [whole, number = '', unit = ''] = match
    return {
      kind: kind === 'unit' ? (UNITS[unit] ?? 'article') : kind,
      value: kind === 'dotted' ? lastPart(number) : numberOf(number),
      printed: whole.trim(),
      length: whole.length,
    }
  }
  return null
}

/** Numbers that are one sign: ①, ⑴, ⒈, ㈠. */
function specialSign(line: string): Mark | null {
  const code = line.codePointAt(0) ?? 0
  const sets: readonly [first: number, last: number, MarkKind][] = [
    [0x2460, 0x2473, 'circled'],
    [0x2776, 0x277f, 'circled'],
    [0x2474, 0x2487, 'arabic-bracket'],
    [0x2488, 0x249b, 'arabic'],
    [0x3220, 0x3229, 'han-bracket'],
  ]
  for (const [first, last, kind] of sets) {
    if (code < first || code > last) continue
    const whole = /^.[、.．]?\s*/u.exec(line)?.[0] ?? ''
    return { kind, value: code - first + 1, printed: whole.trim(), length: whole.length }
  }
  return null
}

const lastPart = (dotted: string) => numberOf(dotted.split(/[.．]/).at(-1) ?? '')

/** 十二, 12 and １２ → 12. */
export function numberOf(printed: string): number {
  const text = printed.replace(/[０-９]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  if (/^[0-9]+$/.test(text)) return Number(text)
  let total = 0
  let digit = 0
  for (const sign of text) {
    const value = '零一二三四五六七八九'.indexOf(sign)
    if (value >= 0) digit = value
    else {
      total += (digit || 1) * (sign === '百' ? 100 : 10)
      digit = 0
    }
  }
  return total + digit
}

/** The number as it is told: `1`, `（一）`, `三`, without the separator behind it. */
export function toldNumber(mark: Mark): string {
  return mark.printed.replace(/[、.．，,：:]$/, '')
}
