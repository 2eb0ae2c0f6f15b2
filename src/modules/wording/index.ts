/** Wording (错敏词表): which words are wrong, and where they stand in a text. A “block” word keeps a text back, a “warn” word is told. */
export { type WordList, wordsInUse } from './queries.ts'
export { findWrongWords } from './wrong-word.ts'
