import { tsqueryOf } from '#modules/search'

/** Whether a question is asked as a document number: search then looks for the number alone, whatever its spelling. */
export const asksForNumber = (question: string): boolean => tsqueryOf(question)?.startsWith("'no:") ?? false
