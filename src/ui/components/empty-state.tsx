import type { ComponentChildren } from 'preact'

/** An empty page says why it is empty and what to do. */
export function EmptyState({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty-state">
      <p class="empty-state-title">{title}</p>
      <div>{children}</div>
    </div>
  )
}
