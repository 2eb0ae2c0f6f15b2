import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import type { Organ, ProfileContent } from '#modules/organisations'
import type { Site } from '#platform/context'
import { kindOf } from '../kind.ts'
import { type PublicView, publishedOn, type WorkRef } from '../public-view.ts'
import type { Validity } from '../validity.ts'

type Address = Pick<Site, 'name' | 'origin' | 'base'>

/** What search engines may know of a page that shows a publication (schema.org). */
export function schemaOrgOf(view: PublicView, site: Address): object {
  const kind = kindOf(view.kind)
  return graph(
    compact({
      '@type': kind.schemaType,
      '@id': site.origin + view.ownBase + view.address,
      url: site.origin + view.ownBase + view.address,
      name: view.title,
      headline: view.title,
      inLanguage: 'zh-CN',
      abstract: view.summary,
      keywords: view.keywords,
      about: [
        view.theme && { '@type': 'DefinedTerm', name: view.theme },
        ...worksOf(view.links, ['interprets'], site),
      ],
      datePublished: publishedOn(view),
      dateModified: dateInBeijing(view.publicFrom),
      version: String(view.number),
      isAccessibleForFree: true,
      author: view.issuers.map(organisation),
      publisher: {
        ...organisation(view.organFullName),
        url: `${site.origin}${site.base}/organs/${view.organKey}`,
      },
      citation: worksOf(view.links, ['cites'], site),
      subjectOf: view.linkedFrom
        .filter(work => work.type === 'interprets' && work.address)
        .map(work => ({ '@type': 'Article', name: work.title, url: urlOf(work, site) })),
      encoding: view.attachments.map(file => ({
        '@type': 'MediaObject',
        name: file.title,
        contentUrl: file.href && new URL(file.href, site.origin).href,
        contentSize: String(file.size),
      })),
      ...(kind.schemaType === 'Legislation' ? legislation(view, site) : {}),
      ...kind.schemaOf?.(view),
    }),
    crumbs(site, [
      ...view.columns
        .slice(0, 1)
        .map(column => ({ name: column.name, address: `${site.base}/columns/${column.path}` })),
      { name: view.title, address: view.ownBase + view.address },
    ]),
  )
}

/** The words of ELI that schema.org took over. The force is that of the day on which the page is shown (R-NOR). */
function legislation(view: PublicView, site: Address) {
  return {
    legislationIdentifier: view.docNo,
    legislationType: view.genre,
    legislationDate: view.signedOn,
    legislationDateVersion: dateInBeijing(view.publicFrom),
    legislationPassedBy: view.issuers.map(organisation),
    legislationLegalForce: view.validity && `https://schema.org/${force[view.validity]}`,
    temporalCoverage: termOf(view),
    legislationChanges: worksOf(view.effects, ['amends', 'partly-repeals'], site),
    legislationRepeals: worksOf(view.effects, ['repeals'], site),
  }
}

const force: Record<Validity, 'InForce' | 'NotInForce' | 'PartiallyInForce'> = {
  'in-force': 'InForce',
  // What others have changed still applies, as changed
  amended: 'InForce',
  'partly-lapsed': 'PartiallyInForce',
  'not-yet': 'NotInForce',
  repealed: 'NotInForce',
  expired: 'NotInForce',
}

/** From the first day of force to the last, ISO 8601; the day before a repeal begins. Null without a first day. */
function termOf(view: PublicView): string | null {
  const first = view.effectiveFrom ?? view.signedOn
  if (!first) return null
  const repeals = view.effectsOnIt.flatMap(effect =>
    effect.type === 'repeals' && effect.effectiveFrom ? [dayBefore(effect.effectiveFrom)] : [],
  )
  const [last] = [...repeals, ...(view.validUntil ? [view.validUntil] : [])].toSorted()
  // Repealed before it took effect: it never was in force
  return last !== undefined && last < first ? null : `${first}/${last ?? '..'}`
}

const dayBefore = (day: PlainDate): PlainDate =>
  new Date(Date.parse(day) - 24 * 3600 * 1000).toISOString().slice(0, 10)

const organisation = (name: string) => ({ '@type': 'GovernmentOrganization', name })

const urlOf = (work: WorkRef, site: Address) =>
  work.address ? site.origin + site.base + work.address : undefined

const worksOf = (works: readonly WorkRef[], types: readonly string[], site: Address) =>
  works
    .filter(work => types.includes(work.type))
    .map(work => ({
      '@type': work.kind && kindOf(work.kind).schemaType !== 'Legislation' ? 'CreativeWork' : 'Legislation',
      name: work.title,
      legislationIdentifier: work.docNo,
      url: urlOf(work, site),
    }))

/** An organ and what it says of itself today (条例 Art. 20(2)). */
export function organSchemaOf(
  facts: {
    organ: Organ
    profile: ProfileContent | null
    parent: Pick<Organ, 'name' | 'key'> | null
    children: readonly Pick<Organ, 'name' | 'key'>[]
  },
  site: Address,
): object {
  const { organ, profile, parent, children } = facts
  const url = (key: string) => `${site.origin}${site.base}/organs/${key}`
  const other = (one: Pick<Organ, 'name' | 'key'>) => ({ ...organisation(one.name), url: url(one.key) })
  return graph(
    compact({
      ...organisation(organ.name),
      '@id': url(organ.key),
      url: url(organ.key),
      alternateName: organ.shortName === organ.name ? null : organ.shortName,
      identifier: organ.uscc && {
        '@type': 'PropertyValue',
        propertyID: '统一社会信用代码',
        value: organ.uscc,
      },
      description: profile?.functions.join(''),
      foundingDate: organ.establishedOn,
      dissolutionDate: organ.abolishedOn,
      address: profile?.address,
      telephone: profile?.phone,
      faxNumber: profile?.fax,
      email: profile?.email,
      parentOrganization: parent && other(parent),
      subOrganization: children.map(other),
    }),
    crumbs(site, [
      { name: '机构', address: `${site.base}/organs` },
      { name: organ.shortName, address: `${site.base}/organs/${organ.key}` },
    ]),
  )
}

function crumbs(site: Address, steps: readonly { name: string; address: string }[]) {
  const all = [{ name: '首页', address: `${site.base}/` }, ...steps]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: all.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: site.origin + step.address,
    })),
  }
}

const graph = (...nodes: object[]) => ({ '@context': 'https://schema.org', '@graph': nodes })

/** What is not known is not said: no null, no empty text, list or object, at any depth (S-META-03). */
function compact(value: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const kept = tidy(member)
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}

function tidy(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (Array.isArray(value)) {
    const kept = value.flatMap(member => tidy(member) ?? [])
    return kept.length > 0 ? kept : undefined
  }
  if (typeof value !== 'object') return value
  const kept = compact(value as Record<string, unknown>)
  return Object.keys(kept).length > 0 ? kept : undefined
}
