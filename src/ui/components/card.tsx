import type { ComponentChildren } from 'preact'

/** A bordered block beside the text; its links stand one below the other when they are in a list. */
export function Card({ title, children }: { title?: string | undefined; children: ComponentChildren }) {
  return (
    <section class="panel">
      {title && <h2 class="panel-title">{title}</h2>}
      {children}
    </section>
  )
}
