import { Notice } from '#ui/components/notice'
import { type FindingRow, isUndecided } from './check-queries.ts'
import { decisionLabels, kindLabel } from './kind-label.ts'

const shownMost = 8

/** On the pages of a draft: what was found, what still waits for a decision, and what was decided by whom. */
export function FindingsNotice(props: {
  editionId: string
  findings: readonly FindingRow[]
  waiting: readonly string[]
}) {
  const { findings, waiting } = props
  const open = findings.filter(isUndecided)
  const decided = findings.filter(one => one.decision !== null && !isUndecided(one))
  const warned = findings.filter(one => one.certainty === 'warn')
  if (findings.length === 0 && waiting.length === 0) return null
  const href = `/personal-data/${props.editionId}`
  const tone = open.length > 0 || waiting.length > 0 ? 'error' : 'info'
  const title =
    open.length > 0
      ? `有 ${open.length} 处个人信息或者错敏词等待决定，决定之前不能发布。`
      : waiting.length > 0
        ? `附件还在检查：${waiting.join('、')}。`
        : `个人信息检查：发现的 ${findings.length} 处都有了说法。`
  return (
    <Notice tone={tone} title={title}>
      <ul>
        {open.slice(0, shownMost).map(one => (
          <li key={one.number}>
            {one.place}：{kindLabel(one.kind)} {one.masked}
          </li>
        ))}
        {decided.slice(0, shownMost).map(one => (
          <li key={one.number}>
            {one.place}：{kindLabel(one.kind)} {one.masked}，{one.decidedBy}决定“
            {decisionLabels[one.decision as keyof typeof decisionLabels] ?? one.decision}”：{one.reason}
          </li>
        ))}
        {warned.slice(0, shownMost).map(one => (
          <li key={one.number}>
            提醒：{one.place}，{one.note}
          </li>
        ))}
      </ul>
      <p>
        <a class="underline" href={href}>
          打开个人信息检查
        </a>
      </p>
    </Notice>
  )
}
