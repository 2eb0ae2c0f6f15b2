import { choiceAddress, type ListChoice } from '#modules/publications'
import type { Site } from '#platform/context'
import { Card } from '#ui/components/card'

/** The feed of a search: the same choice, whatever page of it is looked at. */
export const feedOf = (site: Site, choice: ListChoice): string =>
  choiceAddress(`${site.base}/search.atom`, choice, { page: 1, sort: undefined })

/** A search that is kept: by its address, or as a feed that brings what is new in it. Nothing is stored of anybody. */
export function SearchSubscription({ site, choice }: { site: Site; choice: ListChoice }) {
  const address = site.origin + choiceAddress(`${site.base}/search`, choice)
  return (
    <div class="mt-6 lg:mt-2">
      <Card title="保存这次查找">
        <p>
          <a href={feedOf(site, choice)}>订阅这次查找 (Atom)</a>
        </p>
        <p class="text-sm text-soft">有新的内容符合这些条件时，阅读器会收到。不需要账号。</p>
        <p class="share-address">{address}</p>
        <button type="button" class="btn btn-outline btn-primary btn-sm" data-copy={address} hidden>
          复制查找地址
        </button>
      </Card>
    </div>
  )
}
