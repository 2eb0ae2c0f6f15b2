import { z } from 'zod'
import { listSites } from '#modules/organisations'
import type { Job } from '#platform/module'
import { askOutsideLinks } from '../actions/ask-outside-links.ts'
import { checkLinks, isOneOf } from '../actions/check-links.ts'
import { readTexts } from '../actions/read-texts.ts'

/** Every night: new texts are read, other sites are asked where that is wanted, and all links looked at. */
export const checkSites = (publicPaths: () => readonly string[]): Job => ({
  name: 'site-health.check-sites',
  payload: z.unknown(),
  schedule: '10 2 * * *',
  async run(ctx) {
    const isPage = isOneOf(publicPaths())
    for (const site of await listSites(ctx.db)) {
      const read = await readTexts(ctx, site)
      const asked = await askOutsideLinks(ctx, site.id)
      const broken = await checkLinks(ctx, site, isPage)
      ctx.log.info({ site: site.key, read, asked, broken }, 'site health checked')
    }
  },
})
