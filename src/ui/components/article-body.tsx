/**
 * The text of an official document, in a Song face. The HTML must have come out of the cleaner of uploaded and typed
 * bodies: it is put on the page as it is.
 */
export function ArticleBody({ html }: { html: string }) {
  return <div class="article-body" dangerouslySetInnerHTML={{ __html: html }} />
}
