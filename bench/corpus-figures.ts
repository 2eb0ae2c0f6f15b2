import { documentsOf, planOf } from './corpus/corpus.ts'
import { asText } from './corpus/files.ts'
import { type QueryClass, queriesOf, queryClasses } from './corpus/queries.ts'
import { load, type Print, quantile } from './figures.ts'

const sample = 10_000

/** How quickly the corpus is written, how long its documents are, and in how many of them the words of each class stand. */
export function benchCorpus({ scale, seed }: { scale: number; seed: number }, print: Print): void {
  const count = Math.min(scale, sample)
  let begun = performance.now()
  const plan = planOf({ scale, seed })
  print('语料编排', `${scale} 份，${Math.round(performance.now() - begun)} ms`)
  begun = performance.now()
  const texts = Array.from(documentsOf({ scale, seed, to: count }), asText)
  print('语料生成', `${Math.round(count / ((performance.now() - begun) / 1000))} 份/秒（${load()}）`)
  const lengths = texts.map(text => text.length)
  print(
    '篇幅（字）',
    `平均 ${Math.round(lengths.reduce((sum, one) => sum + one, 0) / count)}，p5 ${quantile(lengths, 0.05)}，p50 ${quantile(lengths, 0.5)}，p95 ${quantile(lengths, 0.95)}，最长 ${Math.max(...lengths)}`,
  )
  print('不同的标题', `${new Set(texts.map(text => text.slice(0, text.indexOf('\n')))).size} / ${count}`)
  const queries = queriesOf(plan, 60, count)
  for (const name of Object.keys(queryClasses) as QueryClass[]) {
    const shares = queries[name].map(({ words, within = '' }) => {
      const asked = `${words} ${within}`.split(' ').filter(word => word !== '')
      return (texts.filter(text => asked.every(word => text.includes(word))).length / count) * 100
    })
    const share = (part: number) => quantile(shares, part).toFixed(2)
    if (name !== 'number' && name !== 'as-of')
      print(
        `出现在多少份里 ${queryClasses[name]}`,
        `p5 ${share(0.05)}%，中位 ${share(0.5)}%，p95 ${share(0.95)}%`,
      )
  }
}
