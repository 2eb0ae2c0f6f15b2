import { type RawForm, textOf, textsOf } from '#lib/forms'
import type { PageOf } from '#lib/paging'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Form, SelectField, SubmitButton, TextField } from '#ui/forms'
import { type CleanupItem, cleanupDecisions, decisionNames } from '../cleanup.ts'

/** The documents of a round, to be chosen: one decision, or the office's agreement, for many at once. */
export function CleanupItems(props: {
  form: RawForm
  found: PageOf<CleanupItem>
  isOpen: boolean
  decides: boolean
  runs: boolean
  href: (act: 'decide' | 'confirm') => string
}) {
  const { form, found, isOpen, decides, runs, href } = props
  const chosen = textsOf(form, 'publicationId')
  return (
    <Form action={href('decide')} id="items" label="清理意见">
      <DataTable
        caption={`列出 ${found.total} 件`}
        columns={[
          {
            key: 'choose',
            head: '选择',
            cell: row =>
              isOpen ? (
                <input
                  class="checkbox"
                  type="checkbox"
                  name="publicationId"
                  value={row.publicationId}
                  checked={chosen.includes(row.publicationId)}
                  aria-label={`选择《${row.title}》`}
                />
              ) : (
                row.position
              ),
          },
          {
            key: 'title',
            head: '文件',
            cell: row => (
              <>
                {row.title}
                {row.docNo ? <span class="block text-sm text-soft">{row.docNo}</span> : null}
              </>
            ),
          },
          { key: 'organName', head: '制定机关' },
          { key: 'signedOn', head: '成文日期' },
          { key: 'validUntil', head: '有效期至' },
          {
            key: 'decision',
            head: '意见',
            cell: row => (row.decision ? cleanupDecisions[row.decision] : '—'),
          },
          { key: 'reason', head: '理由' },
          {
            key: 'confirmed',
            head: '核定',
            cell: row => (row.confirmedAt ? `已核定 ${row.confirmedBy}` : row.decision ? '待核定' : '—'),
          },
        ]}
        rows={found.rows}
        rowKey={row => row.publicationId}
        empty={<EmptyState title="没有符合条件的文件">请放宽筛选条件。</EmptyState>}
      />
      {decides && found.rows.length > 0 ? (
        <>
          <SelectField
            name="decision"
            label="勾选的文件"
            options={decisionNames.map(name => ({ value: name as string, label: cleanupDecisions[name] }))}
            value={textOf(form, 'decision')}
          />
          <TextField
            name="reason"
            label="理由"
            width="full"
            value={textOf(form, 'reason')}
            hint="修改、废止、宣布失效的要写明"
          />
          <div class="actions">
            <SubmitButton>提出意见</SubmitButton>
            {runs ? (
              <SubmitButton tone="plain" formAction={href('confirm')}>
                核定勾选的
              </SubmitButton>
            ) : null}
          </div>
        </>
      ) : null}
    </Form>
  )
}
