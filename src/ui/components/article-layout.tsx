import type { ComponentChildren } from 'preact'

/** Contents, the text in a measured column, and what belongs to it. The text goes first to the ear and on a phone. */
export function ArticleLayout(props: {
  contents?: ComponentChildren
  side?: ComponentChildren
  /** For tables: they take the width that there is, a text keeps to what the eye can follow. */
  wide?: boolean | undefined
  children: ComponentChildren
}) {
  const names = [
    'article-layout',
    !props.contents && 'article-layout-plain',
    props.wide && 'article-layout-wide',
  ]
  return (
    <div class={names.filter(Boolean).join(' ')}>
      {props.contents && <div class="article-contents">{props.contents}</div>}
      <article class="article-text" data-read-aloud>
        {props.children}
      </article>
      {props.side && <aside class="article-side">{props.side}</aside>}
    </div>
  )
}
