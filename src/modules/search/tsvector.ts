import { questionQuery, readQuestion } from './question.ts'

/** The tsquery literal of a question, or null when it holds no word; a document number asks for the number alone. */
export function tsqueryOf(question: string): string | null {
  const read = readQuestion(question)
  return read && questionQuery(read)
}
