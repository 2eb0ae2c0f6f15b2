import { deepestPage, type PageOf, pageCount } from '#lib/paging'
import { EmptyState } from '#ui/components/empty-state'

/** In place of the rows when a page was asked for that lies behind the last one. */
export function NoSuchPage(props: { found: PageOf<unknown>; href: (page: number) => string }) {
  const { found, href } = props
  const last = pageCount(found)
  return (
    <EmptyState title={`没有第 ${found.page} 页`}>
      <ul class="list-disc pl-5">
        <li>
          <a href={href(last)}>看最后一页（第 {last} 页）</a>
        </li>
        {last === deepestPage ? <li>更靠后的内容，请加上机构、年份或者主题再查。</li> : null}
      </ul>
    </EmptyState>
  )
}
