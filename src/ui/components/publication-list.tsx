import type { ComponentChildren } from 'preact'
import { ValidityTag } from './validity-tag.tsx'

export interface PublicationItem {
  href: string
  /** May hold <mark> for what was found. */
  title: ComponentChildren
  /** ISO date; shown whole so that a year is never guessed. */
  date?: string | null | undefined
  /** `云政发〔2026〕12号 · 县人民政府` */
  meta?: ComponentChildren
  validity?: Parameters<typeof ValidityTag>[0]['validity'] | null | undefined
  /** With `not-yet`: the day from which it holds. */
  effectiveFrom?: string | null | undefined
  tags?: ComponentChildren
  /** Interpretations and the like. */
  links?: readonly { href: string; label: string }[] | undefined
  excerpt?: ComponentChildren
  /** What became of it, such as what repealed it. */
  note?: ComponentChildren
}

export function PublicationList({ items }: { items: readonly PublicationItem[] }) {
  return (
    <ul class="pub-list">
      {items.map(item => (
        <PublicationLine key={item.href} {...item} />
      ))}
    </ul>
  )
}

function PublicationLine(item: PublicationItem) {
  const hasMeta = item.meta || item.validity || item.tags || (item.links && item.links.length > 0)
  return (
    <li>
      <a class="pub-title" href={item.href}>
        {item.title}
      </a>
      {item.date && (
        <time class="pub-date" datetime={item.date.slice(0, 10)}>
          {item.date}
        </time>
      )}
      {item.excerpt && <p class="pub-excerpt">{item.excerpt}</p>}
      {item.note && <p class="pub-excerpt">{item.note}</p>}
      {hasMeta && (
        <div class="pub-meta">
          {item.meta && <span>{item.meta}</span>}
          {item.validity && <ValidityTag validity={item.validity} from={item.effectiveFrom} />}
          {item.tags}
          {item.links?.map(link => (
            <a key={link.href} href={link.href}>
              {link.label}
            </a>
          ))}
        </div>
      )}
    </li>
  )
}
