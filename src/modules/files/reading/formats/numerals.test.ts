import { expect, it } from 'vitest'
import { chineseNumeral, numeral } from './numerals.ts'

it.each([
  [1, '一'],
  [10, '十'],
  [11, '十一'],
  [20, '二十'],
  [99, '九十九'],
  [100, '一百'],
  [105, '一百零五'],
  [110, '一百一十'],
  [1001, '一千零一'],
  [1020, '一千零二十'],
])('writes %i as %s', (value, text) => {
  expect(chineseNumeral(value)).toBe(text)
})

it.each([
  ['upperLetter', 28, 'BB'],
  ['lowerRoman', 14, 'xiv'],
  ['decimalEnclosedCircle', 3, '③'],
  ['ideographTraditional', 2, '乙'],
  ['decimalFullWidth', 12, '１２'],
  ['decimalZero', 5, '05'],
  ['unknownToUs', 7, '7'],
])('knows the format %s of Word', (format, value, text) => {
  expect(numeral(value, format)).toBe(text)
})
