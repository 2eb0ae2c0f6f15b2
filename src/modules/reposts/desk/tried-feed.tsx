import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { Sheet } from '#ui/components/sheet'
import type { Looked } from '../actions/look.ts'
import { passes } from '../entry.ts'
import type { FeedFacts } from '../feed.ts'
import { publishedWords } from './clock.tsx'

const shown = 20
const encodings: Record<string, string> = { gb18030: 'GBK', 'utf-8': 'UTF-8' }

/** What would be read now, or why nothing. Nothing of it is kept. */
export function TriedFeed(props: {
  tried: Looked
  filter: Pick<FeedFacts, 'anyWords' | 'noneWords'> | null
}) {
  const { tried, filter } = props
  if (tried.outcome === 'failed')
    return (
      <Notice tone="error" title="没有读到">
        {tried.words}
      </Notice>
    )
  if (tried.outcome === 'unchanged') return <Notice tone="info" title="对方回答：没有变化。" />
  const { title, encoding, entries, unusable } = tried.feed
  const undated = entries.filter(entry => !entry.publishedAt && !entry.publishedOn).length
  return (
    <Sheet title={`试读结果：${title || '没有名称'}`} count={entries.length}>
      <p>
        实际网址 {tried.address}，编码 {encodings[encoding] ?? encoding}。
        {unusable > 0 ? `另有 ${unusable} 条没有标题或者网址，读不了。` : ''}
        {undated > 0 ? `${undated} 条没有注明时间，从看到它的时候起算 24 小时。` : ''}
      </p>
      <DataTable
        caption={`前 ${Math.min(shown, entries.length)} 条`}
        columns={[
          {
            key: 'title',
            head: '标题',
            cell: entry => (
              <a href={entry.link} rel="noreferrer">
                {entry.title}
              </a>
            ),
          },
          { key: 'docNo', head: '文号', cell: entry => entry.docNo ?? '—' },
          { key: 'published', head: '发布时间', cell: publishedWords },
          {
            key: 'passes',
            head: '列为提议',
            cell: entry => (filter === null || passes(entry, filter) ? '列入' : '不列'),
          },
        ]}
        rows={entries.slice(0, shown)}
        rowKey={entry => entry.key}
        empty={<p>里面还没有条目。</p>}
      />
    </Sheet>
  )
}
