import { grounds } from '../engine/box.ts'
import type { BoxRow, PageRow } from '../queries.ts'

/**
 * A page as a picture with its words and boxes laid over it. The island draws and chooses by it; without scripts it is a picture, and
 * the form below finds words.
 */
export function PageView({
  id,
  page,
  boxes,
  chooses,
}: {
  id: string
  page: PageRow
  boxes: readonly BoxRow[]
  chooses: boolean
}) {
  const { number, width, height } = page
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      class="border-edge w-full border"
      role={chooses ? 'application' : 'img'}
      aria-label={`第 ${number} 页${chooses ? '：用方向键选词，按住 Shift 多选，L 键选一行，回车遮盖；也可以用鼠标画框' : ''}`}
      {...(chooses ? { tabIndex: 0, 'data-redaction-page': String(number) } : {})}
    >
      <image href={`/redactions/${id}/picture?page=${number}`} width={width} height={height} />
      {chooses &&
        page.words.map(({ text, line, rect }, at) => (
          <rect
            key={at}
            data-word={text}
            data-line={line}
            x={rect.left}
            y={rect.top}
            width={rect.width}
            height={rect.height}
            fill="none"
          />
        ))}
      {boxes.map(({ id: box, rect, ground, state }) => (
        <rect
          key={box}
          x={rect.left}
          y={rect.top}
          width={rect.width}
          height={rect.height}
          fill={state === 'accepted' ? 'black' : 'orange'}
          fill-opacity={state === 'accepted' ? 0.7 : 0.3}
          stroke="black"
          stroke-width={0.7}
        >
          <title>{`${state === 'proposed' ? '建议：' : ''}${grounds[ground].label}`}</title>
        </rect>
      ))}
    </svg>
  )
}
