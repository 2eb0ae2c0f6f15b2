import type { EditionText } from '#modules/publications'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { type Covered, checklistOf, elementNames, elements, openElements } from '../checklist.ts'

/** What the text explains and what it leaves open (R-INT-04): for the drafter before submission, and for the reviewer. */
export function ChecklistAdvice({ text }: { text: Pick<EditionText, 'bodyHtml' | 'fields'> }) {
  const list = checklistOf(text)
  const open = openElements(list)
  return (
    <Sheet title="内容要素" count={elementNames.length - open.length}>
      {open.length > 0 ? (
        <Notice tone="warning" title={`还没有说明：${open.map(name => elements[name].label).join('、')}。`}>
          可以送审，但请核对：写了的，在稿子的“内容要素”里填小标题；确实不涉及的，填“无：理由”。
        </Notice>
      ) : (
        <Notice tone="success" title="九项内容要素都有着落。" />
      )}
      <DataTable
        caption="内容要素"
        captionHidden
        columns={[
          { key: 'label', head: '要素', cell: name => elements[name.name].label },
          { key: 'where', head: '写在哪里', cell: name => <Where covered={list[name.name]} /> },
        ]}
        rows={elementNames.map(name => ({ name }))}
        rowKey={row => row.name}
      />
    </Sheet>
  )
}

function Where({ covered }: { covered: Covered }) {
  switch (covered.how) {
    case 'heading':
      return (
        <>
          <StateTag state="met">有</StateTag> {covered.heading}
        </>
      )
    case 'reason':
      return (
        <>
          <StateTag state="off">不写</StateTag> {covered.reason}
        </>
      )
    case 'unknown-heading':
      return (
        <>
          <StateTag state="soon">找不到</StateTag> 正文没有小标题“{covered.said}”
        </>
      )
    case 'missing':
      return <StateTag state="soon">没有找到</StateTag>
  }
}
