import { listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { Notice } from '#ui/components/notice'
import type { EditionRow } from '../draft-queries.ts'
import { previewOf } from '../preview-queries.ts'
import { ItemArticle } from '../public/item-article.tsx'
import { siteBase } from './desk-address.ts'
import type { LoadedItem } from './load-item.ts'

/** An edition as readers will see it. Its links lead to the public site; nothing of it is public by being shown here. */
export async function previewFor(ctx: DeskContext, { item }: LoadedItem, edition: EditionRow) {
  const view = await previewOf(ctx.db, ctx.clock.now(), ctx.clock.today(), item, edition)
  const site = (await listSites(ctx.db)).find(one => one.id === item.siteId)
  const shownOn = {
    id: item.siteId,
    key: item.siteKey,
    name: item.siteName,
    domain: site?.domain ?? '',
    organId: site?.organId ?? item.organId,
    base: siteBase(ctx, item),
    origin: '',
  }
  return (
    <section aria-label="预览" class="[&_.article-layout]:mb-0 [&_.article-text_a]:underline">
      <Notice tone="info" title="预览：以下是读者将要看到的样子，还没有公开" />
      <ItemArticle view={view} site={shownOn} today={ctx.clock.today()} isPreview />
    </section>
  )
}
