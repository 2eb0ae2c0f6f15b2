import type { SiteRow } from '#modules/organisations'
import { filterOf, kindOf, type Listed, listPublic, publicByIds, publishedDay } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Form, PostButton, SubmitButton, TextField } from '#ui/forms'
import type { Section, Topic } from '../topic.ts'

interface Place {
  topic: Topic
  site: SiteRow
}

type How = 'in' | 'out' | 'back' | 'up' | 'down'

/** What was picked by hand, and the search by which more is picked; each act is one button. */
export async function picksOf(ctx: DeskContext, place: Place, section: Section, find: string | undefined) {
  const now = ctx.clock.now()
  const ids = section.picks.map(pick => pick.publicationId)
  const [items, found] = await Promise.all([
    publicByIds(ctx.db, now, place.site.id, ids),
    find === undefined
      ? null
      : listPublic(ctx.db, now, filterOf(place.site.id, { q: find, page: 1 }), { page: 1, pageSize: 10 }),
  ])
  const shown = new Map(items.map(item => [item.id, item]))
  const picked = section.picks.filter(pick => !pick.excluded).length
  const rows = section.picks.map((pick, at) => ({ ...pick, at, item: shown.get(pick.publicationId) }))
  const button = (publicationId: string, how: How, label: string) => (
    <PostButton
      small
      tone={how === 'in' ? 'plain' : 'quiet'}
      action={`/topics/${place.topic.id}/sections/${section.id}/picks`}
      label={label}
      hidden={{
        publicationId,
        how,
        revision: String(place.topic.revision),
        ...(find === undefined ? {} : { find }),
      }}
    />
  )
  return (
    <div id="picks">
      <Sheet title="指定的内容" count={section.picks.length}>
        <DataTable
          caption="指定收入和排除的内容"
          captionHidden
          columns={[
            { key: 'title', head: '标题', cell: ({ item }) => <Title item={item} /> },
            {
              key: 'how',
              head: '怎样',
              cell: ({ excluded }) =>
                excluded ? (
                  <StateTag state="off">不收入</StateTag>
                ) : (
                  <StateTag state="met">排在前面</StateTag>
                ),
            },
            {
              key: 'acts',
              head: '',
              cell: ({ publicationId, excluded, at }) => (
                <div class="actions">
                  {!excluded && at > 0 ? button(publicationId, 'up', '上移') : null}
                  {!excluded && at < picked - 1 ? button(publicationId, 'down', '下移') : null}
                  {button(publicationId, 'back', '取消指定')}
                </div>
              ),
            },
          ]}
          rows={rows}
          rowKey={row => row.publicationId}
          empty={<EmptyState title="还没有指定">在下面按文号或者标题找到，再指定收入或者不收入。</EmptyState>}
        />
        <Form
          action={`/topics/${place.topic.id}/sections/${section.id}#picks`}
          method="get"
          label="查找要指定的内容"
          id="find"
        >
          <TextField
            name="find"
            label="按文号或者标题查找"
            value={find ?? ''}
            type="search"
            maxLength={200}
          />
          <SubmitButton tone="plain">查找</SubmitButton>
        </Form>
        {found ? (
          <DataTable
            caption={`“${find}”找到 ${found.total} 件${found.total > 10 ? '，下面是前 10 件' : ''}`}
            columns={[
              { key: 'title', head: '标题', cell: item => <Title item={item} /> },
              { key: 'day', head: '发布日期', cell: item => <time>{publishedDay(item)}</time> },
              {
                key: 'acts',
                head: '',
                cell: item => (
                  <div class="actions">
                    {button(item.id, 'in', '指定收入')}
                    {button(item.id, 'out', '不收入')}
                  </div>
                ),
              },
            ]}
            rows={found.rows}
            rowKey={item => item.id}
            empty={
              <EmptyState title={`没有找到“${find}”`}>
                只能指定已经在本站公开的内容。文号请写全，例如“云政发〔2026〕12号”。
              </EmptyState>
            }
          />
        ) : null}
      </Sheet>
    </div>
  )
}

function Title({ item }: { item: Listed | undefined }) {
  if (!item) return <>（已经停止公开，读者看不到）</>
  return (
    <>
      {item.title}
      <div class="field-hint">
        {[kindOf(item.kind).label, item.docNo, item.organName].filter(Boolean).join(' · ')}
      </div>
    </>
  )
}
