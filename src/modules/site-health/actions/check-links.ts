import { sql } from 'kysely'
import { listSites, type SiteRow } from '#modules/organisations'
import { type Answer, answerAt, openTexts } from '#modules/publications'
import type { Context } from '#platform/context'
import { reconcile, type SeenFault } from '../queries.ts'

/** Why a reader meets nothing there. */
const why: Record<Exclude<Answer, 'open'>, string> = {
  missing: '本站没有这个地址（404）',
  other: '本站没有这个地址（404）',
  closed: '指向的内容已经停止公开（410）',
  held: '指向的附件还没有核查开放',
}

interface Link {
  editionId: string
  href: string
  target: string
  label: string
}

/**
 * Looks whether every link of the public texts leads somewhere: those to our own site by the data, those to others by what they
 * answered on the nights before (S-CHK-17). @param isPage whether the site has a page at a path that no publication stands behind.
 * @returns how many lead nowhere.
 */
export async function checkLinks(
  ctx: Context,
  site: SiteRow,
  isPage: (path: string) => boolean,
): Promise<number> {
  const { db } = ctx
  const now = ctx.clock.now()
  const { rows: links } = await sql<Link & { internal: boolean; failed: string | null }>`
    select l.edition_id, l.href, l.target, l.label, l.internal, o.detail || '，' || array_to_string(o.failed_on, '、') as failed
    from text_links l join read_texts r on r.edition_id = l.edition_id
    left join outside_links o on not l.internal and o.target = l.target and o.outcome = 'fails' and cardinality(o.failed_on) >= 3
    where r.site_id = ${site.id} and (l.internal or o.target is not null) order by l.target`.execute(db)
  const sites = await listSites(db)
  const answers = new Map<string, Answer>()
  const broken: (Link & { reason: string })[] = []
  for (const link of links) {
    if (!link.internal) {
      broken.push({ ...link, reason: `三个不同的日子都打不开：${link.failed}` })
      continue
    }
    const answer = answers.get(link.target) ?? (await answerOf(link.target))
    answers.set(link.target, answer)
    if (answer !== 'open') broken.push({ ...link, reason: why[answer] })
  }
  await reconcile(
    db,
    now,
    { siteId: site.id, rules: ['S-CHK-17'], publicationIds: null },
    await faultsOf(broken),
  )
  return broken.length

  async function answerOf(target: string): Promise<Answer> {
    // Another site of the house, asked by its key
    const [, key, rest] = /^\/s\/([^/?]+)(.*)$/s.exec(target) ?? []
    const asked = key === undefined ? site : sites.find(one => one.key === key)
    if (!asked) return 'missing'
    const path = key === undefined ? target : rest || '/'
    const answer = await answerAt(db, now, asked.id, path)
    return answer === 'other' && isPage(path.replace(/[?#].*$/s, '')) ? 'open' : answer
  }

  async function faultsOf(found: typeof broken): Promise<SeenFault[]> {
    const texts = new Map(
      (await openTexts(db, now, [...new Set(found.map(one => one.editionId))])).map(text => [
        text.editionId,
        text,
      ]),
    )
    return found.flatMap(({ editionId, href, label, reason }) => {
      const text = texts.get(editionId)
      if (!text) return []
      const { publicationId, organId, title, address } = text
      return {
        rule: 'S-CHK-17',
        severity: 'warn',
        publicationId,
        organId,
        title,
        address,
        subject: href,
        evidence: `${label ? `“${label}”` : '链接'}指向 ${href}：${reason}。`,
        remedy: '请更正链接，或者去掉它。',
      }
    })
  }
}

/** Whether a path fits one of the routes of the public site, such as `/topics/:key`. */
export function isOneOf(routes: readonly string[]): (path: string) => boolean {
  const forms = routes.map(route => {
    const pattern = route
      .split('/')
      .map(part =>
        part === '*' ? '.+' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
      )
      .join('/')
    return new RegExp(`^${pattern}/?$`)
  })
  return path => forms.some(form => form.test(path))
}
