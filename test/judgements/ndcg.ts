/** Discounted gain of an order of grades: what stands further down counts less. */
const gainOf = (grades: readonly number[]) =>
  grades.reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0)

/** nDCG: 1 when nothing could stand better among the first `depth`, 0 when nothing wanted is there. */
export function ndcg(found: readonly number[], all: readonly number[], depth = 10): number {
  const best = gainOf([...all].sort((a, b) => b - a).slice(0, depth))
  return best === 0 ? 1 : gainOf(found.slice(0, depth)) / best
}
