import type { ProgressCount } from '../progress/progress-table.ts'

const parts = [
  { state: 'done', word: '已完成', fill: 'fill-green' },
  { state: 'partly', word: '部分完成', fill: 'fill-amber' },
  { state: 'running', word: '推进中', fill: 'fill-blue' },
  { state: 'cannot', word: '未能完成', fill: 'fill-red' },
  { state: 'not-reported', word: '尚无进展', fill: 'fill-line' },
] as const

/** How much is done, drawn on the server; the figures stand beside it as text. */
export function ShareBar({ count }: { count: ProgressCount }) {
  const width = 600
  let x = 0
  const shown = parts.flatMap(part => {
    const many = count.states[part.state]
    if (many === 0 || count.counting === 0) return []
    const from = x
    x += (width * many) / count.counting
    return [{ ...part, many, from, to: x }]
  })
  const words = shown.map(part => `${part.word} ${part.many} 项`).join('，')
  return (
    <figure class="my-4">
      <svg
        class="share-bar"
        viewBox={`0 0 ${width} 16`}
        width="100%"
        height="16"
        preserveAspectRatio="none"
        role="img"
        aria-label={`完成 ${count.share}%：${words}`}
      >
        {shown.map(part => (
          <rect
            key={part.state}
            class={part.fill}
            x={part.from}
            y="0"
            width={part.to - part.from}
            height="16"
          />
        ))}
      </svg>
      <figcaption class="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <b>完成 {count.share}%</b>
        {shown.map(part => (
          <span key={part.state} class="text-soft">
            <svg class="share-key" width="12" height="12" aria-hidden="true">
              <rect class={part.fill} width="12" height="12" />
            </svg>{' '}
            {part.word} {part.many} 项
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
