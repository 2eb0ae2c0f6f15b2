import { itemsAbout } from '#modules/catalogue'
import { praiseOf } from '#modules/interpretation'
import { registrationAround } from '#modules/normative'
import type { AskAround } from '#modules/publications'
import { downloadsOf } from '#modules/renditions'
import { topicsOf } from '#modules/topics'

/** What stands beside a publication on its page, from the modules that publications do not know. */
export const around: readonly AskAround[] = [
  downloadsOf,
  async (ctx, publicationId) => {
    const topics = await topicsOf(ctx.db, ctx.clock.now(), ctx.site.id, publicationId)
    return { label: '收入专题', items: topics.map(({ name, address }) => ({ title: name, address })) }
  },
  async (ctx, publicationId) => ({
    label: '读者评价和评选',
    items: await praiseOf(ctx, publicationId),
  }),
  async (ctx, publicationId) => ({
    label: '公开目录事项',
    items: await itemsAbout(ctx.db, ctx.site.id, publicationId),
  }),
  async (ctx, publicationId) => ({
    label: '规范性文件登记',
    items: await registrationAround(ctx.db, publicationId),
  }),
]
