import { ordinalOf, type ReadDocNo, readDocNo } from './doc-no.ts'

const ORDER =
  /^([\u4e00-\u9fff（）]{2,30}(?:令|公告|通告))\s*[（(〔[]?([12][0-9]{3}年?)?[）)〕\]]?第?\s*([0-9]{1,5}|[一二三四五六七八九十百零〇]{1,6})\s*号[）)]?$/

/** The number in a cell of its own: 云政〔2010〕3号, or that of an order as it is counted by organ. */
export function readListedNo(printed: string): { docNo: string | null; why: ReadDocNo['why'] } {
  const order = ORDER.exec(
    printed
      .normalize('NFKC')
      .replace(/\s+/g, '')
      .replace(/文件?$/, ''),
  )
  const no = ordinalOf(order?.[3] ?? '')
  if (order && no > 0) {
    const year = order[2] === undefined ? '' : `${order[2].slice(0, 4)}年`
    return { docNo: `${order[1]}${year}第${no}号`, why: null }
  }
  const { value, why } = readDocNo(printed)
  return { docNo: value?.docNo ?? null, why }
}

/** Is nothing but such a number of an order. */
export function isOrderNo(text: string): boolean {
  return text.length <= 40 && ORDER.test(text.normalize('NFKC').replace(/\s+/g, ''))
}
