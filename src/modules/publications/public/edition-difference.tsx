import { Diff } from '#ui/components/diff'
import { compareTexts } from '../comparison.ts'
import { plainText } from '../edition.ts'
import type { PublicView } from '../public-view.ts'

/** Where on the page of an earlier edition its differences stand. */
export const differenceId = 'difference'

/** What an earlier edition says otherwise than the present one: its title and its text. */
export function EditionDifference({ view, current }: { view: PublicView; current: PublicView }) {
  const [before, after] = [view, current].map(one => `${one.title}\n${plainText(one.bodyHtml)}`)
  return (
    <section class="mt-12" aria-labelledby={differenceId}>
      <h2 id={differenceId}>和现在的版本相比</h2>
      <Diff
        parts={compareTexts(before ?? '', after ?? '')}
        before={`第 ${view.number} 版`}
        after={`第 ${current.number} 版`}
      />
    </section>
  )
}
