import { Notice } from '#ui/components/notice'
import { doubtsOfNumbering } from '../level-numbering.ts'

/** What looks wrong in the numbering of a draft; it hinders nothing. */
export function NumberingNotice({ bodyHtml }: { bodyHtml: string }) {
  const doubts = doubtsOfNumbering(bodyHtml)
  if (doubts.length === 0) return null
  return (
    <Notice tone="info" title={`序号请核对：${doubts.length} 处。`}>
      <ul>
        {doubts.map(({ line, advice }, at) => (
          <li key={at}>
            “{line}”：{advice}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
