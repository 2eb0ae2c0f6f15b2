import type { Understood } from '#modules/search'

/** How a question was answered. A program is told, as a reader is: nothing is exchanged silently. */
export const readings = {
  'as-typed': '照所写的找',
  pinyin: '当作拼音',
  corrected: '照所写的没有找到，换成了相近的词',
  'number-alone': '没有这个文号，只按年份和序号找',
  'some-words': '没有同时含有全部词的，找了含有其中一些词的',
} as const
export type HowRead = keyof typeof readings

export function howRead(understood: Understood): { how: HowRead; words: string | null } {
  if (understood.corrected) return { how: 'corrected', words: understood.corrected.question }
  if (understood.someWords) return { how: 'some-words', words: null }
  if (understood.number?.alone) return { how: 'number-alone', words: null }
  if (understood.pinyin) return { how: 'pinyin', words: understood.pinyin.words.join(' ') }
  return { how: 'as-typed', words: null }
}

/** Whether what was found answers the very question that was asked. */
export const isAnswer = (understood: Understood): boolean =>
  ['as-typed', 'pinyin'].includes(howRead(understood).how)
