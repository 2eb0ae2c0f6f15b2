import { inChinese, momentInBeijing, type PlainDate } from '#lib/beijing-time'
import { EmptyState } from '#ui/components/empty-state'
import { contentOf, emptyProfile, type OrganProfile, profileDifferences } from '../profile.ts'
import type { ProfileCorrection } from '../profile-queries.ts'
import { type Restructuring, restructuringKinds } from '../restructuring.ts'

/** The dated rows, the newest first, each with what it changed against the one before. */
export function ProfileHistory(props: {
  organKey: string
  rows: readonly OrganProfile[]
  corrections: readonly ProfileCorrection[]
  today: PlainDate
  mayCorrect: boolean
}) {
  const { organKey, rows, corrections, today } = props
  if (rows.length === 0)
    return <EmptyState title="还没有变化记录">填写机构信息以后，每次变动都记在这里。</EmptyState>
  return (
    <ol class="grid gap-5">
      {rows.map((row, at) => (
        <li key={row.id}>
          <h3>
            自{inChinese(row.validFrom)}起{row.validFrom > today && '（尚未生效）'}
          </h3>
          <p>
            {row.changedBy}，{momentInBeijing(row.changedAt)} 保存 ·{' '}
            <a href={`/organs/${organKey}?on=${row.validFrom}`}>看当时的全文</a>
            {props.mayCorrect && row.validFrom < today && (
              <>
                {' · '}
                <a href={`/organs/${organKey}/correct?on=${row.validFrom}`}>更正</a>
              </>
            )}
          </p>
          <Differences before={rows[at + 1]} after={row} />
          {corrections
            .filter(one => one.validFrom === row.validFrom)
            .map(one => (
              <p key={one.id}>
                {momentInBeijing(one.correctedAt)} {one.correctedBy}
                {one.before === null ? '补记' : '更正'}，理由：{one.reason}
              </p>
            ))}
        </li>
      ))}
    </ol>
  )
}

function Differences({ before, after }: { before: OrganProfile | undefined; after: OrganProfile }) {
  if (before === undefined) return <p>第一次填写。</p>
  const found = profileDifferences(before ? contentOf(before) : emptyProfile, contentOf(after))
  if (found.length === 0) return <p>内容没有变化。</p>
  return (
    <details>
      <summary>变化：{found.map(one => one.label).join('、')}</summary>
      <dl class="mt-2 grid gap-2">
        {found.map(one => (
          <div key={one.field}>
            <dt>{one.label}</dt>
            {one.removed.map(line => (
              <dd key={`-${line}`}>
                原为 <del>{line}</del>
              </dd>
            ))}
            {one.added.map(line => (
              <dd key={`+${line}`}>
                现为 <ins>{line}</ins>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  )
}

/** What happened to the organ and what it took over, as sentences. */
export function RestructuringHistory(props: {
  own: readonly Restructuring[]
  takenOver: readonly Restructuring[]
  names: ReadonlyMap<string, string>
}) {
  const all = [...props.own, ...props.takenOver].toSorted((a, b) => b.happenedOn.localeCompare(a.happenedOn))
  const own = new Set(props.own.map(one => one.id))
  return (
    <ol class="grid gap-5">
      {all.map(one => (
        <li key={one.id}>
          <h3>
            {inChinese(one.happenedOn)}（最后一天）：“{one.formerName}”{restructuringKinds[one.kind]}
            {own.has(one.id)
              ? one.successorId && `，由“${props.names.get(one.successorId)}”承接`
              : '，职责由本机构承接'}
          </h3>
          <p>{one.reason}</p>
          <p>
            {one.recordedBy}，{momentInBeijing(one.recordedAt)} 登记
          </p>
        </li>
      ))}
    </ol>
  )
}
