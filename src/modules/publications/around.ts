import type { PublicContext } from '#platform/context'

/** What another module knows that belongs beside an item, such as the topics that gather it. */
export interface Around {
  label: string
  /** Addresses within the site. */
  items: readonly { title: string; address: string }[]
}

export type AskAround = (ctx: PublicContext, publicationId: string) => Promise<Around>

let known: readonly AskAround[] = []

/** Told once by `app`: publications know nothing of the modules that stand on them. */
export function registerAround(asks: readonly AskAround[]): void {
  known = asks
}

/** What all of them know of an item; those who know nothing are left out. */
export async function aroundOf(ctx: PublicContext, publicationId: string): Promise<Around[]> {
  const told = await Promise.all(known.map(ask => ask(ctx, publicationId)))
  return told.filter(group => group.items.length > 0)
}
