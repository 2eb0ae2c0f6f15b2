import { type Box, type Ground, groundNames, grounds } from './engine/box.ts'

export interface Reason {
  ground: Ground
  count: number
  pages: number[]
  /** The sentence for the letter of a partial disclosure. */
  sentence: string
}

/** The reasons of a partial disclosure write themselves: by ground, with the pages (R-EXC-02…08). Pure. */
export function reasonsOf(boxes: readonly Pick<Box, 'page' | 'ground'>[]): Reason[] {
  return groundNames.flatMap(ground => {
    const here = boxes.filter(box => box.ground === ground)
    if (here.length === 0) return []
    const pages = [...new Set(here.map(box => box.page))].sort((one, other) => one - other)
    const { words, article } = grounds[ground]
    const sentence = `第${pages.join('、')}页共${here.length}处${words}，依据《中华人民共和国政府信息公开条例》${article}，不予公开。`
    return [{ ground, count: here.length, pages, sentence }]
  })
}
