/** What was typed and not yet seen to be saved, in this tab only, so that a crash or an expired login loses nothing. */
export interface KeptText {
  html: string
  /** Instant, ISO. */
  at: string
  /** Which saved text it was typed over; another one means that somebody has saved meanwhile. */
  over: string
  submitted: boolean
}

export interface TextKeeper {
  /** What to offer, or null. */
  offer(current: string): KeptText | null
  keep(html: string): void
  markSubmitted(): void
  forget(): void
}

/** @param version the saved text's revision, or the form's key while nothing is saved */
export function textKeeper(name: string, version: string): TextKeeper {
  const part = new URLSearchParams(location.search).get('section') ?? ''
  const key = `mingtang.kept-text:${location.pathname}:${part}${name}`
  return {
    offer(current) {
      const kept = read(key)
      // Submitted, and the revision moved on: it was saved.
      const saved = kept?.submitted === true && kept.over !== version && version !== ''
      if (kept && kept.html !== current && kept.html !== '' && !saved) return kept
      if (kept) remove(key)
      return null
    },
    keep: html => write(key, { html, at: new Date().toISOString(), over: version, submitted: false }),
    markSubmitted() {
      const kept = read(key)
      if (kept) write(key, { ...kept, submitted: true })
    },
    forget: () => remove(key),
  }
}

// A full or forbidden store must never stand in the way of writing.
function read(key: string): KeptText | null {
  try {
    const text = sessionStorage.getItem(key)
    return text ? (JSON.parse(text) as KeptText) : null
  } catch {
    return null
  }
}

function write(key: string, kept: KeptText): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept))
  } catch {}
}

function remove(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {}
}
