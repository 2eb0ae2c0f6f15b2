import { inChinese, weekday } from '#lib/beijing-time'
import { type View, withView } from '../view.tsx'
import type { PublicFrame } from './frame.ts'

const sizes: readonly { label: string; name: string; view: View | null }[] = [
  { label: '标准', name: 'normal', view: null },
  { label: '大', name: 'large', view: 'large' },
  { label: '特大', name: 'extra', view: 'extra' },
]

const modes: readonly { name: string; view: View }[] = [
  { name: '长辈版', view: 'elder' },
  { name: '高对比度', view: 'contrast' },
]

/**
 * The switches of reading. As links they show this page in another way; where scripts run, the browser remembers the
 * choice for every page (browser/reading.ts takes the clicks).
 */
export function UtilityBar({ frame }: { frame: PublicFrame }) {
  const { address, view, site, today } = frame
  const shown = sizes.some(size => size.view === view) ? view : null
  return (
    <nav class="utility-bar" aria-label="浏览方式">
      <div class="wrap">
        <span class="utility-date">
          {inChinese(today)} {weekday(today)}
        </span>
        <a href={`${site.base}/reading`}>无障碍浏览</a>
        {modes.map(mode => (
          <a
            key={mode.name}
            href={withView(address, view === mode.view ? null : mode.view)}
            rel="nofollow"
            data-set-elder={mode.view === 'elder' ? 'on' : undefined}
            data-set-contrast={mode.view === 'contrast' ? 'high' : undefined}
            data-label={mode.name}
            aria-current={view === mode.view ? 'true' : undefined}
          >
            {view === mode.view && '退出'}
            {mode.name}
          </a>
        ))}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these are links */}
        <span class="utility-sizes" role="group" aria-label="字号">
          <span aria-hidden="true">字号</span>
          {sizes.map(size => (
            <a
              key={size.name}
              href={withView(address, size.view)}
              rel="nofollow"
              data-set-size={size.name}
              aria-current={shown === size.view ? 'true' : undefined}
            >
              {size.label}
            </a>
          ))}
        </span>
      </div>
    </nav>
  )
}

const viewNames: Record<View, string> = {
  elder: '长辈版',
  contrast: '高对比度',
  large: '大字号',
  extra: '特大字号',
}

/** Says how the page is shown and the way back; without scripts also that it holds for this page only. */
export function ViewNotice({ frame }: { frame: PublicFrame }) {
  if (frame.view === null) return null
  return (
    <section class="view-notice" aria-label="当前浏览方式">
      <div class="wrap">
        本页正以{viewNames[frame.view]}显示。<a href={withView(frame.address, null)}>恢复普通显示</a>
        <noscript>
          {' '}
          只对本页有效；要每页都放大，见<a href={`${frame.site.base}/reading`}>无障碍浏览说明</a>。
        </noscript>
      </div>
    </section>
  )
}
