/** 信息处理费 (109号, R-FEE). One of two bases for a request, never both (R-FEE-02). */
export const bases = { pieces: '按件计收', pages: '按量计收' } as const
export type Basis = keyof typeof bases

/** Price of the n-th request of one applicant to one organ in a calendar month, in yuan (R-FEE-04). */
export function priceOfPiece(n: number): number {
  if (n <= 10) return 0
  return n <= 30 ? 100 : 200 + 100 * Math.floor((n - 31) / 10)
}

/** A bracket of a charge: how many, at what price. */
export interface Bracket {
  from: number
  to: number
  price: number
  sum: number
}

export interface Charge {
  basis: Basis
  quantity: number
  /** Only what costs something; empty: nothing is charged. */
  brackets: Bracket[]
  amount: number
}

/** What `count` further pieces cost after `before` of the month (R-FEE-04, over the excess only). */
export function chargeByPieces(before: number, count: number): Charge {
  const brackets: Bracket[] = []
  for (let n = before + 1; n <= before + count; n += 1) add(brackets, n, n, priceOfPiece(n))
  return whole('pieces', count, brackets)
}

const pageSteps = [
  { upTo: 30, price: 0 },
  { upTo: 100, price: 10 },
  { upTo: 200, price: 20 },
  { upTo: Number.POSITIVE_INFINITY, price: 40 },
] as const

/** What the pages of one answer cost (R-FEE-05). */
export function chargeByPages(pages: number): Charge {
  const brackets: Bracket[] = []
  let from = 1
  for (const { upTo, price } of pageSteps) {
    const to = Math.min(pages, upTo)
    if (to >= from) add(brackets, from, to, price)
    from = upTo + 1
  }
  return whole('pages', pages, brackets)
}

function add(brackets: Bracket[], from: number, to: number, price: number): void {
  const last = brackets.at(-1)
  if (last && last.price === price) {
    last.to = to
    last.sum += price * (to - from + 1)
  } else brackets.push({ from, to, price, sum: price * (to - from + 1) })
}

function whole(basis: Basis, quantity: number, all: Bracket[]): Charge {
  const brackets = all.filter(bracket => bracket.price > 0)
  return { basis, quantity, brackets, amount: brackets.reduce((sum, one) => sum + one.sum, 0) }
}

/** The reckoning in words, as the notice states it (R-FEE-06). */
export function chargeInWords({ basis, brackets, amount }: Charge): string {
  if (amount === 0) return '在免费范围内，不收费。'
  const unit = basis === 'pieces' ? '件' : '页'
  const parts = brackets.map(({ from, to, price, sum }) =>
    from === to
      ? `第 ${from} ${unit}，${price} 元/${unit}，计 ${sum} 元`
      : `第 ${from} 至 ${to} ${unit}，${price} 元/${unit}，计 ${sum} 元`,
  )
  return `${parts.join('；')}；共计 ${amount} 元。`
}
