import type { PublicContext } from '#platform/context'
import type { PublicView } from './public-view.ts'

/** What another module knows that belongs beside an item, such as the topics that gather it. */
export interface Around {
  label: string
  /** Addresses within the site. */
  items: readonly { title: string; address: string }[]
  /** The same text to take along, not something else that is related to it. */
  isDownload?: true
}

/** @param view the edition that is shown, for those who know of editions */
export type AskAround = (ctx: PublicContext, publicationId: string, view: PublicView) => Promise<Around>

let known: readonly AskAround[] = []

/** Told once by `app`: publications know nothing of the modules that stand on them. */
export function registerAround(asks: readonly AskAround[]): void {
  known = asks
}

/** What all of them know of an item; those who know nothing are left out. */
export async function aroundOf(ctx: PublicContext, view: PublicView): Promise<Around[]> {
  const told = await Promise.all(known.map(ask => ask(ctx, view.id, view)))
  return told.filter(group => group.items.length > 0)
}
