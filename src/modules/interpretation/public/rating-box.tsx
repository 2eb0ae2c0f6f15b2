import type { PublicView } from '#modules/publications'
import { LinkButton } from '#ui/forms'

/** Where a reader says whether it was understood; the figures stand on the page it leads to, so that this one can be kept. */
export function RatingBox({ view }: { view: PublicView }) {
  // A preview is not rated: what was never sealed has no digest
  if (view.digest === '') return null
  return (
    <section class="no-print mt-8" aria-label="评价这篇解读">
      <p>
        看懂了吗？有没有帮助？{' '}
        <LinkButton small href={`${view.ownBase}${view.address}/rating`}>
          评价这篇解读
        </LinkButton>
      </p>
    </section>
  )
}
