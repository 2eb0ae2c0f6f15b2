import { momentInBeijing } from '#lib/beijing-time'
import { ArticleBody } from '#ui/components/article-body'
import { Notice } from '#ui/components/notice'
import { Sheet } from '#ui/components/sheet'
import type { Said } from '../draft-facts.ts'
import type { EditionRow } from '../draft-queries.ts'
import type { Kind } from '../kind.ts'
import { EditionChanges } from '../public/edition-changes.tsx'

export interface EditConflict {
  kind: Kind
  /** The draft as it was saved meanwhile. */
  saved: EditionRow
  theirs: Said
  mine: Said
  /** Where the saved draft is opened and one's own text is dropped. */
  discard: string
}

/** Tells the second of two officers who saved when, with both texts side by side; his own stands in the form below. */
export function EditConflictNotice({ kind, saved, theirs, mine, discard }: EditConflict) {
  return (
    <>
      <Notice tone="warning" title={`还没有保存：您打开之后，${saved.editedBy}保存过这份稿子。`}>
        <p>
          {saved.editedBy}在 {momentInBeijing(saved.editedAt)}{' '}
          保存。下面先对照两边不同的地方，再往下是您的整张表单，一个字也没有丢。
        </p>
        <ul>
          <li>以您的为准：在表单里按“以我的为准，保存”，对方的这次修改会被您的代替。</li>
          <li>两边都要：把对方的文字从下面复制到您的表单里，再保存。</li>
          <li>
            放弃您的：<a href={discard}>打开对方保存的稿子</a>，您这边没有保存的文字就不要了。
          </li>
        </ul>
      </Notice>
      <Sheet title="两边不同的地方">
        <EditionChanges
          kind={kind}
          before={theirs}
          after={mine}
          names={{ before: `${saved.editedBy}的`, after: '您的' }}
          view="sides"
        />
        <details>
          <summary>{saved.editedBy}保存的正文全文（可以复制）</summary>
          <ArticleBody html={theirs.text.bodyHtml} />
        </details>
      </Sheet>
    </>
  )
}
