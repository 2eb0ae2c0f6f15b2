/**
 * How a page is shown to a reader who asked for it by `?view=`. Works without scripts and without cookies, so it holds
 * for the page that was asked for; where scripts run, the browser remembers the choice instead.
 */
const views = ['elder', 'contrast', 'large', 'extra'] as const
export type View = (typeof views)[number]

export const readView = (text: unknown): View | null => views.find(view => view === text) ?? null

/** Attributes of <html> that the style sheet switches on. */
export function viewAttributes(view: View | null): Record<string, string> {
  if (view === 'elder') return { 'data-elder': 'on' }
  if (view === 'contrast') return { 'data-contrast': 'high' }
  return view === null ? {} : { 'data-size': view }
}

/** The same address shown in another way; null is the usual one. */
export function withView(address: string, view: View | null): string {
  const url = new URL(address, 'http://site.invalid')
  url.searchParams.delete('view')
  if (view !== null) url.searchParams.set('view', view)
  return url.pathname + url.search
}
