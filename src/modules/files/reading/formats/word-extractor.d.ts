/** As far as it is used here; the package brings no types. */
declare module 'word-extractor' {
  type Shown = { filterUnicode?: boolean; includeHeadersAndFooters?: boolean }

  export interface WordText {
    getBody(options?: Shown): string
    getTextboxes(options?: Shown): string
    getAnnotations(options?: Shown): string
  }

  export default class WordExtractor {
    extract(source: Buffer): Promise<WordText>
  }
}
