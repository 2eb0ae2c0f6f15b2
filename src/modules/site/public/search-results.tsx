import type { ComponentChildren } from 'preact'
import {
  type FoundPublic,
  kindOf,
  type ListChoice,
  type Listed,
  listingOf,
  listRepealers,
  publicTexts,
} from '#modules/publications'
import { markHits, type SnippetPart, snippet } from '#modules/search'
import type { PublicContext } from '#platform/context'
import { PublicationList } from '#ui/components/publication-list'
import { StateTag } from '#ui/components/state-tag'

export type FoundLine = Parameters<typeof PublicationList>[0]['items'][number]

/**
 * Lines that show why they were found: words marked in the title and in the piece of text around the first; and of what is
 * repealed, by what.
 */
export async function foundLines(
  ctx: PublicContext,
  now: Date,
  found: Pick<FoundPublic, 'rows' | 'understood'>,
  choice: ListChoice,
): Promise<FoundLine[]> {
  const { base } = ctx.site
  const byNumber = found.understood.number !== null
  // A number is found in the number, not in the text
  const words = byNumber ? '' : found.understood.words.join(' ')
  // A summary that answers is shown; only where it does not, the text is looked into
  const ids = found.rows
    .filter(row => !markHits(row.summary, words).some(part => part.hit))
    .map(row => row.id)
  const repealed = found.rows.filter(row => row.validity === 'repealed').map(row => row.id)
  const [texts, repealers] = await Promise.all([
    words === '' ? new Map<string, string>() : publicTexts(ctx.db, now, ids),
    listRepealers(ctx.db, now, repealed, choice.on ?? ctx.clock.today()),
  ])
  return found.rows.map(item => {
    const line = listingOf(item, base, repealers.get(item.id))
    const excerpt = excerptOf(item, texts.get(item.id) ?? '', words)
    return {
      ...line,
      title: <Marked parts={markHits(item.title, words)} />,
      meta: byNumber && item.docNo ? <mark>{line.meta}</mark> : line.meta,
      tags: <StateTag state="off">{kindOf(item.kind).label}</StateTag>,
      ...(excerpt.length > 0 ? { excerpt: <Marked parts={excerpt} /> } : {}),
    }
  })
}

/** The summary when it answers or nothing was asked, else the piece of the text around the first word. */
function excerptOf(item: Listed, text: string, question: string): SnippetPart[] {
  if (question === '') return item.summary === '' ? [] : [{ text: item.summary, hit: false }]
  const summary = markHits(item.summary, question)
  if (summary.some(part => part.hit)) return summary
  const piece = snippet(text.replace(/\s+/g, ' '), question)
  return piece.some(part => part.hit) || item.summary === '' ? piece : summary
}

function Marked({ parts }: { parts: readonly SnippetPart[] }): ComponentChildren {
  return parts.map((part, index) => (part.hit ? <mark key={index}>{part.text}</mark> : part.text))
}

export function SearchResults({ lines }: { lines: readonly FoundLine[] }) {
  return <PublicationList items={lines} />
}
