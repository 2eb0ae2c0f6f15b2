import { deepestPage, pageCount } from '#lib/paging'

export interface PagerProps {
  page: { total: number; page: number; pageSize: number }
  href: (page: number) => string
}

/** First, last, and the pages around the current one; nothing when everything is on one page. */
export function Pager({ page, href }: PagerProps) {
  const last = pageCount(page)
  if (last === 1) return null
  const current = Math.min(page.page, last)
  return (
    <nav class="pager" aria-label="分页">
      <p>
        第 {current} 页，共 {last} 页，{page.total} 条{last === deepestPage && '（更早的请加上条件再查）'}
      </p>
      <ul>
        {current > 1 && (
          <li>
            <a href={href(current - 1)} rel="prev">
              上一页
            </a>
          </li>
        )}
        {pagesAround(current, last).map((number, index, numbers) => (
          <li key={number}>
            {number - (numbers[index - 1] ?? 0) > 1 && <span class="pager-gap">…</span>}
            {number === current ? (
              <a href={href(number)} aria-current="page" aria-label={`第 ${number} 页，当前页`}>
                {number}
              </a>
            ) : (
              <a href={href(number)} aria-label={`第 ${number} 页`}>
                {number}
              </a>
            )}
          </li>
        ))}
        {current < last && (
          <li>
            <a href={href(current + 1)} rel="next">
              下一页
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

function pagesAround(current: number, last: number): number[] {
  const near = [1, current - 1, current, current + 1, last]
  return [...new Set(near)].filter(number => number >= 1 && number <= last).sort((a, b) => a - b)
}
