/** What an office deals in: the words that its documents are made of. The first of a list are met most often. */
export interface Field {
  name: string
  /** One of the themes of S-IDX-09. */
  theme: string
  /** What a document is about: stands before 工作、管理、专项行动. */
  topics: readonly string[]
  projects: readonly string[]
  /** Whom it addresses. */
  actors: readonly string[]
  /** Something to be done: verb and object. */
  acts: readonly string[]
  /** Whole clauses after 确保、做到. */
  goals: readonly string[]
  problems: readonly string[]
  indicators: readonly { name: string; unit: string }[]
}

export const words = (text: string): string[] => text.trim().split(/\s+/)

export function field(
  name: string,
  theme: string,
  lists: {
    topics: string
    projects: string
    actors: string
    acts: string
    goals: string
    problems: string
    /** 供水人口/人 */
    indicators: string
  },
): Field {
  return {
    name,
    theme,
    topics: words(lists.topics),
    projects: words(lists.projects),
    actors: words(lists.actors),
    acts: words(lists.acts),
    goals: words(lists.goals),
    problems: words(lists.problems),
    indicators: words(lists.indicators).map(pair => {
      const [of = '', unit = ''] = pair.split('/')
      return { name: of, unit }
    }),
  }
}
