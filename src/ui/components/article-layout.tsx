import type { ComponentChildren } from 'preact'

/** Contents, the text in a measured column, and what belongs to it. The text goes first to the ear and on a phone. */
export function ArticleLayout(props: {
  contents?: ComponentChildren
  side?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <div class={props.contents ? 'article-layout' : 'article-layout article-layout-plain'}>
      {props.contents && <div class="article-contents">{props.contents}</div>}
      <article class="article-text" data-read-aloud>
        {props.children}
      </article>
      {props.side && <aside class="article-side">{props.side}</aside>}
    </div>
  )
}
