export { forgetEdition, forgetPublication, indexEdition, type SearchEntry } from './queries.ts'
export { markHits, type SnippetPart, snippet } from './snippet.ts'
export { tsqueryOf, type Words } from './tsvector.ts'
