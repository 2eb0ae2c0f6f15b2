import type { PlainDate } from '#lib/beijing-time'
import type { Site } from '#platform/context'
import { type CitationFormat, citationFormats, citationsOf } from '../citation.ts'
import type { PublicView } from '../public-view.ts'

/** 引用格式: how others cite the item, to copy or to take along as a file. */
export function CitationBlock({ view, site, today }: { view: PublicView; site: Site; today: PlainDate }) {
  const cited = citationsOf(view, site.origin, today)
  const address = site.base + view.address
  return (
    <details class="citation">
      <summary>引用格式</summary>
      <CitationLine label="公文引用" text={cited.official} />
      <CitationLine label="参考文献（GB/T 7714—2015）" text={cited.gbt} />
      <p class="mt-2">
        下载：
        {(Object.keys(citationFormats) as CitationFormat[]).map((format, index) => (
          <>
            {index > 0 ? '、' : ''}
            <a class="underline" href={`${address}/cite.${format}`} rel="nofollow">
              {citationFormats[format].label}
            </a>
          </>
        ))}
      </p>
    </details>
  )
}

function CitationLine({ label, text }: { label: string; text: string }) {
  return (
    <div class="mt-2">
      <p class="text-soft">{label}</p>
      <p class="break-words">{text}</p>
      <button
        type="button"
        class="btn btn-outline btn-primary btn-sm"
        data-copy={text}
        aria-label={`复制${label}`}
        hidden
      >
        复制
      </button>
    </div>
  )
}
