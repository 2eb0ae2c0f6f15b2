import type { ComponentChildren } from 'preact'

export type State = 'met' | 'soon' | 'late' | 'off' | 'info'

/** A state as a coloured word; the word says it, the colour only helps. */
export function StateTag({ state, children }: { state: State; children: ComponentChildren }) {
  return <span class={`tag tag-${state}`}>{children}</span>
}
