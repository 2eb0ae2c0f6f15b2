const DIGITS = '〇一二三四五六七八九'

/** Whole numbers below ten thousand as they are written in numbering: 十二, 二十, 一百零五. */
export function chineseNumeral(value: number): string {
  if (value < 1 || value > 9999) return String(value)
  let text = ''
  let gap = false
  for (const [unit, sign] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) {
      gap = text !== ''
      continue
    }
    text += `${gap ? '零' : ''}${digit === 1 && unit === 10 && text === '' ? '' : DIGITS[digit]}${sign}`
    gap = false
  }
  return text
}

const SIGNS: Record<string, string> = {
  ideographTraditional: '甲乙丙丁戊己庚辛壬癸',
  ideographZodiac: '子丑寅卯辰巳午未申酉戌亥',
  decimalEnclosedCircle: '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳',
  decimalEnclosedCircleChinese: '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳',
  decimalEnclosedFullstop: '⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛',
  decimalEnclosedParen: '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇',
  ideographEnclosedCircle: '㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉',
}

const CHINESE =
  /^(?:chineseCounting|chineseCountingThousand|japaneseCounting|taiwaneseCounting|taiwaneseCountingThousand|koreanDigital2)$/

/** A number in one of the formats that Word knows (ST_NumberFormat). */
export function numeral(value: number, format: string): string {
  const sign = SIGNS[format]?.[value - 1]
  if (sign !== undefined) return sign
  if (CHINESE.test(format)) return chineseNumeral(value)
  if (format === 'ideographDigital') return [...String(value)].map(digit => DIGITS[Number(digit)]).join('')
  if (format === 'upperLetter' || format === 'lowerLetter') {
    const letter = String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))
    return format === 'upperLetter' ? letter : letter.toLowerCase()
  }
  if (format === 'upperRoman') return roman(value)
  if (format === 'lowerRoman') return roman(value).toLowerCase()
  if (format === 'decimalZero') return String(value).padStart(2, '0')
  if (/^decimalFullWidth2?$/.test(format))
    return String.fromCodePoint(...[...String(value)].map(digit => 0xff10 + Number(digit)))
  return String(value)
}

function roman(value: number): string {
  if (value > 3999) return String(value)
  const signs: [number, string][] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
  ]
  signs.push([50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I'])
  let rest = value
  let text = ''
  for (const [size, sign] of signs) {
    while (rest >= size) {
      text += sign
      rest -= size
    }
  }
  return text
}
