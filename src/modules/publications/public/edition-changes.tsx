import { DataTable } from '#ui/components/data-table'
import { Diff } from '#ui/components/diff'
import { compareTexts } from '../comparison.ts'
import { bodyOf, type ChangedFact, changedFacts, type Said } from '../draft-facts.ts'
import type { Kind } from '../kind.ts'

/** What changed from one edition to another: its fields, then its text. */
export function EditionChanges(props: {
  kind: Kind
  before: Said
  after: Said
  names: { before: string; after: string }
  view?: 'inline' | 'sides' | undefined
  /** Addresses of the two ways to look at the text. */
  links?: { inline: string; sides: string } | undefined
}) {
  const { kind, before, after, names } = props
  const facts = changedFacts(kind, before, after)
  const [old, fresh] = [bodyOf(before), bodyOf(after)]
  if (facts.length === 0 && old === fresh) return <p>两个版本的内容完全一样。</p>
  return (
    <>
      <ChangedFacts facts={facts} before={names.before} after={names.after} />
      {old === fresh ? (
        <p>正文没有改动。</p>
      ) : (
        <Diff
          {...compareTexts(old, fresh)}
          before={names.before}
          after={names.after}
          view={props.view}
          links={props.links}
        />
      )}
    </>
  )
}

/** Fields that differ, each with both values. */
function ChangedFacts(props: { facts: readonly ChangedFact[]; before: string; after: string }) {
  if (props.facts.length === 0) return null
  return (
    <DataTable
      caption="不同的项目"
      captionHidden
      columns={[
        { key: 'label', head: '项目' },
        { key: 'before', head: props.before, cell: row => <Lines text={row.before} /> },
        { key: 'after', head: props.after, cell: row => <Lines text={row.after} /> },
      ]}
      rows={props.facts}
      rowKey={row => row.name}
    />
  )
}

function Lines({ text }: { text: string }) {
  if (text === '') return <>（空）</>
  return (
    <>
      {text.split('\n').map((line, index) => (
        <p key={`${index}-${line}`}>{line}</p>
      ))}
    </>
  )
}
