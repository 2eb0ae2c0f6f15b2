/**
 * Everything that decides the order of hits, in one place. Who changes a number runs `test/judgements` and says in the change
 * what got better. Scores are sums, about 0 to 10; each weight says how much one thing is worth against the others.
 */
const weights = {
  /** The title is what was asked, word for word: nobody wants anything else first. */
  sameTitle: 20,
  /** The title holds the question as it stands: the words belong together. */
  titleHolds: 2.5,
  /** How much of the title the question covers: “低保” says more of a title of eight characters than of forty. */
  titleCovered: 2,
  /** How many of the words the title holds; all of them is the plainest sign of what a document is about. */
  titleWords: 3,
  /** A title that holds another word for what was asked, or holds it only in parts. */
  titleSynonym: 2.1,
  /** Where the question stands in the title: what comes first is what it is about (关于低保… before …的低保人员). */
  titleEarly: 0.4,
  /** Words in keywords, summary and text, by nearness and frequency (`ts_rank_cd`), between 0 and 1. */
  text: 2.4,
  /** Readers want what counts now; half of it is gone after `halfLife` days. */
  recent: 1.1,
  /** The rule itself before what is said about it, that before news of its carrying out; guides name every organ and are asked for by name. */
  kind: { 'normative-document': 0.5, policy: 0.5, interpretation: 0.2, 'disclosure-guide': -0.6 } as Record<
    string,
    number
  >,
  /** What is no longer in force is rarely what is wanted, but must be found by who knows it. */
  worth: {
    repealed: -1.2,
    expired: -1,
    'not-yet': 0,
    'partly-lapsed': -0.2,
    amended: 0,
    'in-force': 0.2,
  } as Record<string, number>,
} as const

/** Days after which recency is worth half: policies age slowly, so two years. */
const halfLife = 730

/** Weights of the fields for `ts_rank_cd`, as PostgreSQL wants them: body, summary and issuers, keywords, title and number. */
export const fieldWeights = [0.1, 0.3, 0.6, 1] as const

/** How many of the newest hits are weighed against each other; older ones follow by time. A rank reads the whole vector of each. */
export const weighed = { titles: 200, texts: 150 } as const

/** At this many hits or fewer, corrections of a word are offered though something was found. */
export const fewHits = 3

export interface Candidate {
  entryNo: number
  heading: string
  kind: string
  sortAt: Date
  worth: string | null
  /** `ts_rank_cd`, 0 to 1; null where only the title was asked. */
  textRank: number | null
}

/** What a title is compared with. */
export interface Wanted {
  heading: string
  terms: readonly { text: string; others: readonly string[] }[]
}

export function scoreOf(candidate: Candidate, wanted: Wanted, now: Date): number {
  const age = Math.max(0, (now.getTime() - candidate.sortAt.getTime()) / 86_400_000)
  return (
    titleScore(candidate.heading, wanted) +
    weights.text * (candidate.textRank ?? 0) +
    weights.recent * 0.5 ** (age / halfLife) +
    (weights.kind[candidate.kind] ?? 0) +
    (weights.worth[candidate.worth ?? ''] ?? 0)
  )
}

function titleScore(heading: string, { heading: asked, terms }: Wanted): number {
  if (heading === asked) return weights.sameTitle
  let covered = 0
  let said = 0
  let first = heading.length
  for (const { text, others } of terms) {
    const at = heading.indexOf(text)
    const other = at >= 0 ? undefined : others.find(one => heading.includes(one))
    if (at < 0 && other === undefined) continue
    said += at >= 0 ? weights.titleWords : weights.titleSynonym
    covered += at >= 0 ? text.length : (other?.length ?? 0)
    first = Math.min(first, at >= 0 ? at : heading.indexOf(other ?? ''))
  }
  if (said === 0) return 0
  return (
    said / Math.max(1, terms.length) +
    weights.titleCovered * Math.min(1, covered / heading.length) +
    (asked.length > 1 && heading.includes(asked) ? weights.titleHolds : 0) +
    weights.titleEarly * (1 - first / heading.length)
  )
}
